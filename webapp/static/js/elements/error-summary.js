/** The list of what is to mend takes the focus when the page comes back. */
customElements.define("error-summary", class extends HTMLElement {
  connectedCallback() {
    this.focus();
  }
});
