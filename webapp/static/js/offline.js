/**
 * What a page of somebody's plan does where there is no network: it keeps what is pressed, shows
 * what is kept, and sends it. Sent to phones as one file with all its parts.
 */
import { isLate, shownStates } from "./offline/rules.js";
import { openStore } from "./offline/store.js";
import { Outbox } from "./offline/outbox.js";
import { askWorker, keepPages } from "./offline/registering.js";
import { sayUnsent } from "./offline/unsent.js";
import { markOf } from "./offline/marks.js";
import { ShownStates } from "./offline/shown.js";
import { Taps, sayCannotKeep } from "./offline/taps.js";
import { wear } from "./offline/looks.js";
import { askToLast } from "./offline/lasting.js";
import { carry } from "./offline/carried.js";
import { remember, remembered } from "./offline/told.js";
import { inTurns } from "./offline/turns.js";

const EVERY_MS = 60_000;
const page = document.documentElement.dataset;
const states = new ShownStates();
const taps = new Taps({ outbox, states });
const show = inTurns(() => outbox().then(showNow).catch(() => {}));
let opened = null;

export { askWorker, inTurns, isLate, remember, remembered };

/** The outbox of whoever is signed in; null where this phone cannot keep anything. */
export function outbox() {
  opened ??= openStore(page.person).then((store) => new PageOutbox({ person: page.person, store }), tryLater);
  return opened;
}

/* It may only have been slow to open: the next tap tries again. */
function tryLater() {
  opened = null;
  return null;
}

/** Takes what was pressed. Returns false where the form must go as ever. */
export function take(form, button) {
  return taps.take(form, button);
}

/** Shows what waits, and sends it: now, and whenever there may be a network again. */
export async function start() {
  keepPages();
  sayUnsent();
  if ("kept" in page) carry();
  const box = await outbox();
  sayCannotKeep(!box);
  if (!box) return;
  new BroadcastChannel("outbox").onmessage = changed;
  await Promise.all([box.store.see(Number(page.clock)).catch(() => {}), show()]);
  addEventListener("online", () => send(box));
  addEventListener("pageshow", ({ persisted }) => persisted && send(box));
  document.addEventListener("visibilitychange", () => send(box));
  document.addEventListener("arranged", show);
  setInterval(() => send(box), EVERY_MS);
  await send(box);
}

/** An outbox that tells this page when a round is over, and why it ended early. */
class PageOutbox extends Outbox {
  #told = new Map();

  /** Sends, and returns what was said of every item since this page came. */
  async flush(wanted) {
    const said = await super.flush(wanted);
    const told = this.#told;
    for (const [id, each] of said) told.set(id, each);
    await show();
    tell({ why: this.why });
    const isOfUse = "messages" in page || [...told.values()].some(({ kind }) => kind === "taken");
    if (isOfUse) askToLast().catch(() => {});
    return told;
  }
}

/* Whoever has nothing to send, and has never sent anything, asks for nothing. */
async function send(box) {
  if (document.hidden) return;
  const [waiting, latest] = await Promise.all([box.store.waiting(), box.store.latest()]).catch(() => [[], []]);
  if (waiting.length || latest.length) await box.flush().catch(() => {});
}

async function changed() {
  await show();
  tell({});
}

function tell(detail) {
  document.dispatchEvent(new CustomEvent("outbox", { detail }));
}

async function showNow({ store }) {
  const pressed = states.pressed.size;
  const [waiting, refused, sent] = await Promise.all([store.waiting(), store.refused(), store.sent()]);
  /* Something was pressed meanwhile: this will be shown anew in a moment. */
  if (pressed !== states.pressed.size) return;
  const here = sent.filter(({ id }) => states.pressed.has(id)).map((item) => [item.subject, item]);
  const found = new Map([...here, ...shownStates([...waiting, ...refused], sent, Number(page.clock))]);
  await arrange(found);
  states.show(found);
  wear(found);
}

/* On a page that was kept, the day itself takes its order from what was said before; what is
   pressed now moves nothing. */
async function arrange(found) {
  const plan = document.querySelector("day-plan");
  if (!plan || states.pressed.size) return;
  await customElements.whenDefined("day-plan");
  const said = [...found].filter(([subject, { state }]) => subject.startsWith("task-") && state !== "refused");
  plan.arrange(new Map(said.map(([subject, item]) => [subject, { ...markOf(item), title: item.title }])));
}
