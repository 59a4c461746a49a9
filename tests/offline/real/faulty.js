/** IndexedDB and a network that fail by chance, around the real store and outbox of this browser. */
import { Server } from "../model/server.js";

const FAULTS = {
  none: 30, lost: 5, answerLost: 5, twice: 4, before500: 3, after500: 4, busy: 2, portal: 2, gateway: 2,
  redirect: 2, tooSlow: 2, signedOut: 2, otherPerson: 2, oldToken: 2, nobody: 2, halfNamed: 3, brokenText: 2,
};

/** What comes in the place of the server's answer; the server may have taken the item all the same. */
const ANSWERS = {
  after500: [500, ""],
  portal: [200, "<!doctype html>"],
  nobody: [200, "null"],
  brokenText: [200, '{"change": "'],
};

const INSTEAD = {
  before500: [500, "{}"],
  busy: [429, "{}"],
  gateway: [502, "<!doctype html>"],
  signedOut: [401, '{"state": "signed-out"}'],
  otherPerson: [403, '{"state": "other-person"}'],
  oldToken: [400, '{"state": "old-token"}'],
};

/** A server, and a fetch between the outbox and it. */
export class FaultyNetwork {
  constructor(chance, person) {
    const time = { now: 0, later: (delay, act) => setTimeout(act, delay / 100) };
    this.server = new Server(time, [person], {});
    this.server.signIn("1.1", person);
    Object.assign(this, { chance, isFaulty: true });
  }

  fetch = async (address, wanted) => {
    const fault = this.isFaulty ? this.chance.weighed(FAULTS) : "none";
    const receive = () => this.server.receive("1.1", address, wanted);
    if (fault === "lost") throw new TypeError("no network");
    if (fault === "tooSlow") throw new DOMException("too slow", "TimeoutError");
    if (fault in INSTEAD) return new Response(INSTEAD[fault][1], { status: INSTEAD[fault][0] });
    const { status, body } = receive();
    if (fault === "twice") receive();
    if (fault === "answerLost") throw new TypeError("no network");
    if (fault === "redirect") return Response.error();
    if (fault in ANSWERS) return new Response(ANSWERS[fault][1], { status: ANSWERS[fault][0] });
    const named = fault === "halfNamed" && body?.change ? this.chance.of(halves(body)) : body;
    return Response.json(named, { status });
  };
}

/* Answers that nearly name the item; none of them may settle it. */
function halves(body) {
  return [
    { ...body, change: `${body.change}x` },
    { ...body, change: null },
    { ...body, state: "TAKEN" },
    { ...body, clock: "12" },
    { ...body, clock: -1 },
    { state: body.state },
    [body],
  ];
}

/** Lets IndexedDB fail by chance, once in `times`, in each way in which it can. */
export function breakDatabase(chance, times, isFaulty) {
  const strikes = () => isFaulty() && chance.once(times);
  around(IDBObjectStore.prototype, ["put", "add", "delete", "get", "getAll"], (act, args, store) => {
    if (strikes()) store.transaction.abort();
    if (strikes()) throw new DOMException("no room", "QuotaExceededError");
    return act(...args);
  });
  around(IDBDatabase.prototype, ["transaction"], (act, args, database) => {
    if (strikes()) database.close();
    const transaction = act(...args);
    if (strikes()) setTimeout(() => giveUp(transaction));
    return transaction;
  });
  around(IDBFactory.prototype, ["open"], (act, args) => {
    if (strikes()) throw new DOMException("broken", "UnknownError");
    return act(...args);
  });
}

function around(prototype, names, instead) {
  for (const name of names) {
    const real = prototype[name];
    prototype[name] = function (...args) {
      return instead((...given) => real.apply(this, given), args, this);
    };
  }
}

function giveUp(transaction) {
  try {
    transaction.abort();
  } catch {
    /* It is over already. */
  }
}
