/**
 * One run of the model: phones, a network and a server, to which all sorts of things happen by the
 * chance of one seed. At the end the faults stop, every phone is opened once, and all must be well.
 */
import { inOrder, shownStates } from "/js/offline/rules.js";

import { Network } from "./network.js";
import { Phone } from "./phone.js";
import { Server } from "./server.js";
import { checkAll } from "./invariants.js";
import { Chance, Time } from "./time.js";

const PERSONS = ["ada", "ben"];
const SUBJECTS = ["task-1", "task-2", "task-3", "task-4", "task-5"];
const STEPS = 40;
const TWO_YEARS_MS = 2 * 365 * 24 * 3600 * 1000;
const MINUTE_MS = 60000;

/** How often each thing happens. */
const ACTS = {
  tap: 40, twoTaps: 4, open: 9, die: 5, network: 7, expire: 2, signIn: 4, other: 2, signOut: 3, clock: 2,
  coach: 4, gone: 1, kill: 2, backup: 3, disaster: 1, upgrade: 1, full: 1, token: 1, sleep: 2,
};

export class World {
  constructor(seed, bugs = {}) {
    Object.assign(this, { seed, bugs, chance: new Chance(seed), time: new Time(), failures: [], pages: [] });
    Object.assign(this, { taps: [], kept: new Set(), notKept: new Set(), sent: new Set(), saidOf: new Map(), forgiven: new Set(), wiped: [] });
    this.server = new Server(this.time, PERSONS, bugs);
    this.network = new Network(this.time, this.chance, this.server);
    this.phones = Array.from({ length: Math.ceil(this.chance.between(0, 3)) }, (_each, index) => new Phone(this, index + 1));
    this.disaster = this.chance.of(["restore", "evict", "none"]);
  }

  async run() {
    for (const phone of this.phones) {
      phone.signIn("ada");
      phone.open();
    }
    await this.pass(5000);
    for (let step = 0; step < STEPS; step++) {
      this.act(this.chance.weighed(ACTS), this.chance.of(this.phones));
      await this.pass(this.chance.between(0, this.chance.of([40, 8000, 8000, 2 * MINUTE_MS])));
    }
    await this.end();
    return this.failures;
  }

  pass(forMs) {
    return this.time.pass(this.time.now + forMs);
  }

  act(what, phone) {
    const acts = {
      tap: () => this.#tap(phone),
      twoTaps: () => [this.#tap(phone), this.#tap(phone)],
      open: () => phone.open(),
      die: () => phone.livePages[0]?.die(),
      network: () => (phone.isOnline = !phone.isOnline),
      expire: () => this.server.sessions.delete(phone.cookie),
      signIn: () => [phone.signIn(phone.person ?? "ada"), phone.livePages.length || phone.open()],
      other: () => [phone.signIn(this.chance.of(PERSONS)), phone.open()],
      signOut: () => phone.signOut(),
      clock: () => (phone.offsetMs = this.chance.of([0, 1, -1]) * TWO_YEARS_MS),
      coach: () => this.server.otherwise("ada"),
      gone: () => this.server.otherwise(this.chance.of(PERSONS), this.chance.of(SUBJECTS)),
      kill: () => this.server.die(this.chance.between(MINUTE_MS / 20, MINUTE_MS)),
      backup: () => this.server.backup(),
      disaster: () => this.#strike(phone),
      upgrade: () => phone.disk.upgrade(`my-pace-${this.chance.of(PERSONS)}`),
      full: () => (phone.disk.isFull = !phone.disk.isFull),
      token: () => (this.server.token += 1),
      sleep: () => this.#sleep(phone),
    };
    return acts[what]();
  }

  #tap(phone) {
    const pages = phone.livePages.filter(({ outbox }) => outbox);
    const isBig = this.chance.once(40);
    const isPoison = this.chance.once(25);
    if (pages.length) this.chance.of(pages).tap(this.chance.of(SUBJECTS), { isBig, isPoison });
  }

