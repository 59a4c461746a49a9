/** Offers the telephone of whom was asked for help, where the call waits for a network. */
import { outbox } from "../offline.js";

customElements.define("call-instead", class extends HTMLElement {
  connectedCallback() {
    this.life = new AbortController();
    const { signal } = this.life;
    this.form = document.querySelector("form.help-form");
    this.form.addEventListener("submit", ({ submitter }) => (this.to = submitter?.value), { signal });
    document.addEventListener("outbox", () => this.offer(), { signal });
  }

  disconnectedCallback() {
    this.life.abort();
  }

  /* Nothing is offered while the call may go out at once, nor after it has gone. */
  async offer() {
    const { why } = (await outbox()) ?? {};
    const state = this.form.parentElement.querySelector("form.help-form + .kept-state");
    const there = this.querySelector(".call-instead-ways");
    if (state?.dataset.state !== "waiting") return there?.remove();
    if (!why || there) return;
    /* The room of the form is for these now. */
    state.style.minBlockSize = "";
    this.append(this.words());
  }

  words() {
    const wanted = this.querySelector(`template[data-to="${CSS.escape(this.to ?? "")}"]`) ?? this.querySelector("template");
    return wanted.content.cloneNode(true);
  }
});
