/** Chance that can be had again by its seed, and time that passes only when something happens. */
const HOPS = 60;
const NAP_MS = 10000;

/** Numbers by chance, the same for the same seed (mulberry32). */
export class Chance {
  constructor(seed) {
    this.state = seed | 0;
  }

  /** A number from 0 up to 1. */
  next() {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  }

  /** Whether what happens once in `times` happens now. */
  once(times) {
    return this.next() * times < 1;
  }

  between(least, most) {
    return least + this.next() * (most - least);
  }

  of(list) {
    return list[Math.floor(this.next() * list.length)];
  }

  /** One of the names, as likely as its weight says. */
  weighed(weights) {
    let left = this.next() * Object.values(weights).reduce((sum, each) => sum + each);
    return Object.keys(weights).find((name) => (left -= weights[name]) < 0);
  }
}

/** What is going to happen, in milliseconds that nobody waits for. */
export class Time {
  now = 0;
  #coming = [];
  #number = 0;

  /** Lets something happen later; not where its page is dead by then, and later where it sleeps. */
  later(delay, act, page = null) {
    const coming = { at: this.now + delay, number: this.#number++, act, page };
    let [from, to] = [0, this.#coming.length];
    while (from < to) {
      const middle = (from + to) >> 1;
      const other = this.#coming[middle];
      other.at < coming.at || (other.at === coming.at && other.number < coming.number) ? (to = middle) : (from = middle + 1);
    }
    this.#coming.splice(from, 0, coming);
  }

  /** A promise that is kept later. */
  rest(delay, page = null) {
    return new Promise((resolve) => this.later(delay, resolve, page));
  }

  /** Lets all happen that comes before `end`. After each thing, whoever waited for it goes on. */
  async pass(end) {
    await settled();
    while (this.#coming.length && this.#coming.at(-1).at <= end) {
      const { at, act, page } = this.#coming.pop();
      this.now = at;
      if (page?.isDead) continue;
      if (page?.sleepsUntil > at) {
        this.later(Math.min(page.sleepsUntil - at, NAP_MS), act, page);
        continue;
      }
      act();
      await settled();
    }
    this.now = end;
  }
}

async function settled() {
  for (let hop = 0; hop < HOPS; hop++) await null;
}
