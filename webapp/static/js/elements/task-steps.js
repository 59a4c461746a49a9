/**
 * Shows a task one panel at a time: what it is, each step, the end.
 * The address (#step-2) says which; the place is kept on this phone under data-key.
 */
customElements.define("task-steps", class extends HTMLElement {
  connectedCallback() {
    this.panels = [...this.querySelectorAll("[data-panel]")];
    if (this.panels.length < 2) return;
    this.onMove = () => this.show(this.asked() ?? this.panels[0], true);
    window.addEventListener("hashchange", this.onMove);
    this.show(this.asked() ?? this.kept() ?? this.panels[0], Boolean(this.asked()));
  }

  disconnectedCallback() {
    window.removeEventListener("hashchange", this.onMove);
  }

  asked() {
    return this.panels.find((panel) => `#${panel.id}` === location.hash);
  }

  kept() {
    const id = this.dataset.key && read(this.dataset.key);
    return this.panels.find((panel) => panel.id === id);
  }

  show(current, moved) {
    for (const panel of this.panels) panel.hidden = panel !== current;
    this.dataset.at = current.id;
    if (this.dataset.key) keep(this.dataset.key, current.id);
    if (!moved) return;
    current.querySelector("[tabindex]")?.focus({ preventScroll: true });
    window.scrollTo(0, 0);
  }
});

/* Private windows may refuse to keep anything: then the place is simply not kept. */
function read(key) {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

function keep(key, place) {
  try {
    forgetOtherDays(key.slice(-10));
    localStorage.setItem(key, place);
  } catch {
    /* nothing to do */
  }
}

function forgetOtherDays(day) {
  for (const key of Object.keys(localStorage)) {
    if (key.startsWith("task-") && !key.endsWith(day)) localStorage.removeItem(key);
  }
}
