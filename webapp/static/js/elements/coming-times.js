/**
 * Shows of the times offered today only the next ones, some minutes from now at least; what is
 * offered for other days stays. Values are days with or without a time: 2026-11-23T09:30.
 */
import { ByTheClock, wallClock } from "../wall-clock.js";

const SOONEST_MINUTES = 10;

customElements.define("coming-times", class extends ByTheClock {
  /* What somebody has reached with a key stays under it. */
  turn() {
    if (this.contains(document.activeElement)) return;
    const { day, minute } = wallClock(this.dataset.offsets);
    const timed = [...this.querySelectorAll("button[value*=T]")];
    const isToCome = ({ value }) => value.slice(0, 10) > day || (value.startsWith(day) && minuteOf(value) >= minute + SOONEST_MINUTES);
    const first = timed[0]?.value.slice(0, 10);
    const next = timed.filter((each) => each.value.startsWith(first) && isToCome(each)).slice(0, Number(this.dataset.most));
    for (const each of timed) each.hidden = !(next.includes(each) || (!each.value.startsWith(first) && isToCome(each)));
  }
});

function minuteOf(value) {
  const [hours, minutes] = value.slice(11).split(":").map(Number);
  return hours * 60 + minutes;
}
