/**
 * Keeps the pages of one person on this phone, and finds them again. The person is the one who was
 * last seen signed in: whoever comes next finds nothing of theirs.
 *
 * Cache "kept": who it is. Cache "kept-<person>": the pages, small. Cache "static-<release>": what
 * those pages are made of. Cache "photos-<person>": their photos.
 */
const WHO = "/kept/person";
const PAGES = "/kept/pages";
const ASKED = "/kept/asked";
const PATIENCE_MS = 120_000;
/* All pages made anew cost the server as much as some hundred others. */
const SELDOM_MS = 30 * 60_000;
const SOON_MS = 50_000;

/* A kept page is as closed as one from the server. */
const CLOSED_BY = [
  "Content-Security-Policy",
  "Cross-Origin-Opener-Policy",
  "Cross-Origin-Resource-Policy",
  "Permissions-Policy",
  "Referrer-Policy",
  "X-Content-Type-Options",
];

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
    if (!kept) return null;
    const { pack, headers } = await this.#unpacked(kept);
    const found = pageFor(pack, path, dayIn(pack.zone, new Date()));
    return found && new Response(htmlOf(pack, found), { headers: pageHeaders(headers) });
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
    return kept && { person: kept.person, ...facts(kept.answer.headers) };
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
    const text = await answer.text();
    const pack = JSON.parse(text);
    const person = String(pack.person);
    await this.#keepOnly(person);
    await this.#isHere(person);
    await this.#place(person, text, pack, answer.headers).finally(() => this.#tidy(person));
    await this.#photos(person, pack.photos);
  }

  /* First what the pages are made of, then the pages, then what only older ones needed goes. */
  async #place(person, text, pack, headers) {
    await this.#files(pack);
    const cache = await caches.open(pagesOf(person));
    await cache.put(PAGES, await packed(text, pack, headers));
    await noteAsked(cache);
  }

  async #stays({ person, cache, answer }) {
    await this.#isHere(person);
    await noteAsked(cache);
    const { pack } = await this.#unpacked({ person, answer });
    await this.#files(pack);
    await this.#photos(person, pack.photos);
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
    const needed = mine && filesOf(facts(mine.answer.headers).release);
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
    if (!(await caches.has(pagesOf(person)))) return null;
    const cache = await caches.open(pagesOf(person));
    const answer = await cache.match(PAGES);
    return answer ? { person, cache, answer } : null;
  }

  /* What was read stays at hand while this lives: reading takes a slow phone a moment. */
  async #unpacked({ person, answer }) {
    const name = `${person} ${answer.headers.get("Kept-Version")} ${answer.headers.get("Kept-Made")}`;
    if (this.#read?.name !== name) this.#read = { name, headers: answer.headers, pack: await unpacked(answer) };
    return this.#read;
  }
}

/** Gives the page of an address: as of today, else as it was made; null where it is not kept. */
export function pageFor(pack, path, today) {
  const pages = pack.pages.filter((page) => page.path === path);
  const asOf = (day) => pages.find(({ as_of }) => as_of === day);
  return asOf(today) ?? asOf(pack.day) ?? pages[0] ?? null;
}

/** Gives the text of a kept page. Pages are alike: each line that they share is in the pack once. */
export function htmlOf({ lines }, page) {
  return page.html ?? page.lines.map((number) => lines[number]).join("\n");
}

/** Gives the day of an instant in a zone, as 2026-11-23. */
export function dayIn(zone, instant) {
  const wanted = { year: "numeric", month: "2-digit", day: "2-digit" };
  try {
    return new Intl.DateTimeFormat("sv-SE", { ...wanted, timeZone: zone }).format(instant);
  } catch {
    return new Intl.DateTimeFormat("sv-SE", wanted).format(instant);
  }
}

/* Every change counts one: where all of them were marks from here, the pages are as good as new. */
function isOlder(mine, { clock, release }, { latest, marks }) {
  const changes = Math.max(Number(clock ?? 0), latest) - clockOf(mine);
  return changes > marks || Boolean(release && release !== facts(mine.answer.headers).release);
}

function clockOf({ answer }) {
  return Number(facts(answer.headers).clock);
}

/* What cannot be noted is asked once more. */
async function noteAsked(cache) {
  await cache.put(ASKED, new Response(`${Date.now()}`)).catch(() => {});
}

/* A phone whose clock was put back must not wait until it is as late again. */
async function wasAsked({ cache }, lately) {
  const asked = await cache.match(ASKED);
  const age = Date.now() - Number(asked ? await asked.text() : 0);
  return age >= 0 && age < lately;
}

function facts(headers) {
  const said = (name) => headers.get(`Kept-${name}`);
  return { made: said("Made"), day: said("Day"), clock: said("Clock"), version: said("Version"), release: said("Release") };
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

function pageHeaders(given) {
  const headers = new Headers({ "Content-Type": "text/html; charset=utf-8", "Cache-Control": "no-store" });
  for (const name of CLOSED_BY) if (given.has(name)) headers.set(name, given.get(name));
  return headers;
}

async function packed(text, pack, given) {
  const headers = pageHeaders(given);
  const { version, clock, day, release } = pack;
  const said = { Made: new Date().toISOString(), Version: version, Clock: clock, Day: day, Release: release };
  for (const [name, value] of Object.entries(said)) headers.set(`Kept-${name}`, `${value ?? ""}`);
  headers.set("Content-Type", "application/json");
  headers.set("ETag", given.get("ETag") ?? `"${version}"`);
  if (typeof CompressionStream === "undefined") return new Response(text, { headers });
  headers.set("Kept-Packing", "gzip");
  const small = new Blob([text]).stream().pipeThrough(new CompressionStream("gzip"));
  return new Response(await new Response(small).arrayBuffer(), { headers });
}

function unpacked(answer) {
  if (answer.headers.get("Kept-Packing") !== "gzip") return answer.json();
  return new Response(answer.body.pipeThrough(new DecompressionStream("gzip"))).json();
}
