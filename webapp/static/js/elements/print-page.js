/** Prints the page at the touch of its button, and takes the words that say how away. */
customElements.define("print-page", class extends HTMLElement {
  connectedCallback() {
    this.querySelector(".print-page-words").hidden = true;
    this.querySelector(".print-page-action").hidden = false;
    this.querySelector("button").addEventListener("click", () => window.print());
  }
});
