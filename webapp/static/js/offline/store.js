/**
 * Where a person's changes are kept on this phone: one IndexedDB database for each person, one row
 * for each change. What was kept is only ever taken out by an answer of the server.
 */
import { STORES, answered, cannotKeep, completed, giveUp, inTime, noteOwner, openDatabase, outboxOwners, write } from "./database.js";
import { inOrder, latestClock, latestOf, mayReoffer, newId, nextClock, stateOf, tooMuch } from "./rules.js";

/** Opens what is kept of a person. Fails with CannotKeep. */
export async function openStore(person) {
  const store = new OutboxStore(String(person));
  await store.isEmpty();
  await noteOwner(store.person).catch(() => {});
  return store;
}

class OutboxStore {
  #opening = null;

  constructor(person) {
    this.person = person;
  }

  /**
   * Keeps a change, and returns its row when the phone has written it down for good.
   * `facts`: address, fields, subject, said, icon, title, next; `clock`, which the page was made
   * at; and `state: "draft"` for what goes only when somebody says so. `id` where it has one already.
   */
  keep({ clock, id = newId(), ...facts }) {
    return this.#change(async ({ items, facts: known }) => {
      const next = nextClock(await answered(known.get("clock")), clock);
      const made = { id, person: this.person, clock: next, kept_at: new Date().toISOString() };
      const item = { state: "waiting", ...facts, ...made, schema: 1 };
      known.put(next, "clock");
      items.add(item);
      return item;
    });
  }

  /** Moves an item to where the answer says: to what was sent, or to what could not be done. */
  settle(id, said, at = new Date().toISOString()) {
    return this.#change(async ({ items, sent, facts }) => {
      const [item, clock, latest] = await Promise.all(
        [items.get(id), facts.get("clock"), facts.get("latest")].map(answered));
      if (!item || said.kind === "wait") return;
      facts.put(latestClock(clock, said.clock), "clock");
      if (said.kind === "refused") return void items.put({ ...item, state: "refused", words: said.words });
      items.delete(id);
      sent.put({ ...item, state: "sent", sent_clock: said.clock, sent_at: at, outcome: said.outcome });
      facts.put(latestOf(latest ?? [], item, said.isAgain), "latest");
    }, "relaxed");
  }

  /** Notes that the server stumbled over an item: after some times the others do not wait for it. */
  postpone(id) {
    return this.#alter(id, ["waiting"], (item) => ({ ...item, tries: (item.tries ?? 0) + 1 }));
  }

  /** Lets a draft go. It counts as chosen now. */
  release(id) {
    return this.#alter(id, ["draft"], (item, clock) => ({ ...item, state: "waiting", clock }));
  }

  /** Tries once more what could not be done, under the same id. */
  again(id) {
    return this.#alter(id, ["refused"], ({ words, ...item }, clock) => ({ ...item, state: "waiting", tries: 0, clock }));
  }

  /** Takes a draft, or what could not be done, off the list, because the person wishes it. */
  forget(id) {
    return this.#alter(id, ["draft", "refused"], () => null);
  }

  /** Puts back to waiting what was sent lately, for a server that lost it. */
  offerAgain(now = new Date().toISOString()) {
    return this.#change(async ({ items, sent, facts }) => {
      for (const { sent_clock, sent_at, outcome, ...item } of await answered(sent.getAll())) {
        sent.delete(item.id);
        if (mayReoffer({ sent_at }, now)) items.put({ ...item, state: "waiting", tries: 0 });
      }
      facts.delete("latest");
    });
  }

  /** Lets go what was sent long ago. */
  prune(now = new Date().toISOString()) {
    return this.#change(async ({ sent }) => {
      for (const { id } of tooMuch(await answered(sent.getAll()), now)) sent.delete(id);
    }, "relaxed");
  }

  /** Notes a number of the plan's clock that was seen. */
  see(clock) {
    return this.#change(async ({ facts }) => {
      facts.put(latestClock(await answered(facts.get("clock")), clock), "clock");
    }, "relaxed");
  }

  /** Empties all, unless something waits, stands unread or is a draft. Returns whether it did. */
  destroy() {
    return this.#change(async ({ items, sent, facts }) => {
      if (await answered(items.count())) return false;
      sent.clear();
      facts.clear();
      return true;
    });
  }

  async all() {
    return inOrder(await this.#read("items", (items) => items.getAll()));
  }

  /** What waits, also as another release of this app has named it. */
  async waiting() {
    const waiting = (await this.all()).filter((item) => stateOf(item) === "waiting");
    return waiting.map((item) => ({ ...item, state: "waiting" }));
  }

  async refused() {
    return (await this.all()).filter((item) => stateOf(item) === "refused");
  }

  async drafts() {
    return (await this.all()).filter((item) => stateOf(item) === "draft");
  }

  async sent() {
    return inOrder(await this.#read("sent", (sent) => sent.getAll()));
  }

  /** The ids that a server must know to have lost nothing. */
  async latest() {
    return (await this.#read("facts", (facts) => facts.get("latest"))) ?? [];
  }

  async isEmpty() {
    return (await this.#read("items", (items) => items.count())) === 0;
  }

  /** The other persons of this phone of whom something is kept here: it waits, is a draft or stands refused. */
  async otherOutboxes() {
    const others = (await outboxOwners()).filter((person) => person !== this.person);
    const counts = await Promise.all(others.map(async (person) => (await new OutboxStore(person).all()).length));
    return others.filter((_person, index) => counts[index]);
  }

  /* Changes one row that is in one of these states; null takes it away. Returns whether it did. */
  #alter(id, states, make) {
    return this.#change(async ({ items, facts }) => {
      const [item, clock] = await Promise.all([items.get(id), facts.get("clock")].map(answered));
      if (!item || !states.includes(stateOf(item))) return false;
      const next = nextClock(clock, item.clock);
      const made = make(item, next);
      if (made?.clock === next) facts.put(next, "clock");
      made ? items.put(made) : items.delete(id);
      return true;
    });
  }

  /**
   * One transaction over all. What the person does counts only when it is on the disk; what the
   * server said may be lost with the battery, since it is asked again.
   */
  async #change(act, durability = "strict") {
    const transaction = await this.#begin(STORES, "readwrite", { durability });
    const acts = this.#act(transaction, act).catch((error) => giveUp(transaction, error));
    const [made] = await inTime(transaction, Promise.all([acts, completed(transaction)])).catch(cannotKeep);
    return made;
  }

  async #act(transaction, act) {
    const made = await act(Object.fromEntries(STORES.map((name) => [name, transaction.objectStore(name)])));
    write(transaction);
    return made;
  }

  async #read(name, ask) {
    const transaction = await this.#begin([name], "readonly");
    return inTime(transaction, this.#ask(transaction.objectStore(name), ask)).catch(cannotKeep);
  }

  async #ask(rows, ask) {
    return answered(ask(rows));
  }

  /* A connection may have been closed under us: then it is opened once more. */
  async #begin(...wanted) {
    try {
      return await this.#beginOnce(...wanted);
    } catch {
      this.#opening = null;
      return this.#beginOnce(...wanted).catch(cannotKeep);
    }
  }

  async #beginOnce(...wanted) {
    this.#opening ??= openDatabase(this.person, () => (this.#opening = null));
    return (await this.#opening).transaction(...wanted);
  }
}
