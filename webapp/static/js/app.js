/** Loads what this page needs, and nothing more: one custom element, one file. */
const ELEMENTS = ["listen-button", "task-steps", "error-summary", "code-keypad", "copy-link", "fresh-plan", "photo-choice", "print-page", "kept-draft"];

for (const name of ELEMENTS) {
  if (document.querySelector(name)) import(`./elements/${name}.js`);
}

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
