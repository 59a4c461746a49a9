/**
 * Carries on what an address says after its question mark. A kept page is the same whatever stands
 * there: the task of a call for help, or how many choices were answered in this sitting.
 */
const CARRIED = [
  { below: "/help/ask", names: ["task", "day"] },
  { below: "/choices", names: ["answered", "anyway", "back"] },
];

/** Puts into the waiting forms and the links of a kept page what its address says. */
export function carry(root = document, { pathname, search } = location) {
  const rule = CARRIED.find(({ below }) => isBelow(pathname, below));
  if (!rule) return;
  const asked = new URLSearchParams(search);
  const said = rule.names.filter((name) => asked.has(name)).map((name) => [name, asked.get(name)]);
  for (const form of root.querySelectorAll("form[data-waits]")) {
    if (isBelow(form.getAttribute("action"), rule.below)) for (const pair of said) put(form, ...pair);
  }
  for (const link of root.querySelectorAll("main a[href]")) {
    const address = link.getAttribute("href");
    if (isBelow(address, rule.below)) link.setAttribute("href", extended(address, said));
  }
}

function isBelow(address, place) {
  const [path] = address.split(/[?#]/);
  return path === place || path.startsWith(`${place}/`);
}

function put(form, name, value) {
  const there = [...form.elements].find((field) => field.name === name && field.type === "hidden");
  const field = there ?? form.appendChild(Object.assign(document.createElement("input"), { type: "hidden", name }));
  field.value = value;
}

/* What a link says itself counts. */
function extended(address, said) {
  const [path, own = ""] = address.split("?");
  const all = new URLSearchParams(own);
  for (const [name, value] of said) if (!all.has(name)) all.set(name, value);
  return `${all}` ? `${path}?${all}` : path;
}
