/** What single tests need of a page: an outbox at a server of its own, and rows of other versions. */
import { Outbox } from "/js/offline/outbox.js";
import { openStore } from "/js/offline/store.js";

import { Chance } from "../model/time.js";
import { FaultyNetwork } from "./faulty.js";

/** Opens the outbox of somebody whose server never fails. */
export async function calm(person) {
  const network = Object.assign(new FaultyNetwork(new Chance(1), person), { isFaulty: false });
  const store = await openStore(person);
  const outbox = new Outbox({ person, store, fetch: network.fetch, hear: () => {} });
  const log = () => network.server.plans.get(person).log.map(({ id, said }) => [id, said]);
  return { network, store, outbox, log };
}

/** The facts of a tap. */
export function facts(number) {
  const [subject, said] = [`task-${number % 4}`, `v${number}`];
  return { address: "/say", fields: [["subject", subject], ["said", said]], subject, said, clock: 0 };
}

/** Writes rows as an app of another version would have, with a store that only it knows. */
export function writeRows(person, version, rows) {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(`my-pace-${person}`, version);
    request.onerror = () => reject(request.error);
    request.onupgradeneeded = () => {
      for (const name of ["items", "sent"]) request.result.createObjectStore(name, { keyPath: "id" });
      request.result.createObjectStore("facts");
      if (version > 1) request.result.createObjectStore("voices");
    };
    request.onsuccess = () => {
      const transaction = request.result.transaction("items", "readwrite");
      for (const row of rows) transaction.objectStore("items").add(row);
      transaction.oncomplete = () => resolve(request.result.close());
    };
  });
}

/** Keeps taps as fast as it can, and says of each aloud when it is kept. */
export async function keepMany(person, count) {
  const store = await openStore(person);
  for (let number = 0; number < count; number++) store.keep(facts(number)).then(({ said }) => console.log(`kept ${said}`));
}

/** Taps and sends, to the server of this origin, as a page with a person at it would. */
export async function tapMany(person, from, count) {
  const store = await openStore(person);
  const outbox = new Outbox({ person, store });
  const kept = [];
  for (let number = from; number < from + count; number++) {
    kept.push((await outbox.keep(facts(number))).said);
    outbox.flush();
  }
  await outbox.flush();
  return kept;
}
