/** Loads what this page needs, and nothing more: one custom element, one file. */
const ELEMENTS = ["listen-button", "task-steps", "error-summary", "code-keypad", "copy-link", "day-plan", "coming-times", "on-the-day", "go-back", "fresh-plan", "photo-choice", "print-page", "kept-draft", "push-switch", "try-now", "zone-question", "network-line", "waiting-list", "sign-out-check", "call-instead", "install-app"];

for (const name of ELEMENTS) {
  if (document.querySelector(name)) import(`./elements/${name}.js`);
}

/* Only who asked for messages needs what keeps them coming, or ends them. */
if ("messages" in document.documentElement.dataset || location.pathname.startsWith("/me/reminders")) {
  import("./messages.js").then(({ check }) => check());
}

/* A browser that can install this app waits until the person asks for it (install-app). */
export const installing = { question: null };
addEventListener("beforeinstallprompt", (event) => {
  event.preventDefault();
  installing.question = event;
  document.querySelector("install-app")?.offer?.();
});

/* A notice that comes with the page is announced only when its words change once more. */
for (const text of document.querySelectorAll("[role=status] .notice-text")) {
  setTimeout(() => text.replaceChildren(text.textContent), 300);
}

/* Who is signed in can press without a network: it is kept on this phone, and sent later. */
const page = document.documentElement.dataset;
const offline = "person" in page ? import("./offline.js") : null;
offline?.then(({ start }) => start(), () => {});

/* Who sees the way in is signed out, perhaps from elsewhere: then nobody's pages stay here. */
if (!offline && location.pathname === "/sign-in") {
  navigator.serviceWorker?.controller?.postMessage({ ask: "forgetAll" });
}

/* A second tap sends nothing: the first answer is on its way, and some things work only once. */
const PATIENCE = 8000;
document.addEventListener("submit", (event) => {
  const { target: form, submitter: button } = event;
  if (form.dataset.sent) return event.preventDefault();
  form.dataset.sent = "yes";
  if (!offline || event.defaultPrevented || !("waits" in form.dataset || ("kept" in page && form.method === "post"))) {
    return void setTimeout(() => delete form.dataset.sent, PATIENCE);
  }
  event.preventDefault();
  offline.then(({ take }) => take(form, button)).catch(() => false).then((isTaken) => {
    if (isTaken) delete form.dataset.sent;
    else go(form, button);
  });
});
window.addEventListener("pageshow", () => {
  for (const form of document.forms) delete form.dataset.sent;
});

/** Sends a form as it would go without us, with the button that was pressed. */
function go(form, button) {
  const value = { type: "hidden", name: button?.name ?? "", value: button?.value ?? "" };
  if (value.name) form.append(Object.assign(document.createElement("input"), value));
  HTMLFormElement.prototype.submit.call(form);
}