  /* The phone lets its pages stand still, in the middle of whatever they do. */
  #sleep(phone) {
    const until = this.time.now + this.chance.between(MINUTE_MS / 2, 15 * MINUTE_MS);
    for (const page of phone.livePages) page.sleepsUntil = until;
  }

  /* A phone that was signed off has nothing left to offer again. A backup is put back once at most, and takes longer than a phone trusts what it has asked. */
  #strike(phone) {
    if (this.disaster === "evict") phone.evict();
    if (this.disaster !== "restore") return;
    this.disaster = "none";
    this.server.die(this.chance.between(MINUTE_MS, 10 * MINUTE_MS));
    this.server.restore();
    this.forgive(this.wiped);
  }

  /* The faults stop; each phone is opened once by each person of whom it keeps something. */
  async end() {
    this.network.isFaulty = false;
    this.server.poison.clear();
    for (const page of this.pages) page.sleepsUntil = Math.min(page.sleepsUntil ?? 0, this.time.now);
    /* What the network still carries twice comes to a server that is down as long as a backup takes. */
    await this.pass(MINUTE_MS);
    Object.assign(this.server, { isDown: false, downUntil: 0 });
    for (const phone of this.phones) {
      Object.assign(phone.disk, { isFaulty: false, isFull: false });
      phone.isOnline = true;
      for (const person of PERSONS) await this.#openFor(phone, person);
    }
    await checkAll(this);
  }

  async #openFor(phone, person) {
    if (!phone.disk.databases.has(`my-pace-${person}`) && !this.bugs.wrongPerson) return;
    phone.signIn(person);
    phone.open();
    await this.pass(1.5 * MINUTE_MS);
  }

  newTap({ phone, person }, subject) {
    const number = this.taps.length;
    const wall = Math.round((this.time.now + phone.offsetMs + TWO_YEARS_MS) / 1000);
    const tap = { said: `v${number}`, bit: 1n << BigInt(number), subject, person, phone, after: phone.knows(person), wall };
    this.taps.push(tap);
    return tap;
  }

  tapOf(said) {
    return this.taps[Number(said.slice(1))];
  }

  saidKept(tap) {
    this.kept.add(tap);
  }

  /** The screen says "sent" of what was taken: that must be true at that moment already. */
  saidSent(told) {
    for (const [id, { kind }] of told) {
      if (kind !== "taken") continue;
      const said = this.saidOf.get(id);
      if (said) this.sent.add(said);
      if (said && !this.server.everTaken.has(said)) this.fail(`5: ${said} was said to be sent, and was not`);
    }
  }

  forgive(rows) {
    for (const { said } of rows) this.forgiven.add(said);
  }

  fail(why) {
    this.failures.push(why);
  }

  /** The page that opens shows the last word of the person on this phone, unless the server knows a later one. */
  async look(page) {
    const [waiting, sent] = [await page.store.waiting(), await page.store.sent()];
    const shown = shownStates(waiting, sent, page.clock);
    const inDoubt = new Set(sent.filter(({ said }) => this.#isInDoubt(said)).map(({ subject }) => subject));
    for (const subject of SUBJECTS.filter((each) => !inDoubt.has(each))) {
      const says = shown.get(subject)?.said ?? page.words.get(subject)?.said;
      const own = inOrder([...waiting, ...sent.filter(({ said }) => this.#isNews(said, page))]).filter((item) => item.subject === subject);
      const should = own.at(-1)?.said ?? page.words.get(subject)?.said;
      if (says !== should) this.fail(`3: a page says ${says} of ${subject}, and not ${should}`);
    }
  }

  /* What was answered twice, or was lost with the backup, may stand in the page already, or not. */
  #isInDoubt(said) {
    return this.server.repeated.has(said) || this.server.lost.has(said);
  }

  #isNews(said, { madeAt }) {
    const taken = this.server.everTaken.get(said);
    return taken && taken.at > madeAt && taken.outcome !== "overtaken";
  }
}
