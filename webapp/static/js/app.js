/** Loads what this page needs, and nothing more: one custom element, one file. */
const ELEMENTS = ["listen-button", "task-steps", "error-summary", "code-keypad", "copy-link", "fresh-plan", "photo-choice", "print-page", "kept-draft", "push-switch", "try-now", "zone-question", "install-app"];

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

/* A second tap sends nothing: the first answer is on its way, and some things work only once. */
const PATIENCE = 8000;
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.dataset.sent) return event.preventDefault();
  form.dataset.sent = "yes";
  setTimeout(() => delete form.dataset.sent, PATIENCE);
});
window.addEventListener("pageshow", () => {
  for (const form of document.forms) delete form.dataset.sent;
});
