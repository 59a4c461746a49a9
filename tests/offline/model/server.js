/**
 * The server of the model, with the rules of the real one: an id is applied once for ever, what was
 * said later is never undone by what was said earlier, and a backup may be put back.
 */

/** Whether what was said last of a thing stands after this: by the clock, then by the device. */
export function isLater(last, { clock, device }) {
  return Boolean(last) && (last.clock > clock || (last.clock === clock && last.device > device));
}

/** The clock of a plan after a change with this clock; null for a change that brings none. */
export function tick(planClock, clock) {
  return Math.max(planClock + 1, clock ?? 0);
}

export class Server {
  constructor(time, persons, bugs) {
    Object.assign(this, { time, bugs, isDown: false, downUntil: 0, life: 0, poison: new Set(), repeated: new Set(), lost: new Set() });
    this.plans = new Map(persons.map((person) => [person, emptyPlan()]));
    this.sessions = new Map();
    this.token = 0;
    this.everTaken = new Map();
    this.backup();
  }

  backup() {
    this.copy = { plans: copyOf(this.plans), sessions: new Map(this.sessions) };
  }

  restore() {
    this.plans = copyOf(this.copy.plans);
    this.sessions = new Map(this.copy.sessions);
    const known = new Set([...this.plans.values()].flatMap(({ log }) => log.map(({ said }) => said)));
    for (const said of this.everTaken.keys()) if (!known.has(said)) this.lost.add(said);
  }

  /** Dies, with all that it has not written, and comes back after a while: the longest, if it dies again. */
  die(forMs) {
    this.isDown = true;
    this.life += 1;
    this.downUntil = Math.max(this.downUntil, this.time.now + forMs);
    this.time.later(forMs, () => (this.isDown = this.time.now < this.downUntil));
  }

  signIn(cookie, person) {
    this.sessions.set(cookie, person);
  }

  /** The page of a plan: the words of each thing, and the clock at which it was made. */
  page(cookie) {
    const plan = this.plans.get(this.sessions.get(cookie));
    return plan && { clock: plan.clock, words: new Map(plan.words), log: plan.log.map(({ said }) => said), madeAt: this.time.now };
  }

  receive(cookie, address, { method, headers, body }) {
    const person = this.sessions.get(cookie);
    if (!person) return { status: 401, body: { state: "signed-out" } };
    const plan = this.plans.get(person);
    if (method === "GET") return { status: 200, body: this.#greeting(person, plan, headers["Outbox-Latest"]) };
    if (!this.bugs.wrongPerson && headers["Outbox-Person"] !== person) return { status: 403, body: { state: "other-person" } };
    if (body.get("csrf_token") !== `token ${this.token}`) return { status: 400, body: { state: "old-token" } };
    const item = readItem(cookie, headers, body);
    const isNew = !plan.receipts.has(item.id);
    if (isNew && !this.#knows(plan, headers["Outbox-Latest"])) return { status: 409, body: { state: "set-back" } };
    return this.#receiveItem(person, plan, item);
  }

  #greeting(person, plan, latest) {
    return { person, csrf: `token ${this.token}`, clock: plan.clock, knows_latest: this.#knows(plan, latest) };
  }

  #knows(plan, latest) {
    return !latest || plan.receipts.has(latest) || Boolean(this.bugs.backupForgotten);
  }

  #receiveItem(person, plan, item) {
    if (this.poison.has(item.id)) return { status: 500, body: null };
    const receipt = plan.receipts.get(item.id);
    if (receipt) this.repeated.add(item.said);
    if (receipt && !this.bugs.takenTwice) return { status: 200, body: receipt };
    if (plan.gone.has(item.subject)) return refusal(404, item, plan);
    if (item.isBig) return refusal(413, item, plan);
    if (!this.bugs.answersEarly) return { status: 200, body: this.#take(person, plan, item) };
    const { life } = this;
    this.time.later(1500, () => life === this.life && this.#take(person, plan, item));
    return { status: 200, body: named(item, "taken", { outcome: "applied", clock: plan.clock + 1 }) };
  }

  #take(person, plan, sent) {
    /* What brings no clock is said now. */
    const item = { ...sent, clock: sent.clock ?? tick(plan.clock, null) };
    const isOvertaken = isLater(plan.words.get(item.subject), item);
    plan.clock = tick(plan.clock, item.clock);
    plan.log.push({ ...item, actor: person });
    for (const subject of item.list ?? [item.subject])
      if (!isLater(plan.words.get(subject), item)) plan.words.set(subject, { ...item, at: this.time.now, ...(item.list && { said: item.states[subject] }) });
    const outcome = isOvertaken ? "overtaken" : "applied";
    plan.receipts.set(item.id, named(item, "taken", { outcome, clock: item.clock }));
    if (!this.everTaken.has(item.said)) this.everTaken.set(item.said, { at: this.time.now, outcome });
    return named(item, "taken", { outcome, clock: plan.clock, next: "/today", said: "This is done." });
  }

  /** Somebody else changes the plan; a thing may be gone for good. */
  otherwise(person, gone) {
    const plan = this.plans.get(person);
    plan.clock = tick(plan.clock, null);
    if (gone) plan.gone.add(gone);
  }
}

function readItem(device, headers, body) {
  const states = body.get("states") && JSON.parse(body.get("states"));
  return {
    id: headers["Outbox-Change"],
    clock: "Outbox-Clock" in headers ? Number(headers["Outbox-Clock"]) : null,
    device: Number(device.split(".")[0]),
    subject: body.get("subject"),
    said: body.get("said"),
    isBig: body.get("big") === "yes",
    ...(states && { states, list: Object.keys(states) }),
  };
}

function named({ id }, state, more) {
  return { change: id, state, ...more };
}

function refusal(status, item, { clock }) {
  return { status, body: named(item, "refused", { words: "This is not there any more.", clock }) };
}

function emptyPlan() {
  return { clock: 0, log: [], receipts: new Map(), words: new Map(), gone: new Set() };
}

function copyOf(plans) {
  return new Map([...plans].map(([person, { clock, log, receipts, words, gone }]) =>
    [person, { clock, log: [...log], receipts: new Map(receipts), words: new Map(words), gone: new Set(gone) }]));
}
