/** A phone of the model, and the pages that are open on it: these run the real outbox and store. */
import { CannotKeep } from "/js/offline/database.js";
import { Outbox } from "/js/offline/outbox.js";
import { openStore } from "/js/offline/store.js";

import { planted } from "./bugs.js";
import { Disk } from "./disk.js";

const BEAT_MS = 60000;

export class Phone {
  constructor(world, number) {
    Object.assign(this, { world, number, pages: [], person: null, cookie: `${number}.0`, isOnline: true });
    Object.assign(this, { offsetMs: 0, keptPages: new Map(), known: new Map(), locks: new Map(), signIns: 0, counted: new Map() });
    this.disk = new Disk(world.time, world.chance);
    this.hasLocks = !world.chance.once(4);
  }

  get livePages() {
    return this.pages.filter((page) => !page.isDead);
  }

  /** What the person on this phone has seen of what was said: one bit for each tap. */
  knows(person) {
    return this.known.get(person) ?? 0n;
  }

  learn(person, saids) {
    const bits = saids.reduce((sum, said) => sum | (1n << BigInt(said.slice(1))), this.knows(person));
    this.known.set(person, bits);
  }

  signIn(person) {
    if (!this.isOnline || this.world.server.isDown) return;
    this.cookie = `${this.number}.${++this.signIns}`;
    this.person = person;
    this.world.server.signIn(this.cookie, person);
  }

  /** Opens a page: as it is now, or where there is no network, as it was kept. */
  async open() {
    const { world, person } = this;
    if (!person) return;
    const page = new Page(this, person);
    await world.time.rest(world.chance.between(20, 300), page);
    if (this.person !== person) return page.die();
    const isReached = this.isOnline && !world.server.isDown && !(world.network.isFaulty && world.chance.once(6));
    const fresh = isReached ? world.server.page(this.cookie) : null;
    if (fresh) this.keptPages.set(person, planted.download(world.bugs, this, person, fresh));
    if (isReached ? fresh : this.keptPages.has(person)) await page.begin(this.keptPages.get(person));
    else page.die();
  }

  /** All that the browser kept for us goes at once; what was not sent by then is lost. */
  evict() {
    for (const page of this.livePages) page.die();
    for (const name of this.disk.databases.keys()) this.world.forgive(this.disk.rows(name, "items"));
    this.disk.databases.clear();
    this.keptPages.clear();
    this.known.clear();
    this.counted.clear();
  }

  async signOut() {
    const [page] = this.livePages.filter(({ outbox, person }) => outbox && person === this.person);
    if (!page || !this.isOnline || this.world.server.isDown) return;
    if (!(await this.#empty(page).catch(() => false))) return;
    this.world.server.sessions.delete(this.cookie);
    this.known.delete(page.person);
    this.keptPages.delete(page.person);
    for (const each of this.livePages) if (each.person === page.person) each.die();
    if (this.person === page.person) this.person = null;
  }

  /* First it sends all, and hears that the server has lost nothing; then it forgets, with the answer
     of a server that is there. What it heard before it slept counts for nothing. */
  async #empty(page) {
    const { world } = this;
    if (planted.emptied(world.bugs, page)) return true;
    await page.outbox.flush();
    const sent = await page.store.sent();
    if (page.outbox.why || world.server.isDown || !page.outbox.isTrusted) return false;
    world.wiped.push(...sent);
    const isDone = await page.store.destroy();
    if (!isDone) world.wiped = world.wiped.filter((row) => !sent.includes(row));
    return isDone;
  }

  /** One page at a time does what is asked; who dies lets the next one come. */
  async lock(page, person, act) {
    const turns = this.locks.get(person) ?? [];
    this.locks.set(person, turns);
    const turn = { page };
    const mine = new Promise((resolve) => (turn.begin = resolve));
    turns.push(turn);
    if (turns[0] === turn) turn.begin();
    await mine;
    return act().finally(() => this.#nextTurn(turns, turn));
  }

  #nextTurn(turns, turn) {
    turns.splice(turns.indexOf(turn), 1);
    turns[0]?.begin();
  }

  release(page) {
    for (const turns of this.locks.values()) {
      const first = turns[0];
      turns.splice(0, turns.length, ...turns.filter((turn) => turn.page !== page));
      if (turns[0] !== first) turns[0]?.begin();
    }
  }
}

export class Page {
  constructor(phone, person) {
    const { world } = phone;
    Object.assign(this, { phone, world, person, isDead: false, outbox: null, number: world.pages.length });
    world.pages.push(this);
    phone.pages.push(this);
  }

  /** The name under which the store and the outbox know the person: it tells the model the page. */
  get owner() {
    return `${this.person}@${this.phone.number}#${this.number}`;
  }

  async begin(made) {
    Object.assign(this, made);
    const { world, phone } = this;
    try {
      this.store = planted.store(world.bugs, this, await openStore(planted.owner(world.bugs, this)));
      await this.store.see(this.clock);
      phone.learn(this.person, this.log);
      await world.look(this);
    } catch (error) {
      return this.cannot(error);
    }
    this.outbox = new Outbox({
      person: this.owner,
      store: this.store,
      fetch: (...asked) => this.fetch(...asked),
      locks: phone.hasLocks ? { request: (_name, act) => phone.lock(this, this.person, act) } : null,
      hear: () => {},
      ago: () => 0,
      lasts: async () => null,
      now: () => world.time.now + phone.offsetMs,
    });
    this.beat();
  }

  beat() {
    if (this.phone.isOnline) this.send();
    this.world.time.later(BEAT_MS, () => this.beat(), this);
  }

  send() {
    this.outbox.flush().then((told) => this.world.saidSent(told), (error) => this.cannot(error));
  }

  async tap(subject, { isBig, isPoison }) {
    const { world, phone, person } = this;
    const tap = world.newTap(this, subject);
    const fields = [["subject", subject], ["said", tap.said], ...(isBig ? [["big", "yes"]] : [])];
    if (world.bugs.saysKeptEarly) world.saidKept(tap);
    try {
      const item = await this.outbox.keep({ address: "/say", fields, subject, said: tap.said, clock: this.clock });
      world.saidOf.set(item.id, tap.said);
      if (isPoison && world.network.isFaulty) world.server.poison.add(item.id);
    } catch (error) {
      world.notKept.add(tap.said);
      return this.cannot(error);
    }
    world.saidKept(tap);
    phone.learn(person, [tap.said]);
    this.send();
  }

  /* The network knows persons by their own names. */
  async fetch(address, wanted) {
    const asked = { ...wanted, headers: { ...wanted.headers, "Outbox-Person": this.person } };
    const { bugs, network } = this.world;
    const answer = await network.ask(this, address, planted.request(bugs, this, asked));
    const known = bugs.wrongPerson ? "\\w+" : this.person;
    const text = (await answer.text()).replace(new RegExp(`"person":"${known}"`), `"person":"${this.owner}"`);
    return planted.answer(bugs, this, asked, { ...answer, text: async () => text });
  }

  /** The phone cannot keep; whatever else goes wrong is a fault of ours. */
  cannot(error) {
    if (!(error instanceof CannotKeep)) this.world.fail(`an error of ours: ${error} ${error.stack}`);
    if (!this.outbox) this.die();
  }

  die() {
    this.isDead = true;
    this.phone.release(this);
  }
}
