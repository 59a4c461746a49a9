/** Runs seeds of the model, with the real outbox in a world without real time. */
import { World } from "./world.js";

const worlds = { now: null };

/** Puts the model in the place of what browsers give: one database for all, and no timers. */
function prepare() {
  const own = (name, value) => Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
  own("indexedDB", { databases: async () => [], open: (name, version) => find(name, version) });
  own("setTimeout", () => 0);
  AbortSignal.timeout = () => undefined;
  crypto.getRandomValues = (bytes) => bytes.map(() => worlds.now.chance.next() * 256);
}

function find(name, version) {
  const [, database, number, page] = name.match(/^(.*)@(\d+)#(\d+)$/);
  return worlds.now.phones[number - 1].disk.open(database, version, worlds.now.pages[page]);
}

/** Runs one seed and returns what went wrong. */
export async function runSeed(seed, bugs = {}) {
  worlds.now = new World(seed, bugs);
  return worlds.now.run();
}

/** Runs seeds from `first` on until `count` have run or `most` have gone wrong. */
export async function runSeeds({ first, count, bug, most = 1 }) {
  if (!worlds.now) prepare();
  const begun = performance.now();
  const wrong = [];
  let seed = first;
  for (; seed < first + count && wrong.length < most; seed++) {
    const failures = await runSeed(seed, bug ? { [bug]: true } : {});
    if (failures.length) wrong.push({ seed, failures: failures.slice(0, 5) });
  }
  return { ran: seed - first, seconds: (performance.now() - begun) / 1000, wrong };
}

/** Counts what comes of some seeds: everything that the model can do must happen in them. */
export async function countFaults(first, count) {
  if (!worlds.now) prepare();
  const counts = { kept: 0, refused: 0, offeredAgain: 0, overtaken: 0, repeated: 0, lost: 0, forgiven: 0, twoPersons: 0 };
  for (let seed = first; seed < first + count; seed++) {
    await runSeed(seed);
    const { kept, server, forgiven, phones, taps } = worlds.now;
    const rows = phones.flatMap(({ disk }) => [...disk.databases.keys()].flatMap((name) => disk.rows(name, "items")));
    counts.kept += kept.size;
    counts.refused += rows.filter(({ state }) => state === "refused").length;
    counts.overtaken += [...server.everTaken.values()].filter(({ outcome }) => outcome === "overtaken").length;
    counts.repeated += server.repeated.size;
    counts.lost += server.lost.size;
    counts.offeredAgain += [...server.lost].filter((said) => [...server.plans.values()].some(({ log }) => log.some((each) => each.said === said))).length;
    counts.forgiven += forgiven.size;
    counts.twoPersons += new Set(taps.map(({ person }) => person)).size > 1;
  }
  return counts;
}
