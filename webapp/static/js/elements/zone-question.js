/** Shows itself where the clock of this phone is not that of the plan, now or later this year. */
import { wallClock } from "../wall-clock.js";

const DAY_MS = 86_400_000;
const QUARTERS = [0, 91, 182, 273];

customElements.define("zone-question", class extends HTMLElement {
  connectedCallback() {
    const { offsets, keptZone } = this.dataset;
    if (isOwnTime(offsets)) return;
    const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
    if (!here || (keptZone && isSame(here, keptZone))) return;
    this.querySelector("a").search = new URLSearchParams({ zone: here });
    this.hidden = false;
  }
});

/* Without naming a zone: a slow phone takes long to look one up. */
function isOwnTime(offsets) {
  const shown = (day, clock) => Object.values(wallClock(clock, day)).join();
  return days().every((day) => shown(day, offsets) === shown(day, null));
}

/* Several names may stand for the same clock: what counts is what it shows, all year. */
function isSame(one, other) {
  return one === other || days().every((day) => inZone(day, one) === inZone(day, other));
}

function days() {
  return QUARTERS.map((quarter) => new Date(Date.now() + quarter * DAY_MS));
}

function inZone(moment, timeZone) {
  try {
    return moment.toLocaleString("sv", { timeZone });
  } catch {
    /* A name that this browser does not know. */
    return timeZone;
  }
}
