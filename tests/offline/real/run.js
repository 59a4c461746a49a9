/** Taps on a real browser's database among faults of all kinds, and what must be true afterwards. */
import { CannotKeep } from "/js/offline/database.js";
import { Outbox } from "/js/offline/outbox.js";
import { openStore } from "/js/offline/store.js";

import { Chance } from "../model/time.js";
import { FaultyNetwork, breakDatabase } from "./faulty.js";

const MOST_ROUNDS = 30;
const world = { chance: new Chance(0), isFaulty: false };

/** Runs one seed; returns what went wrong, and what happened. */
export async function runReal(seed, taps) {
  if (!world.isBroken) breakDatabase(world.chance, 40, () => world.isFaulty);
  Object.assign(world, { isBroken: true, isFaulty: true });
  world.chance.state = seed;
  const person = `p${seed}`;
  const network = new FaultyNetwork(world.chance, person);
  const run = { wrong: [], kept: [], refusedByPhone: [], said: [], network, person };
  for (let number = 0; number < taps; number++) await tap(run, number);
  world.isFaulty = network.isFaulty = false;
  await sendAll(run);
  await check(run);
  return { wrong: run.wrong, kept: run.kept.length, cannot: run.refusedByPhone.length, items: network.server.plans.get(person).log.length };
}

/* Each tap comes on a page of its own or on the one before, and may be sent at once. */
async function tap(run, number) {
  const { chance } = world;
  const said = `v${number}`;
  try {
    if (!run.outbox || chance.once(5)) run.outbox = await newOutbox(run);
    const fields = [["subject", `task-${number % 4}`], ["said", said], ["big", chance.once(20) ? "yes" : "no"]];
    await run.outbox.keep({ address: "/say", fields, subject: `task-${number % 4}`, said, clock: 0 });
    run.kept.push(said);
  } catch (error) {
    if (!(error instanceof CannotKeep)) run.wrong.push(`an error of ours: ${error.stack}`);
    run.refusedByPhone.push(said);
  }
  if (run.outbox && chance.once(2)) await send(run);
}

async function newOutbox({ person, network }) {
  return new Outbox({ person, store: await openStore(person), fetch: network.fetch, hear: () => {} });
}

async function send(run) {
  try {
    for (const [id, { kind }] of await run.outbox.flush()) if (kind === "taken") run.said.push(id);
  } catch (error) {
    if (!(error instanceof CannotKeep)) run.wrong.push(`an error of ours: ${error.stack}`);
  }
}

async function sendAll(run) {
  run.outbox = await newOutbox(run);
  for (let round = 0; round < MOST_ROUNDS && (await run.outbox.store.waiting()).length; round++) await send(run);
}

async function check({ wrong, kept, refusedByPhone, said, network, person, outbox }) {
  const { log } = network.server.plans.get(person);
  const count = (wanted) => log.filter((entry) => entry.said === wanted).length;
  const refused = (await outbox.store.refused()).map((item) => item.said);
  for (const each of kept)
    if (count(each) + refused.filter((other) => other === each).length !== 1) wrong.push(`${each} was kept, and is there ${count(each)} times`);
  for (const each of refusedByPhone)
    if (count(each) || refused.includes(each)) wrong.push(`${each} was not kept, and is there`);
  for (const id of said) if (!log.some((entry) => entry.id === id)) wrong.push(`${id} was said to be sent`);
  const { waiting } = await outbox.state();
  if (waiting) wrong.push(`${waiting} still wait`);
  if ((await outbox.store.sent()).length !== log.length) wrong.push("the phone and the server do not count the same");
}
