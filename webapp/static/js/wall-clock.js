/**
 * What the clocks on the wall show where the plan is, whatever zone this phone is in: a page says
 * how far they are from UTC (web/zone_offsets.py).
 */
const MINUTE_MS = 60_000;
const DAY_MINUTES = 24 * 60;

/**
 * Gives the day (2026-11-23) and the minute since midnight that an instant is with these offsets;
 * without any, as on a page of an older release, on this phone.
 */
export function wallClock(offsets, instant = new Date()) {
  const minute = Math.floor(instant / MINUTE_MS);
  const shown = minute + offsetAt(offsets, minute);
  return { day: new Date(shown * MINUTE_MS).toISOString().slice(0, 10), minute: shown % DAY_MINUTES };
}

function offsetAt(offsets, minute) {
  if (!offsets) return -new Date(minute * MINUTE_MS).getTimezoneOffset();
  const told = offsets.split(" ").map((each) => each.split(":").map(Number));
  const [, offset] = told.filter(([since]) => since <= minute).at(-1) ?? told[0];
  return offset;
}

/** Calls `act` at the beginning of each minute while the page is shown, and when it is shown again. */
export function eachMinute(act, signal) {
  let timer;
  const wait = () => {
    clearTimeout(timer);
    if (!document.hidden && !signal.aborted) timer = setTimeout(turn, 60_000 - (Date.now() % 60_000));
  };
  const turn = () => {
    act();
    wait();
  };
  document.addEventListener("visibilitychange", () => (document.hidden ? clearTimeout(timer) : turn()), { signal });
  signal.addEventListener("abort", () => clearTimeout(timer));
  wait();
}

/** An element that takes its `turn()` when it comes, and each minute after that. */
export class ByTheClock extends HTMLElement {
  connectedCallback() {
    this.life = new AbortController();
    eachMinute(() => this.turn(), this.life.signal);
    this.turn();
  }

  disconnectedCallback() {
    this.life.abort();
  }
}
