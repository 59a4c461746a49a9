/** Copies its link, and says so. */
customElements.define("copy-link", class extends HTMLElement {
  connectedCallback() {
    this.field = this.querySelector("input");
    this.querySelector(".main-action").hidden = false;
    this.querySelector("button").addEventListener("click", () => this.copy());
    this.field.addEventListener("focus", () => this.field.select());
  }

  async copy() {
    this.say(false);
    if (await this.isCopied()) this.say(true);
    else this.field.focus();
  }

  async isCopied() {
    try {
      await navigator.clipboard.writeText(this.field.value);
      return true;
    } catch {
      /* No clipboard without HTTPS: copy what is selected, as older browsers do. */
      this.field.select();
      return document.execCommand("copy");
    }
  }

  say(copied) {
    for (const word of this.querySelectorAll("[data-when]")) word.hidden = !copied;
  }
});
