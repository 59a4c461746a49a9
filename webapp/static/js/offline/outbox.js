/**
 * Sends what is kept on this phone: one after the other, in the order in which it was chosen. An
 * item goes only when the server has named it; until then it is sent again, under the same id.
 */
import { isPromised } from "./lasting.js";
import { inSendingOrder, isClock, isStubborn, latestClock, verdict } from "./rules.js";
import { inTurns } from "./turns.js";

const LIMIT_MS = 15000;
const ASK_AGAIN_MS = 30000;
const MOST_STUMBLES = 3;
const HEAR_EVERY_MS = 250;
const ENDS_ROUND = ["signed-out", "other-person", "old-token", "network"];
const TOO_MANY = 429;
const LED_ELSEWHERE = 302;

/**
 * The outbox of one person. `store` is theirs (openStore). The rest is given in tests: `fetch`;
 * `locks` (navigator.locks, or null), which lets one page send at a time; `hear`, called after
 * every change of what is kept; `ago`, the seconds since an item was kept; `lasts`, whether the
 * browser promised to keep it; `now`, in ms.
 */
export class Outbox {
  #sendAll = inTurns(() => this.#inTurn());
  #shows = new Set();
  #isPruned = false;
  #askedAt = -Infinity;

  constructor({ person, store, fetch, locks, hear, ago, lasts, now }) {
    this.person = String(person);
    this.store = store;
    this.fetch = fetch ?? ((...wanted) => globalThis.fetch(...wanted));
    this.locks = locks === undefined ? globalThis.navigator?.locks : locks;
    this.hear = hear ?? tellPages;
    this.ago = ago ?? secondsSinceKept;
    this.lasts = lasts ?? isPromised;
    this.now = now ?? (() => Date.now());
    this.why = null;
  }

  /** Keeps a change (see the store). When this returns, it survives an empty battery. */
  async keep(facts) {
    const item = await this.store.keep(facts);
    this.hear();
    return item;
  }

  /** Whether what the server last said is still new: the phone may have slept since it was asked. */
  get isTrusted() {
    return Math.abs(this.now() - this.#askedAt) <= ASK_AGAIN_MS;
  }

  /** How many wait, were refused and are drafts; and why the last round ended early, or null. */
  async state() {
    const { store, why } = this;
    const lists = [store.waiting(), store.refused(), store.drafts()];
    const [waiting, refused, drafts] = (await Promise.all(lists)).map(({ length }) => length);
    return { waiting, refused, drafts, why };
  }

  /**
   * Sends all that waits, and returns what was said of each item, by its id. `shows`: the id of
   * the item after which the page is left, so that the next one shows what the server says of it.
   * A call while another sends waits its turn, so that what was just kept is sent as well.
   */
  flush({ shows } = {}) {
    if (shows) this.#shows.add(shows);
    return this.#sendAll();
  }

  /* One page at a time sends. Where pages cannot agree on it, the server takes each item once. */
  #inTurn() {
    return this.locks ? this.locks.request(`my-pace-${this.person}`, () => this.#round()) : this.#round();
  }

  /* Goes on until nothing is left that this round has not tried: more may be kept meanwhile. */
  async #round() {
    const round = { told: new Map(), held: new Set(), left: [], stumbles: 0 };
    this.why = await this.#ask(round);
    for (let item; !this.why && (item = await this.#following(round)); ) this.why = await this.#pass(item, round);
    if (round.isUnheard) this.hear();
    if (round.at && (round.told.size || !this.#isPruned)) await noted(this.store.prune(round.at));
    this.#isPruned ||= Boolean(round.at);
    return round.told;
  }

  /**
   * Asks who is signed in, for a token, and whether the server still knows what it took: after a
   * backup was put back it does not, and then all of the last weeks is offered again.
   * Returns why nothing can be sent, or null.
   */
  async #ask(round) {
    /* What is heard may be old: the phone may have slept while the answer came. */
    const askedAt = this.now();
    const latest = await this.store.latest();
    round.isStuck = (await this.store.refused()).length > 0;
    for (const id of latest.length ? latest : [null]) {
      const { status, body, at } = await this.#request("/outbox", id ? { "Outbox-Latest": id } : {});
      const why = this.#whyNot(status, body);
      if (why) return why;
      Object.assign(round, { csrf: body.csrf, clock: body.clock, at, lasts: await this.lasts() });
      this.#askedAt = askedAt;
      await noted(this.store.see(body.clock));
      if (body.knows_latest !== false) continue;
      await this.store.offerAgain(round.at);
      round.left = [];
      this.hear();
      break;
    }
    return null;
  }

  #whyNot(status, body) {
    if (status !== 200 || typeof body?.csrf !== "string") return verdict(status, body).why;
    return String(body.person) === this.person ? null : "other-person";
  }

  /* What is chosen later about a thing waits for what was chosen earlier, and the rest does not. */
  async #following(round) {
    const isFree = ({ id, subject }) => !round.told.has(id) && !round.held.has(subject);
    round.left = round.left.filter(isFree);
    if (!round.left.length) round.left = inSendingOrder(await this.store.waiting()).filter(isFree);
    return round.left[0];
  }

  /* Sends one item, and settles it if the answer does. Returns why the round ends, or null. */
  async #pass(item, round) {
    if (!this.isTrusted) return this.#ask(round);
    let said = await this.#send(item, round);
    if (said.why === "set-back") return (await this.#ask(round)) ?? stumble(round, said.why);
    const why = said.why === "old-token" && (await this.#ask(round));
    if (why) return why;
    if (said.why === "old-token") said = await this.#send(item, round);
    round.told.set(item.id, said);
    return said.kind === "wait" ? this.#stays(item, said, round) : this.#goes(item, said, round);
  }

  async #goes(item, said, round) {
    /* Where this was not noted the last time, the answer is an old one: a new one is the latest. */
    const isAgain = said.clock <= round.clock;
    round.clock = latestClock(round.clock, said.clock);
    round.isStuck ||= said.kind === "refused";
    await noted(this.store.settle(item.id, { ...said, isAgain }, round.at));
    this.#shows.delete(item.id);
    round.stumbles = 0;
    this.#hearOf(round);
    return null;
  }

  /* Of many items the pages hear some times a second, and at the end. */
  #hearOf(round) {
    round.isUnheard = Math.abs(this.now() - (round.heardAt ?? 0)) < HEAR_EVERY_MS;
    if (round.isUnheard) return;
    round.heardAt = this.now();
    this.hear();
  }

