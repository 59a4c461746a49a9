/**
 * The rules of the outbox, without any way in or out: what an answer means for a kept change, in
 * which order changes go, and what a page shows of them. The proof of the outbox uses these too.
 */
const DAY_MS = 24 * 60 * 60 * 1000;
const OLD_AFTER_DAYS = 30;
const MOST_SENT = 2000;
const MOST_TRIES = 3;

/** What phones are told where an item must stay, by the state that the answer names. */
const STAYS = { "signed-out": 401, "other-person": 403, "old-token": 400, "set-back": 409 };

/**
 * What an answer says of the item with this id: taken, refused for good, or wait.
 * Only an answer that names the id settles it. Whatever cannot be read leaves the item where it is.
 */
export function verdict(status, body, id) {
  const said = isNamed(body, id) ? body.state : null;
  if (said === "taken" && isWithin(status, 200)) return taken(body);
  if (said === "refused" && isWithin(status, 400)) return { kind: "refused", words: textOf(body.words), clock: body.clock };
  return { kind: "wait", why: whyItWaits(status, body), status };
}

function isNamed(body, id) {
  return Boolean(id) && body?.change === id && isClock(body.clock);
}

function isWithin(status, hundred) {
  return status >= hundred && status < hundred + 100;
}

function taken({ clock, next, said, outcome }) {
  return { kind: "taken", clock, next: ownAddress(next), said: textOf(said), outcome: textOf(outcome) };
}

function whyItWaits(status, body) {
  if (Object.hasOwn(STAYS, body?.state) && STAYS[body.state] === status) return body.state;
  return isWithin(status, 200) || status >= 400 ? "server" : "network";
}

/* An address within this app, or none. */
function ownAddress(address) {
  return /^\/(?![/\\])/.test(textOf(address) ?? "") ? address : null;
}

function textOf(value) {
  return typeof value === "string" && value ? value : null;
}

/** Whether this is a number of a logical clock. */
export function isClock(value) {
  return Number.isSafeInteger(value) && value >= 0;
}

/** The number after all that were seen (Lamport): what is chosen now comes after what was seen. */
export function nextClock(...seen) {
  return latestClock(...seen) + 1;
}

/** The latest of the numbers seen; what is no number counts for nothing. */
export function latestClock(...seen) {
  return Math.max(0, ...seen.filter(isClock));
}

/** Items as they were chosen, never as the phone's own clock says. */
export function inOrder(items) {
  return [...items].sort((one, other) => clockOf(one) - clockOf(other) || (one.id < other.id ? -1 : 1));
}

/**
 * The order of sending: as chosen, but what the server stumbled over several times goes last, and
 * of that what was tried least goes first: a round ends before it has tried many of these.
 */
export function inSendingOrder(items) {
  const sorted = inOrder(items);
  const stubborn = sorted.filter(isStubborn).sort((one, other) => one.tries - other.tries);
  return [...sorted.filter((item) => !isStubborn(item)), ...stubborn];
}

/** Whether the server stumbled over this item so often that nothing waits for it any more. */
export function isStubborn(item) {
  return (item.tries ?? 0) >= MOST_TRIES;
}

function clockOf(item) {
  return latestClock(item.clock);
}

/** What became of an item that waits, was refused, or is a draft. Old rows that say nothing wait. */
export function stateOf(item) {
  return item.state === "refused" || item.state === "draft" ? item.state : "waiting";
}

/** A new id: 22 characters that may stand in an address, of 128 random bits. */
export function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/** Whether what was sent is too old to be kept for a server that lost it. */
export function isOld(sentItem, now) {
  return new Date(now) - new Date(sentItem.sent_at) > OLD_AFTER_DAYS * DAY_MS;
}

/** Whether what was sent may be offered again to a server that lost it. */
export function mayReoffer(sentItem, now) {
  return !isOld(sentItem, now);
}

/** What was sent and need not be kept any longer: the old, and the earliest where there are many. */
export function tooMuch(sent, now) {
  const young = inOrder(sent.filter((item) => !isOld(item, now)));
  return [...sent.filter((item) => isOld(item, now)), ...young.slice(0, Math.max(0, young.length - MOST_SENT))];
}

/**
 * Which sent items a server must know to have lost nothing. Who knows an item knows all that was
 * taken before it; of an item that had failed, nobody knows which came first, so both count. One
 * that was perhaps taken before (`isAgain`) is not the last.
 */
export function latestOf(latest, item, isAgain = false) {
  if (isAgain) return [item.id, ...latest];
  return item.tries ? [...latest, item.id] : [item.id];
}

/**
 * The last item of each subject that a page made at `pageClock` must show over what it says:
 * all that wait, and those sent that the page cannot know yet.
 */
export function shownStates(waiting, sent, pageClock) {
  const isNews = (item) => isSentAfter(item, pageClock) && item.outcome !== "overtaken";
  const shown = inOrder([...waiting, ...sent.filter(isNews)]);
  return new Map(shown.filter(({ subject }) => subject).map((item) => [item.subject, item]));
}

/**
 * What was sent since a page was made at `pageClock`: the plan's clock after it, and how many marks
 * of tasks and steps there are among it, which a page shows by itself (shownStates).
 */
export function marksAfter(sent, pageClock) {
  const news = sent.filter((item) => isSentAfter(item, pageClock));
  const marks = news.filter(({ subject }) => /^(task|step)-/.test(subject ?? ""));
  return { latest: latestClock(...news.map((item) => item.sent_clock)), marks: marks.length };
}

function isSentAfter(item, pageClock) {
  return item.sent_clock > pageClock;
}

/** Whether something waits for more than a day, as the phone's clock has it. */
export function isLate({ kept_at }) {
  return Date.now() - new Date(kept_at) > DAY_MS;
}
