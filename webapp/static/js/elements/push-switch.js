/**
 * Asks this phone to show our messages, after a press and never before, and says how it stands.
 * Each part says in data-when in which states it shows.
 */
import { ask, canShowMessages, isInstalled, isOfApple } from "../phone.js";

customElements.define("push-switch", class extends HTMLElement {
  connectedCallback() {
    this.addEventListener("submit", (event) => this.turn(event));
    this.show(this.state());
  }

  /** How this phone stands before anything is pressed. */
  state() {
    if (!canShowMessages) return isOfApple && !isInstalled ? "install" : "unsupported";
    if (Notification.permission === "denied") return "denied";
    return this.dataset.state === "here" && Notification.permission === "granted" ? "here" : "ready";
  }

  show(state) {
    this.dataset.state = state;
    for (const part of this.querySelectorAll(":scope > [data-when], .push-switch-state")) {
      part.hidden = !part.dataset.when.split(" ").includes(state);
    }
  }

  /* A phone that cannot show messages leaves the form as it is: there are other ways than this. What
     else stands here, such as the pause, is no question to the phone. */
  turn(event) {
    if (!canShowMessages || event.target.parentElement !== this) return;
    event.preventDefault();
    this.turnOn().finally(() => delete event.target.dataset.sent);
  }

  async turnOn() {
    this.show("busy");
    const permission = await Notification.requestPermission();
    if (permission !== "granted") return this.show(permission === "denied" ? "denied" : "ready");
    if ((await ask("connect")) !== "done") return this.show("failed");
    location.assign(this.dataset.doneUrl);
  }
});
