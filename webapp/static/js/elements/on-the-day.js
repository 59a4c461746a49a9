/** Shows what can be done on a day only when the day has come, by the clock of the plan. */
import { ByTheClock, wallClock } from "../wall-clock.js";

customElements.define("on-the-day", class extends ByTheClock {
  turn() {
    this.hidden = wallClock(this.dataset.offsets).day < this.dataset.day;
  }
});
