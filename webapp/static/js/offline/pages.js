/**
 * Answers what a page asks for: pages from the network first, and from this phone where it does not
 * answer in time; files and photos from this phone first. Sign-in is never touched, and no form is.
 */
import { isToldOnItsPage } from "./unsent.js";

const LIMIT_MS = 3000;
const SHORT_LIMIT_MS = 500;
const LATELY_MS = 30_000;
const NOBODY_THERE = [502, 503, 504];
const SIGN_OUT = "/sign-in/out";
const NOT_KEPT = "/not-kept";
const NOT_SENT = "/not-sent";

/** Gives answers to the `fetch` events of the service worker. */
export class Answers {
  #kept;
  #failed_at = -LATELY_MS;
  #isFollowing = false;

  constructor(kept) {
    this.#kept = kept;
  }

  /** Answers an event, or leaves it to the browser. */
  give(event) {
    const { request } = event;
    const { origin, pathname } = new URL(request.url);
    if (origin !== location.origin) return;
    if (request.mode === "navigate") return this.#navigate(event, pathname);
    if (request.method !== "GET") return;
    if (pathname.startsWith("/static/")) event.respondWith(file(request, pathname));
    if (pathname.startsWith("/photos/")) event.respondWith(this.#photo(request, pathname));
  }

  #navigate(event, path) {
    if (event.request.method !== "GET") event.respondWith(this.#sent(event.request, path));
    else if (!isSignIn(path) || path === SIGN_OUT) event.respondWith(this.#page(event.request, path));
    else this.#isFollowing = false;
  }

  async #page(request, path) {
    const network = this.#ask(request);
    const first = await this.#inTime(network, request);
    if (first?.isThere) return first.answer;
    return (await this.#found(path)) ?? this.#whatCame(await network);
  }

  /* Where nothing is kept of an address, its own answer is worth waiting for. */
  async #whatCame({ isThere, answer }) {
    if (isThere) return answer;
    return (await this.#found(NOT_KEPT)) ?? answer ?? Response.error();
  }

  async #ask(request) {
    try {
      const answer = await whole(await fetch(request));
      const isThere = !NOBODY_THERE.includes(answer.status);
      this.#failed_at = isThere ? -LATELY_MS : performance.now();
      return { isThere, answer };
    } catch {
      this.#failed_at = performance.now();
      return { isThere: false, answer: null };
    }
  }

  /* Gives null where the network takes too long; it is the same network for the next page, but
     whoever asks for a page anew wants it from there. */
  async #inTime(network, { cache }) {
    /* What follows a form shows what came of it: a kept page would not know. */
    if (this.#isFollowing) {
      this.#isFollowing = false;
      return network;
    }
    const isAskedAnew = cache === "no-cache" || cache === "reload";
    const failedLately = !isAskedAnew && performance.now() - this.#failed_at < LATELY_MS;
    let timer;
    const late = new Promise((resolve) => {
      timer = setTimeout(resolve, failedLately ? SHORT_LIMIT_MS : LIMIT_MS, null);
    });
    const first = await Promise.race([network, late]);
    clearTimeout(timer);
    if (!first) this.#failed_at = performance.now();
    return first;
  }

  /* A form goes to the server or nowhere. */
  async #sent(request, path) {
    const answer = await fetch(request).catch(() => null);
    this.#isFollowing = answer?.type === "opaqueredirect";
    if (this.#isFollowing) await this.#changes(path);
    if (answer && !NOBODY_THERE.includes(answer.status)) return answer;
    /* An answer without content leaves the page as it is: nothing that was written is lost. */
    if (await isToldOnItsPage(path)) return new Response(null, { status: 204 });
    return (await this.#found(NOT_SENT)) ?? answer ?? Response.error();
  }

  /* After a sign-in, only a page can say who is there. */
  async #changes(path) {
    if (isSignIn(path)) await this.#kept.doubt().catch(() => {});
    if (path === SIGN_OUT) await this.#kept.forgetAll().catch(() => {});
  }

  async #photo(request, path) {
    return (await this.#kept.photo(path).catch(() => null)) ?? fetch(request);
  }

  /* What cannot be read is as good as not kept. */
  async #found(path) {
    const found = await this.#kept.page(path).catch(() => null);
    return found ?? (path === "/" ? this.#first() : null);
  }

  async #first() {
    const ways = ["/today", "/people"];
    for (const way of ways) {
      if (await this.#kept.page(way).catch(() => null)) return Response.redirect(way);
    }
    return null;
  }
}

/* A page that breaks off in the middle is as good as none. What leads elsewhere has nothing in it. */
async function whole(answer) {
  return answer.body ? new Response(await answer.blob(), answer) : answer;
}

function isSignIn(path) {
  return /^\/sign-in(\/|$)/.test(path);
}

/* The server gives what it has under an older release too: so does the phone, where the network
   takes too long or fails. A page shows nothing before its style has come. */
async function file(request, path) {
  const kept = await caches.match(request, { ignoreVary: true }).catch(() => null);
  if (kept) return kept;
  const network = fetch(request).then(whole).catch(() => null);
  const late = new Promise((resolve) => setTimeout(resolve, LIMIT_MS, null));
  const first = await Promise.race([network, late]);
  if (first?.ok) return first;
  return (await underAnyRelease(path)) ?? (await network) ?? Response.error();
}

async function underAnyRelease(path) {
  const names = (await caches.keys()).filter((name) => name.startsWith("static-"));
  for (const name of names) {
    const found = await caches.match(path.replace(/^\/static\/[^/]+/, `/static/${name.slice("static-".length)}`));
    if (found) return found;
  }
  return null;
}
