/**
 * How the pages of one person lie on a phone: one small answer in two parts. What the app opens with
 * stands first, in a part of its own: a slow phone reads it several times sooner than the whole.
 */
const OPENING = ["/today", "/people"];

/* A kept page is as closed as one from the server. */
const CLOSED_BY = [
  "Content-Security-Policy",
  "Cross-Origin-Opener-Policy",
  "Cross-Origin-Resource-Policy",
  "Permissions-Policy",
  "Referrer-Policy",
  "X-Content-Type-Options",
];

/** Gives the answer that is kept: the pages in their parts, and in its headers what they are of. */
export async function packed(pack, given) {
  const headers = pageHeaders(given);
  const { version, clock, day, release } = pack;
  const said = { Made: new Date().toISOString(), Version: version, Clock: clock, Day: day, Release: release };
  for (const [name, value] of Object.entries(said)) headers.set(`Kept-${name}`, `${value ?? ""}`);
  headers.set("Content-Type", "application/octet-stream");
  headers.set("ETag", given.get("ETag") ?? `"${version}"`);
  const isSmall = typeof CompressionStream !== "undefined";
  if (isSmall) headers.set("Kept-Packing", "gzip");
  const isOpening = ({ path }) => OPENING.includes(path);
  const opening = { ...pack, ...only(pack, isOpening) };
  const others = { day, ...only(pack, (page) => !isOpening(page)) };
  const parts = await Promise.all([opening, others].map((part) => bytes(JSON.stringify(part), isSmall)));
  headers.set("Kept-Opening", `${parts[0].size}`);
  return new Response(new Blob(parts), { headers });
}

/** Gives what an answer that is kept says of its pages. */
export function factsOf(headers) {
  const said = (name) => headers.get(`Kept-${name}`);
  return { made: said("Made"), day: said("Day"), clock: said("Clock"), version: said("Version"), release: said("Release") };
}

/** The pages of an answer that is kept. A part is read once, when it is asked for. */
export class Pack {
  #headers;
  #content;
  #parts = [];

  constructor(answer) {
    this.#headers = answer.headers;
    this.#content = answer.blob();
  }

  /** Gives the page of an address at an instant; null where there is none. */
  async page(path, instant) {
    const opening = await this.opening();
    const today = dayAt(opening, instant);
    const inPart = (part) => {
      const found = part && pageFor(part, path, today);
      return found && new Response(htmlOf(part, found), { headers: pageHeaders(this.#headers) });
    };
    return inPart(opening) ?? inPart(await this.#others());
  }

  /** Gives the first part: what the app opens with, and the days, files and photos of all pages. */
  async opening() {
    return (this.#parts[0] ??= await this.#read(0, this.#border));
  }

  /* An older release kept all pages in one part. */
  async #others() {
    if (this.#border === undefined) return null;
    return (this.#parts[1] ??= await this.#read(this.#border));
  }

  get #border() {
    const bytes = this.#headers.get("Kept-Opening");
    return bytes === null ? undefined : Number(bytes);
  }

  async #read(from, to) {
    const part = (await this.#content).slice(from, to);
    if (this.#headers.get("Kept-Packing") !== "gzip") return new Response(part).json();
    return new Response(part.stream().pipeThrough(new DecompressionStream("gzip"))).json();
  }
}

/** Gives the page of an address: as of today, else as it was made; null where it is not kept. */
export function pageFor(pack, path, today) {
  const pages = pack.pages.filter((page) => page.path === path);
  const asOf = (day) => pages.find(({ as_of }) => as_of === day);
  return asOf(today) ?? asOf(pack.day) ?? pages[0] ?? null;
}

/** Gives the day (2026-11-23) that it is at an instant where the person is: the last that has begun. */
export function dayAt({ begins = [], day }, instant) {
  const begun = begins.filter(([, since]) => since <= instant).at(-1);
  return begun ? begun[0] : day;
}

/* Pages are alike: each line that they share is in the pack once. */
function htmlOf({ lines }, page) {
  return page.lines.map((number) => lines[number]).join("\n");
}

/* Some of the pages, with the lines that stand on them, counted anew. */
function only({ pages, lines }, isWanted) {
  const numbers = new Map();
  const numberOf = (line) => {
    if (!numbers.has(line)) numbers.set(line, numbers.size);
    return numbers.get(line);
  };
  const wanted = pages.filter(isWanted).map((page) => ({ ...page, lines: page.lines.map(numberOf) }));
  return { pages: wanted, lines: [...numbers.keys()].map((line) => lines[line]) };
}

function bytes(text, isSmall) {
  const blob = new Blob([text]);
  return isSmall ? new Response(blob.stream().pipeThrough(new CompressionStream("gzip"))).blob() : blob;
}

function pageHeaders(given) {
  const headers = new Headers({ "Content-Type": "text/html; charset=utf-8", "Cache-Control": "no-store" });
  for (const name of CLOSED_BY) if (given.has(name)) headers.set(name, given.get(name));
  return headers;
}
