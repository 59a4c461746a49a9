/**
 * Keeps this page fresh: asks every 10 seconds for what is new, and puts only that in its place.
 * Rests while the page is hidden, and changes nothing under a finger or around the focus.
 */
const EVERY = 10_000;
/* New in each answer, and no news: the tokens of forms. */
const TOKENS = "input[type=hidden][name=csrf_token], input[type=hidden][name=change_id]";

customElements.define("fresh-plan", class extends HTMLElement {
  connectedCallback() {
    this.main = document.querySelector("main");
    this.life = new AbortController();
    const { signal } = this.life;
    const hear = (name, act) => addEventListener(name, act, { signal, capture: true, passive: true });
    hear("pointerdown", () => (this.isHeld = true));
    hear("pointerup", () => (this.isHeld = false));
    /* A finger that scrolls is no pointer any more, but still on the screen. */
    hear("pointercancel", (event) => (this.isHeld = event.pointerType === "touch"));
    for (const end of ["touchend", "touchcancel"]) {
      hear(end, (event) => (this.isHeld = event.touches.length > 0));
    }
    document.addEventListener("visibilitychange", () => this.turn(), { signal });
    this.wait();
  }

  disconnectedCallback() {
    this.life.abort();
    clearTimeout(this.timer);
  }

  /* The page has been shown or hidden. */
  turn() {
    clearTimeout(this.timer);
    if (!document.hidden) this.ask();
  }

  wait() {
    clearTimeout(this.timer);
    if (!document.hidden && !this.life.signal.aborted) this.timer = setTimeout(() => this.ask(), EVERY);
  }

  async ask() {
    if (!this.isBusy()) await this.refresh().catch(() => {});
    this.wait();
  }

  isBusy() {
    const at = document.activeElement;
    const isTyped = (field) => field.value !== field.defaultValue || field.checked !== field.defaultChecked;
    return Boolean(this.isHeld)
      || (at !== this.main && this.main.contains(at))
      || [...this.main.querySelectorAll("input, textarea")].some(isTyped);
  }

  async refresh() {
    const answer = await fetch(location.href, {
      cache: "no-store",
      redirect: "manual",
      headers: { "If-None-Match": `W/"${this.dataset.version}"` },
      signal: this.life.signal,
    });
    /* Signed out, or no longer beside this person: the next tap says so. */
    if (answer.type === "opaqueredirect" || (answer.status >= 400 && answer.status < 500)) return this.life.abort();
    if (answer.status !== 200) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const [main, own] = [page.querySelector("main"), page.querySelector("fresh-plan")];
    if (!main || !own || this.isBusy()) return;
    const isSamePlan = this.dataset.plan === own.dataset.plan;
    Object.assign(this.dataset, own.dataset);
    /* What only time has moved is shown, and not told. */
    if (renew(this.main, main) && !isSamePlan) this.say();
  }

  say() {
    this.textContent = "";
    setTimeout(() => (this.textContent = this.dataset.words), 300);
  }
});

/** Makes the inside of `old` like that of `fresh`, part by part; says whether anything was new. */
function renew(old, fresh) {
  const [there, wanted] = [parts(old), parts(fresh)];
  let isNew = false;
  for (const [key, part] of there) {
    if (wanted.has(key)) continue;
    part.remove();
    isNew = true;
  }
  let next = old.firstElementChild;
  for (const [key, part] of wanted) {
    const present = there.get(key);
    const stays = present && mend(present, part);
    const shown = stays ? present : document.importNode(part, true);
    if (stays?.isNew) isNew = true;
    if (present === next) next = next?.nextElementSibling ?? null;
    if (present !== shown) present?.remove();
    if (shown.parentElement === old && shown.nextElementSibling === next) continue;
    old.insertBefore(shown, next);
    isNew = true;
  }
  return isNew;
}

/** Leaves an element that is the same, or goes into it; null where it must give way as a whole. */
function mend(present, fresh) {
  if (isSame(present, fresh)) return { isNew: false };
  const isShell = isMadeOfParts(present) && isMadeOfParts(fresh) && isSame(present.cloneNode(), fresh.cloneNode());
  return isShell ? { isNew: renew(present, fresh) } : null;
}

/* Text, pictures and elements with a life of their own are replaced as a whole. */
function isMadeOfParts(element) {
  return element.matches("section, div, ul, ol, li")
    && [...element.childNodes].every((node) => node.nodeType !== Node.TEXT_NODE || !node.data.trim());
}

/** The elements inside, each by a name that it keeps: its id, the task to which it leads, its place. */
function parts(element) {
  const found = new Map();
  for (const child of element.children) {
    const link = child.matches("li, article") ? child.querySelector("a[href]")?.getAttribute("href") : "";
    let key = `${child.localName} ${child.id || child.dataset.fresh || link}`;
    while (found.has(key)) key += "+";
    found.set(key, child);
  }
  return found;
}

function isSame(one, other) {
  return plain(one).isEqualNode(plain(other));
}

/** A copy without what is no news: the tokens of forms, and what is being read aloud. */
function plain(element) {
  const copy = element.cloneNode(true);
  for (const token of copy.querySelectorAll(TOKENS)) token.removeAttribute("value");
  for (const each of [copy, ...copy.querySelectorAll("[data-reading]")]) each.removeAttribute("data-reading");
  return copy;
}
