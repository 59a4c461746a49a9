/**
 * Keeps the pages of one person on this phone, and finds them again. The person is the one who was
 * last seen signed in: whoever comes next finds nothing of theirs.
 *
 * Cache "kept": who it is. Cache "kept-<person>": the pages, small. Cache "static-<release>": what
 * those pages are made of. Cache "photos-<person>": their photos.
 */
import { Pack, factsOf, packed } from "./packing.js";

const WHO = "/kept/person";
const PAGES = "/kept/pages";
const ASKED = "/kept/asked";
const PATIENCE_MS = 120_000;
/* All pages made anew cost the server as much as some hundred others. */
const SELDOM_MS = 30 * 60_000;
const SOON_MS = 50_000;

/** The pages of the person last seen signed in. */
export class KeptPages {
  #marksSince;
  #read = null;
  #turn = Promise.resolve();
  #leaving = new AbortController();

  /** `marksSince`: gives what a person has sent since a clock that older pages can show all the same. */
  constructor(marksSince) {
    this.#marksSince = marksSince;
  }

  /** Gives the kept page of an address, as it looks on the phone's today; null where there is none. */
  async page(path) {
    const kept = await this.#current();
    return kept && this.#opened(kept).page(path, Date.now()).catch((error) => this.#close(error));
  }

  /** Gives the kept photo of an address. */
  async photo(path) {
    const kept = await this.#current();
    if (!kept) return null;
    return (await caches.match(path, { cacheName: photosOf(kept.person), ignoreVary: true })) ?? null;
  }

  /** Says what is kept: whose it is, when it was made, of which plan. Null where nothing is. */
  async about() {
    const kept = await this.#current();
    return kept && { person: kept.person, ...factsOf(kept.answer.headers) };
  }

  /**
   * Gets the newest pages, where those that are kept may be older than what a page has seen. Gives
   * "later" where the page had better ask once more: there were new ones only a moment ago. Fails
   * where there is no room; with `isFull`, there was none a moment ago.
   */
  keep(seen) {
    return this.#inTurn(() => this.#keep(seen));
  }

  /** Removes all that is kept of a person, at once. */
  forget(person) {
    this.#leaving.abort();
    return this.#inTurn(() => this.#remove((name) => name === pagesOf(person) || name === photosOf(person)));
  }

  /** Removes all that is kept of anybody, at once. */
  forgetAll() {
    this.#leaving.abort();
    return this.#inTurn(() => this.#keepOnly(null));
  }

  /** Shows nobody's pages until a page says again who is signed in. */
  async doubt() {
    await (await caches.open("kept")).delete(WHO);
  }

