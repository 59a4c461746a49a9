/** Shows itself where the clock of this phone is not that of the plan, now or later this year. */
const DAY_MS = 86_400_000;
const QUARTERS = [0, 91, 182, 273];

customElements.define("zone-question", class extends HTMLElement {
  connectedCallback() {
    const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
    const { zone, keptZone } = this.dataset;
    if (!here || isSame(here, zone) || (keptZone && isSame(here, keptZone))) return;
    this.querySelector("a").search = new URLSearchParams({ zone: here });
    this.hidden = false;
  }
});

/* Several names may stand for the same clock: what counts is what it shows, all year. */
function isSame(one, other) {
  const days = QUARTERS.map((quarter) => new Date(Date.now() + quarter * DAY_MS));
  return one === other || days.every((day) => shown(day, one) === shown(day, other));
}

function shown(moment, timeZone) {
  try {
    return moment.toLocaleString("sv", { timeZone });
  } catch {
    /* A name that this browser does not know. */
    return timeZone;
  }
}
