/** The network of the model: it loses, delays, doubles and mixes up whatever passes through it. */
const LIMIT_MS = 15000;
const PAGE = "<!doctype html><title>Welcome to our café</title>";

/** How often each fault comes. */
const FAULTS = {
  none: 60, lost: 6, answerLost: 6, twice: 5, slow: 5, before500: 3, after500: 4, busy: 2, portal: 2, gateway: 2, redirect: 1,
};

const ANSWERS = {
  after500: { status: 500, text: "" },
  portal: { status: 200, text: PAGE },
  redirect: { status: 0, text: "" },
};

const INSTEAD = {
  before500: { status: 500, text: "" },
  busy: { status: 429, text: "" },
  gateway: { status: 502, text: PAGE },
};

export class Network {
  constructor(time, chance, server) {
    Object.assign(this, { time, chance, server, isFaulty: true });
  }

  /** Asks the server for a page of a phone. What it hears may be an answer, or that there was none. */
  ask(page, address, wanted) {
    const fault = this.isFaulty ? this.chance.weighed(FAULTS) : "none";
    return new Promise((hear, fail) => {
      const none = (after) => this.time.later(after, () => fail(new TypeError("no network")), page);
      if (!page.phone.isOnline) return none(5);
      if (fault === "lost") return none(LIMIT_MS);
      const { cookie } = page.phone;
      const begun = this.time.now;
      const arrive = () => this.#arrive(page.phone, cookie, address, wanted, fault);
      this.time.later(this.#trip(fault), () => {
        if (fault === "twice") this.time.later(this.chance.between(1, 60000), arrive);
        const answer = arrive();
        const back = this.#trip(fault);
        const isLate = this.time.now + back - begun > LIMIT_MS;
        if (!answer || isLate || fault === "answerLost") return none(Math.max(1, LIMIT_MS - (this.time.now - begun)));
        this.time.later(back, () => (page.phone.isOnline ? hear(answer) : fail(new TypeError("no network"))), page);
      });
    });
  }

  #trip(fault) {
    return fault === "slow" ? this.chance.between(500, 20000) : this.chance.between(20, 200);
  }

  #arrive(phone, cookie, address, wanted, fault) {
    if (!phone.isOnline) return null;
    if (this.server.isDown) return this.chance.once(2) ? answer(INSTEAD.gateway, this.time) : null;
    if (fault in INSTEAD) return answer(INSTEAD[fault], this.time);
    const { status, body } = this.server.receive(cookie, address, wanted);
    return answer(ANSWERS[fault] ?? { status, text: JSON.stringify(body) }, this.time);
  }
}

function answer({ status, text }, { now }) {
  return { status, text: async () => text, headers: { get: () => new Date(now).toISOString() } };
}
