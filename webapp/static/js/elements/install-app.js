/** Offers to put the app on the home screen, with the browser's own question where it has one. */
import { installing } from "../app.js";
import { isInstalled } from "../phone.js";

customElements.define("install-app", class extends HTMLElement {
  connectedCallback() {
    this.querySelector("button")?.addEventListener("click", () => this.ask());
    this.offer();
  }

  /** Called again when the browser says, later, that it can install. */
  offer() {
    this.show(isInstalled ? "installed" : installing.question ? "possible" : "steps");
  }

  show(state) {
    for (const part of this.querySelectorAll("[data-when]")) {
      part.hidden = !part.dataset.when.split(" ").includes(state);
    }
  }

  /* A browser answers each question of ours once. */
  async ask() {
    const { question } = installing;
    installing.question = null;
    question.prompt();
    const { outcome } = await question.userChoice;
    this.show(outcome === "accepted" ? "done" : "steps");
  }
});