  /* Where the server stumbles over an item, the others are tried; after some, it is left in peace. */
  async #stays(item, { why, status }, round) {
    if (status === TOO_MANY || (ENDS_ROUND.includes(why) && status !== LED_ELSEWHERE)) return why;
    await noted(this.store.postpone(item.id));
    if (item.subject && !isStubborn(item)) round.held.add(item.subject);
    return stumble(round, why);
  }

  async #send(item, round) {
    const latest = (await this.store.latest()).at(-1);
    const sent = new URLSearchParams(item.fields ?? []);
    sent.set("csrf_token", round.csrf);
    sent.set("change_id", item.id);
    const { status, body } = await this.#request(item.address, this.#headers(item, latest, round), sent);
    return verdict(status, body, item.id);
  }

  #headers(item, latest, { lasts, isStuck }) {
    const headers = {
      "Outbox-Change": item.id,
      "Outbox-Person": this.person,
      "Outbox-Age": String(this.ago(item)),
      "Outbox-Stuck": isStuck ? "yes" : "no",
    };
    /* A server that was set back does not take this before it was offered again what it has lost. */
    if (latest) headers["Outbox-Latest"] = latest;
    /* A row of an older release without a clock counts as said now: it is not overtaken by all. */
    if (isClock(item.clock)) headers["Outbox-Clock"] = String(item.clock);
    if (lasts !== null) headers["Outbox-Lasts"] = lasts ? "yes" : "no";
    if (this.#shows.has(item.id)) headers["Outbox-Shows"] = "yes";
    return headers;
  }

  /* Asks the server. Returns the status (0: no network), what was said, and the server's time.
     Where an answer leads, a script does not hear: only that it does. */
  async #request(address, headers, body) {
    const wanted = { method: body ? "POST" : "GET", headers, body, redirect: "manual", cache: "no-store" };
    try {
      const answer = await this.fetch(address, { ...wanted, signal: AbortSignal.timeout?.(LIMIT_MS) });
      const at = Date.parse(answer.headers.get("Date"));
      const status = answer.type === "opaqueredirect" ? LED_ELSEWHERE : answer.status;
      return { status, body: read(await answer.text()), at: new Date(at || this.now()).toISOString() };
    } catch {
      return { status: 0, body: null };
    }
  }
}

/* Returns why the round ends, where there was too much of this; else null. */
function stumble(round, why) {
  round.stumbles += 1;
  return round.stumbles < MOST_STUMBLES ? null : why;
}

function read(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/* What a full disk cannot note now is noted another time: it stops nothing from going. */
function noted(note) {
  return note.catch(() => {});
}

/* Below nothing, or no number, where the phone's clock was turned meanwhile: the server sees that. */
function secondsSinceKept({ kept_at }) {
  return Math.round((Date.now() - Date.parse(kept_at)) / 1000);
}

/* Tells the open pages, this one too, that what is kept has changed. */
function tellPages() {
  const pages = new BroadcastChannel("outbox");
  pages.postMessage({ changed: true });
  pages.close();
}
