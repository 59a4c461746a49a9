/**
 * What comes now on a day, and the rest around it: the same rule as domain/days.py, for a phone
 * without network.
 *
 * Each thing has `task` (a number), `at` (minutes since midnight, or null for any time), `ends`,
 * and `isOpen` (neither done nor put aside). A stranger, of which only the name is known, is never
 * what comes now.
 */
export function whatComesNow(things, minute) {
  const [timed, any] = [inOrder(things.filter(({ at }) => at !== null)), inOrder(things.filter(({ at }) => at === null))];
  /* First what goes on or comes next, then what has no time, then what is open from earlier. */
  const isWaiting = ({ isOpen, isStranger }) => isOpen && !isStranger;
  const waiting = timed.filter(isWaiting);
  const coming = waiting.filter(({ ends }) => ends > minute);
  const now = [...coming, ...any.filter(isWaiting), ...waiting][0] ?? null;
  const others = (all) => all.filter((each) => each !== now);
  return { now, rest: others(timed), any: others(any), isFromEarlier: now !== null && now.ends <= minute };
}

function inOrder(things) {
  return things.sort((one, other) => (one.at ?? 0) - (other.at ?? 0) || one.task - other.task);
}

/**
 * A thing as the person's own mark leaves it on a day; null where they have put it on another.
 * `mark`: {state: "done" | "not_today" | "later" | null (taken back), at?: "HH:MM", on?: "2026-11-23"}.
 */
export function marked(thing, mark, day) {
  if (!mark) return thing;
  const state = mark.state ?? "open";
  if (state !== "later") return { ...thing, state, isOpen: state === "open" };
  if (mark.on && mark.on !== day) return null;
  const at = mark.at ? minuteOf(mark.at) : null;
  const ends = at === null ? 24 * 60 : at + thing.minutes;
  return { ...thing, state: "open", isOpen: true, at, ends, isMoved: true };
}

function minuteOf(written) {
  const [hours, minutes] = written.split(":").map(Number);
  return hours * 60 + minutes;
}
