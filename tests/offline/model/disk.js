/**
 * The IndexedDB of each phone of the model, with its faults: a transaction is all or nothing, it
 * counts when it is written, and whoever is dead by then never hears of it. The name of a database
 * carries at its end the page that opens it ("my-pace-ada@2#7": page 7 on phone 2).
 */
export class Disk {
  constructor(time, chance) {
    Object.assign(this, { time, chance, databases: new Map(), isFaulty: true, isFull: false });
  }

  open(name, version, page) {
    const request = {};
    this.time.later(1, () => this.#opened(request, name, version, page), page);
    return request;
  }

  #opened(request, name, version, page) {
    if (this.isFaulty && this.chance.once(200)) return fail(request, "UnknownError");
    const found = this.databases.get(name);
    const database = found ?? { version: version ?? 1, stores: new Map(), queue: [], open: new Set() };
    if (version && version < database.version) return fail(request, "VersionError");
    this.databases.set(name, database);
    request.result = new Connection(this, database, page);
    database.open.add(request.result);
    if (!found) request.onupgradeneeded?.();
    request.onsuccess?.();
  }

  /** What stands in a store, for those who look from outside. */
  rows(name, store) {
    return [...(this.databases.get(name)?.stores.get(store)?.values() ?? [])];
  }

  /** A newer app changes the database: the open pages of the older one let it go. */
  upgrade(name) {
    const database = this.databases.get(name);
    if (!database) return;
    database.version += 1;
    for (const connection of [...database.open]) if (!connection.page.isDead) connection.onversionchange?.();
  }
}

class Connection {
  constructor(disk, database, page) {
    Object.assign(this, { disk, database, page, isClosed: false });
    this.objectStoreNames = { contains: (name) => database.stores.has(name) };
  }

  createObjectStore(name, { keyPath } = {}) {
    this.database.stores.set(name, Object.assign(new Map(), { keyPath }));
  }

  close() {
    this.isClosed = true;
    this.database.open.delete(this);
  }

  transaction(_names, mode) {
    if (this.isClosed) throw new DOMException("closed", "InvalidStateError");
    const begun = new Transaction(this, mode);
    this.database.queue.push(begun);
    if (this.database.queue.length === 1) begun.begin();
    return begun;
  }
}

/** Transactions of one database come one after the other. */
class Transaction {
  constructor({ disk, database, page }, mode) {
    Object.assign(this, { disk, database, page, mode, requests: [], wasAsked: false, isOver: false, error: null });
  }

  begin() {
    const copies = [...this.database.stores].map(([name, store]) => [name, Object.assign(new Map(store), { keyPath: store.keyPath })]);
    this.copies = this.mode === "readonly" ? this.database.stores : new Map(copies);
    this.#after(0.2, () => this.#step());
  }

  objectStore(name) {
    const ask = (act) => this.#ask(() => act(this.copies.get(name)));
    return {
      get: (key) => ask((rows) => rows.get(key)),
      getAll: () => ask((rows) => [...rows.values()]),
      count: () => ask((rows) => rows.size),
      put: (row, key) => ask((rows) => void rows.set(key ?? row[rows.keyPath], row)),
      add: (row) => ask((rows) => void rows.set(row[rows.keyPath], row)),
      delete: (key) => ask((rows) => void rows.delete(key)),
      clear: () => ask((rows) => rows.clear()),
    };
  }

  abort() {
    this.isOver = true;
  }

  #ask(act) {
    if (this.isOver) throw new DOMException("over", "TransactionInactiveError");
    const request = { act };
    this.wasAsked = true;
    this.requests.push(request);
    return request;
  }

  /* What happens to a dead page's transaction: it lets the next one come. */
  #after(delay, act) {
    this.disk.time.later(delay, () => (this.page.isDead ? this.#end() : act()));
  }

  #step() {
    if (this.isOver) return this.#givenUp("AbortError");
    const request = this.requests.shift();
    if (!request && this.wasAsked) return this.#commit();
    if (!request) return this.#after(0.2, () => this.#step());
    request.result = request.act();
    request.onsuccess?.();
    this.#after(0.2, () => this.#step());
  }

  /* The page may die between the writing and the moment when it hears of it, or just before. */
  #commit() {
    this.isOver = true;
    const { disk } = this;
    if (this.mode === "readonly") return this.#end("oncomplete");
    if (disk.isFull) return this.#givenUp("QuotaExceededError");
    if (disk.isFaulty && disk.chance.once(100)) return this.#givenUp("UnknownError");
    disk.time.later(disk.chance.between(1, 20), () => {
      if (this.page.isDead && disk.chance.once(2)) return this.#end();
      this.database.stores = this.copies;
      disk.time.later(1, () => this.#end("oncomplete"));
    });
  }

  #givenUp(name) {
    this.error = new DOMException("fault", name);
    this.#end("onabort");
  }

  #end(heard) {
    const { queue } = this.database;
    queue.shift();
    if (heard && !this.page.isDead) this[heard]?.();
    if (queue.length && !queue[0].copies) queue[0].begin();
  }
}

function fail(request, name) {
  request.error = new DOMException("fault", name);
  request.onerror?.();
}
