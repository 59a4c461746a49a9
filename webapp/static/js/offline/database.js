/** IndexedDB in promises: opens the databases of this phone, and says why it cannot. */
export const STORES = ["items", "sent", "facts"];
const VERSION = 1;
const PERSONS = "my-pace";
const OPENING_MS = 5000;
const ENDING_MS = 8000;
const NO_ROOM = ["QuotaExceededError"];
const NOT_ALLOWED = ["SecurityError", "InvalidStateError", "NotAllowedError"];

/** Says that this phone cannot keep work: "full", "private" (not allowed to), or "broken". */
export class CannotKeep extends Error {
  constructor(cause) {
    super(`cannot keep: ${cause}`, { cause });
    this.name = "CannotKeep";
    this.why = NO_ROOM.includes(cause?.name) ? "full" : NOT_ALLOWED.includes(cause?.name) ? "private" : "broken";
  }
}

/** Opens the database of a person; `whenClosed` is called when it was closed under us. */
export function openDatabase(person, whenClosed) {
  return opened(`${PERSONS}-${person}`, whenClosed);
}

/* Without a version, it opens what a newer app has made of it: rows that we do not know stay whole. */
function opened(name, whenClosed = () => {}, version = VERSION) {
  return new Promise((resolve, reject) => {
    if (!globalThis.indexedDB) throw new DOMException("there is none", "NotAllowedError");
    const request = version ? indexedDB.open(name, version) : indexedDB.open(name);
    setTimeout(() => reject(new DOMException("the database does not open", "TimeoutError")), OPENING_MS);
    request.onupgradeneeded = () => makeStores(request.result);
    request.onsuccess = () => resolve(letGo(request.result, whenClosed));
    request.onerror = () => {
      const isNewer = request.error.name === "VersionError";
      isNewer ? resolve(opened(name, whenClosed, 0)) : reject(request.error);
    };
  });
}

function makeStores(database) {
  const missing = STORES.filter((name) => !database.objectStoreNames.contains(name));
  for (const name of missing) database.createObjectStore(name, name === "facts" ? {} : { keyPath: "id" });
}

/* Whoever wants to change the database, or take it away, must not wait for us. */
function letGo(database, whenClosed) {
  database.onclose = whenClosed;
  database.onversionchange = () => {
    database.close();
    whenClosed();
  };
  return database;
}

/** Notes whose database this is, for browsers that cannot list their databases. */
export async function noteOwner(person) {
  if (indexedDB.databases) return;
  const database = await opened(PERSONS);
  const transaction = database.transaction("facts", "readwrite");
  transaction.objectStore("facts").put(true, person);
  await completed(transaction);
  database.close();
}

/** The persons who have a database on this phone. */
export async function outboxOwners() {
  if (!indexedDB.databases) return notedOwners();
  const names = (await indexedDB.databases()).map(({ name }) => name);
  return names.filter((name) => name.startsWith(`${PERSONS}-`)).map((name) => name.slice(PERSONS.length + 1));
}

async function notedOwners() {
  const database = await opened(PERSONS);
  const owners = await answered(database.transaction("facts").objectStore("facts").getAllKeys());
  database.close();
  return owners;
}

/** What a request gives. */
export function answered(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

/** Ends when a transaction stands on the disk; fails when it does not. */
export function completed(transaction) {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error ?? new DOMException("given up", "AbortError"));
  });
}

/** Lets the phone write at once what was asked of it, while the page does something else. */
export function write(transaction) {
  try {
    transaction.commit?.();
  } catch {
    /* It is written a moment later, or failed already. */
  }
}

/** Takes a transaction back, and fails. */
export function giveUp(transaction, error) {
  takeBack(transaction);
  throw error;
}

/**
 * Gives what comes of a transaction. Where another page holds it up for too long, it is taken back:
 * a tap must not wait without a word. What is being written already is waited for.
 */
export function inTime(transaction, made) {
  const late = setTimeout(takeBack, ENDING_MS, transaction);
  return made.finally(() => clearTimeout(late));
}

function takeBack(transaction) {
  try {
    transaction.abort();
  } catch {
    /* It is over already. */
  }
}

/** Fails with CannotKeep, whatever went wrong. */
export function cannotKeep(error) {
  throw error instanceof CannotKeep ? error : new CannotKeep(error);
}
