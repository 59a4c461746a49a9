/** What the clocks on the wall show in a time zone, whatever zone this phone is in. */
const SHOWN = { year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
/* To make one takes a slow phone longer than to ask it. */
const clocks = new Map();

/** Gives the day (2026-11-23) and the minute since midnight that an instant is in a zone. */
export function wallClock(zone, instant = new Date()) {
  const found = Object.fromEntries(shown(zone).formatToParts(instant).map(({ type, value }) => [type, value]));
  const day = `${found.year}-${found.month}-${found.day}`;
  return { day, minute: Number(found.hour) * 60 + Number(found.minute) };
}

function shown(zone) {
  if (!clocks.has(zone)) clocks.set(zone, made(zone));
  return clocks.get(zone);
}

/* A phone that does not know the zone shows its own time. */
function made(zone) {
  try {
    return new Intl.DateTimeFormat("en-GB", { ...SHOWN, timeZone: zone });
  } catch {
    return new Intl.DateTimeFormat("en-GB", SHOWN);
  }
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
