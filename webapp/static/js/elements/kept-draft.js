/**
 * Keeps what is half typed in its form: some time after the last key, and when the page goes.
 * It is sent to the form's own address, which answers nothing; without it the form works as well.
 */
const QUIET_MS = 1500;

customElements.define("kept-draft", class extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    this.leave = () => this.keep();
    this.form.addEventListener("input", () => this.wait());
    this.form.addEventListener("submit", () => this.rest(true));
    window.addEventListener("pagehide", this.leave);
    if (this.isTyped()) this.wait();
  }

  /* Somebody may have typed before this script came. */
  isTyped() {
    return [...this.form.elements].some((each) =>
      "defaultValue" in each && each.value !== each.defaultValue);
  }

  disconnectedCallback() {
    this.rest();
    window.removeEventListener("pagehide", this.leave);
  }

  wait() {
    this.say(false);
    clearTimeout(this.timer);
    this.isChanged = true;
    this.timer = setTimeout(() => this.keep(), QUIET_MS);
  }

  /* What is sent needs no keeping: a word that comes after it would begin a new draft. */
  rest(isSent = false) {
    clearTimeout(this.timer);
    this.isChanged = false;
    this.isSent = isSent;
  }

  async keep() {
    if (!this.isChanged) return;
    this.rest();
    const sent = new FormData(this.form);
    sent.set("keep", "1");
    try {
      const answer = await fetch(this.form.action, { method: "POST", body: sent, keepalive: true });
      if (answer.status === 204) this.say(!this.isChanged);
      else this.isChanged = !this.isSent;
    } catch {
      this.isChanged = !this.isSent;
    }
  }

  say(kept) {
    const words = this.querySelector("template").content.cloneNode(true);
    this.querySelector(".kept-draft-said").replaceChildren(...(kept ? [words] : []));
  }
});