  /* One after the other, so that nothing comes back that was just removed. */
  #inTurn(act) {
    const mine = this.#turn.then(async () => {
      const leaving = (this.#leaving = new AbortController());
      const late = setTimeout(() => leaving.abort(), PATIENCE_MS);
      return act().finally(() => clearTimeout(late));
    });
    this.#turn = mine.catch(() => {});
    return mine;
  }

  async #keep(seen) {
    const person = String(seen.person);
    const kept = await this.#current();
    const mine = kept?.person === person ? kept : await this.#of(person);
    if (seen.isFull && mine === kept) return "done";
    if (mine && mine === kept) {
      const isStale = isOlder(mine, seen, await this.#marksSince(person, clockOf(mine)));
      if (await wasAsked(mine, isStale ? SOON_MS : SELDOM_MS)) return isStale ? "later" : "done";
    }
    const answer = await this.#ask(mine).catch(() => null);
    if (answer?.status === 200) return this.#take(answer);
    if (answer?.status === 304) return this.#stays(mine);
    /* Somebody else is signed in: their page came, and their pages did not. */
    if (kept && mine !== kept) await (answer?.status === 404 ? this.#keepOnly(null) : this.doubt());
  }

  #ask(mine) {
    const headers = mine ? { "If-None-Match": mine.answer.headers.get("ETag") } : {};
    const { signal } = this.#leaving;
    return fetch("/kept", { headers, cache: "no-store", redirect: "manual", signal });
  }

  async #take(answer) {
    const pack = await answer.json();
    const person = String(pack.person);
    await this.#keepOnly(person);
    await this.#isHere(person);
    await this.#place(person, pack, answer.headers).finally(() => this.#tidy(person));
    await this.#photos(person, pack.photos);
  }

  /* First what the pages are made of, then the pages, then what only older ones needed goes. */
  async #place(person, pack, headers) {
    await this.#files(pack);
    const cache = await caches.open(pagesOf(person));
    await cache.put(PAGES, await packed(pack, headers));
    await noteAsked(person);
  }

  async #stays(mine) {
    const { person } = mine;
    await this.#isHere(person);
    await noteAsked(person);
    const opening = await this.#opened(mine).opening();
    await this.#files(opening);
    await this.#photos(person, opening.photos);
  }

  /* All or nothing: pages whose style is missing are of no use. */
  async #files({ release, files }) {
    const cache = await caches.open(filesOf(release));
    const there = new Set((await cache.keys()).map(pathOf));
    const { signal } = this.#leaving;
    const wanted = files.filter((path) => !there.has(path));
    await cache.addAll(wanted.map((path) => new Request(path, { redirect: "error", signal })));
  }

  /* A photo that does not come now comes the next time: the pages are worth keeping without it. */
  async #photos(person, wanted) {
    const cache = await caches.open(photosOf(person));
    const { signal } = this.#leaving;
    const there = new Set((await cache.keys()).map(pathOf));
    for (const path of there) if (!wanted.includes(path)) await cache.delete(path);
    for (const path of wanted.filter((each) => !there.has(each))) {
      await cache.add(new Request(path, { redirect: "error", signal })).catch(() => {});
    }
  }

  async #tidy(person) {
    const mine = await this.#of(person);
    const needed = mine && filesOf(factsOf(mine.answer.headers).release);
    await this.#remove((name) => name.startsWith("static-") && name !== needed);
  }

  async #isHere(person) {
    await (await caches.open("kept")).put(WHO, new Response(person));
  }

  /** Removes what is kept of everybody else. */
  async #keepOnly(person) {
    const mine = [pagesOf(person), photosOf(person)];
    await this.#remove((name) => /^(kept|photos)-/.test(name) && !mine.includes(name));
  }

  async #remove(isOver) {
    const names = await caches.keys();
    await Promise.all(names.filter(isOver).map((name) => caches.delete(name)));
    const left = await caches.keys();
    if (left.some((name) => name.startsWith("kept-"))) return;
    await this.doubt();
    await Promise.all(left.filter((name) => name.startsWith("static-")).map((name) => caches.delete(name)));
  }

  async #current() {
    const who = await caches.match(WHO, { cacheName: "kept" });
    return who ? this.#of(await who.text()) : null;
  }

  async #of(person) {
    const answer = await caches.match(PAGES, { cacheName: pagesOf(person) });
    return answer ? { person, answer } : null;
  }

  /* What was read stays at hand while this lives: reading takes a slow phone a moment. */
  #opened({ person, answer }) {
    const name = `${person} ${answer.headers.get("Kept-Version")} ${answer.headers.get("Kept-Made")}`;
    if (this.#read?.name !== name) this.#read = { name, pack: new Pack(answer) };
    return this.#read.pack;
  }

  #close(error) {
    this.#read = null;
    throw error;
  }
}

/* Every change counts one: where all of them were marks from here, the pages are as good as new. */
function isOlder(mine, { clock, release }, { latest, marks }) {
  const changes = Math.max(Number(clock ?? 0), latest) - clockOf(mine);
  return changes > marks || Boolean(release && release !== factsOf(mine.answer.headers).release);
}

function clockOf({ answer }) {
  return Number(factsOf(answer.headers).clock);
}

/* What cannot be noted is asked once more. */
async function noteAsked(person) {
  const cache = await caches.open(pagesOf(person));
  await cache.put(ASKED, new Response(`${Date.now()}`)).catch(() => {});
}

/* A phone whose clock was put back must not wait until it is as late again. */
async function wasAsked({ person }, lately) {
  const asked = await caches.match(ASKED, { cacheName: pagesOf(person) });
  const age = Date.now() - Number(asked ? await asked.text() : 0);
  return age >= 0 && age < lately;
}

function pagesOf(person) {
  return `kept-${person}`;
}

function photosOf(person) {
  return `photos-${person}`;
}

function filesOf(release) {
  return `static-${release}`;
}

function pathOf({ url }) {
  return new URL(url).pathname;
}
