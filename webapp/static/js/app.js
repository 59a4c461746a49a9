/** Loads what this page needs, and nothing more: one custom element, one file. */
const ELEMENTS = ["listen-button", "task-steps", "error-summary", "code-keypad", "copy-link"];

for (const name of ELEMENTS) {
  if (document.querySelector(name)) import(`./elements/${name}.js`);
}

/* A notice that comes with the page is announced only when its words change once more. */
for (const text of document.querySelectorAll("[role=status] .notice-text")) {
  setTimeout(() => text.replaceChildren(text.textContent), 300);
}
