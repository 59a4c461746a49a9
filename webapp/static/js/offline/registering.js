/** Brings the part of the app that runs without a page to this phone, and tells it who is here. */
import { remember, remembered, tellHere } from "./told.js";

const WORKER = "/service-worker.js";
const READERS = ["participant", "coach"];
const PAUSE_MS = 500;
const AGAIN_MS = 60_000;
const PATIENCE_MS = 3000;
const NO_ROOM = "QuotaExceededError";
const SHORT_OF_ROOM = "short-of-room";
const LATELY_MS = 30 * 60_000;

/** Brings it here, where it is not yet. Gives what the browser knows of it. */
export async function registered() {
  await navigator.serviceWorker.register(WORKER);
  return navigator.serviceWorker.ready;
}

/** Asks it for something, and gives what it answers. */
export async function askWorker(wanted) {
  const { active } = await registered();
  return asked(active, wanted);
}

function asked(worker, wanted) {
  const { port1, port2 } = new MessageChannel();
  return new Promise((resolve) => {
    port1.onmessage = ({ data }) => resolve(data);
    worker.postMessage(wanted, [port2]);
  });
}

/* Nothing else is asked meanwhile: the worker before it goes when it has nothing to do, and Chromium
   may otherwise let both wait for the next page. */
function comes(waiting) {
  const late = new Promise((resolve) => setTimeout(resolve, PATIENCE_MS));
  return Promise.race([asked(waiting, { ask: "takeOver" }), late]);
}

/**
 * Keeps the pages of whoever is signed in on this phone, as new as this page, without disturbing it.
 * A kept page tells nothing: it does not know who is signed in.
 */
export function keepPages() {
  const { person, kept } = document.documentElement.dataset;
  if (!("serviceWorker" in navigator) || !person) return;
  for (const what of ["input", "submit"]) addEventListener(what, holdOn, { once: true, capture: true });
  whenWaiting(askForGoodTime);
  if (kept === undefined) new Telling().begin();
}

/* A new release of the worker waits until this page is left: somebody has begun to write in it. What
   they see comes first. */
function holdOn() {
  setTimeout(() => navigator.locks?.request("writing", { mode: "shared" }, () => new Promise(() => {})));
}

/** Tells the worker what this page knows: who is here, of which release, how new the plan is. */
class Telling {
  #wasSent = false;
  #again = null;

  begin() {
    room.say();
    whenIdle(() => this.#tell());
    addEventListener("visibilitychange", () => document.visibilityState === "visible" && this.#tell());
    whenWaiting(() => {
      this.#wasSent = true;
      this.#tellLater();
    });
  }

  #tell() {
    return this.#say().catch(() => {});
  }

  /* Who has no pages to keep here brings nothing, but ends what the one before them has kept. */
  async #say() {
    const { person, role } = document.documentElement.dataset;
    if (!READERS.includes(role) && !navigator.serviceWorker.controller) return;
    const { waiting } = await registered();
    if (waiting) await comes(waiting);
    const isFull = room.wasShort(person);
    const said = await askWorker({ ask: "keep", person, clock: this.#clock(), release: release(), isFull });
    if (said === "later") this.#tellLater();
    if (said === NO_ROOM) room.isShort(person);
    else if (!isFull) room.isThere();
  }

  #tellLater() {
    clearTimeout(this.#again);
    this.#again = setTimeout(() => this.#tell(), AGAIN_MS);
  }

  /* A coach's pages are about many plans: only what was sent from here makes them older. */
  #clock() {
    const { role, clock } = document.documentElement.dataset;
    if (role === "participant") return clock;
    return this.#wasSent ? Number.MAX_SAFE_INTEGER : undefined;
  }
}

/**
 * That pages found no room: a full phone would get all of them with each page that it opens, and
 * keep none. It is said once, at the start of a page: nothing moves on one that is open.
 */
const room = {
  known: () => JSON.parse(remembered(SHORT_OF_ROOM)),
  note: (known) => remember(SHORT_OF_ROOM, JSON.stringify(known)),
  isShort: (person) => room.note({ ...room.known(), person, at: Date.now() }),
  isThere: () => room.known() && room.note(null),

  wasShort(person) {
    const known = room.known();
    return known?.person === person && Math.abs(Date.now() - known.at) < LATELY_MS;
  },

  say() {
    const known = room.known();
    if (known && !known.isSaid && tellHere("no-room")) room.note({ ...known, isSaid: true });
  },
};

/* Where a browser knows when the network is back, the worker hears it even without a page. */
async function askForGoodTime() {
  if (!navigator.serviceWorker.controller) return;
  await (await navigator.serviceWorker.ready).sync?.register("send");
}

function whenWaiting(act) {
  new BroadcastChannel("outbox").addEventListener("message", ({ data }) => {
    if (data.changed) Promise.resolve(act()).catch(() => {});
  });
}

function release() {
  return document.querySelector("script[src^='/static/']")?.getAttribute("src").split("/")[2];
}

function whenIdle(act) {
  const wait = globalThis.requestIdleCallback ?? ((then) => setTimeout(then, PAUSE_MS));
  if (document.readyState === "complete") wait(act);
  else addEventListener("load", () => wait(act), { once: true });
}
