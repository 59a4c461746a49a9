/** Shows what can be done on a day only when the day has come, by the clock of the plan. */
import { eachMinute, wallClock } from "../wall-clock.js";

customElements.define("on-the-day", class extends HTMLElement {
  connectedCallback() {
    this.life = new AbortController();
    eachMinute(() => this.turn(), this.life.signal);
    this.turn();
  }

  disconnectedCallback() {
    this.life.abort();
  }

  turn() {
    this.hidden = wallClock(this.dataset.zone).day < this.dataset.day;
  }
});
