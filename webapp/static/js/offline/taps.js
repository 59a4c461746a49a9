/**
 * What happens when somebody presses what may wait: the page shows it while this phone writes it
 * down, says that it is kept when it is, and then it is sent. Whoever has not touched the page since
 * goes on as without this script.
 */
import { newId } from "./rules.js";
import { rest } from "./shown.js";
import { remember, remembered, tellHere } from "./told.js";

const PATIENCE_MS = 3000;
const TOUCHES = ["pointerdown", "keydown", "wheel", "touchmove"];
const TOLD = "cannot-keep";

/** Takes the forms of a page. `outbox`: a promise of the outbox, or of null; `states`: what is shown. */
export class Taps {
  constructor({ outbox, states, leave = (address) => location.assign(address) }) {
    this.outbox = outbox;
    this.states = states;
    this.leave = leave;
  }

  /** Takes what was pressed. Returns false where the form must go as ever, made ready for it. */
  async take(form, button) {
    const facts = "waits" in form.dataset ? factsOf(form, button) : null;
    const isOwn = document.documentElement.dataset.role === "participant";
    const isTaken = facts && (isOwn ? await this.#keep(form, button, facts) : await this.#draft(form, facts));
    if (!isTaken) await makeReady(form);
    return Boolean(isTaken);
  }

  async #keep(form, button, facts) {
    const outbox = await this.outbox();
    if (!outbox) return false;
    const id = newId();
    const keeping = outbox.keep({ ...facts, id });
    const takeBack = attempt(() => this.states.begin(form, { ...facts, id }));
    const item = await keeping.catch(() => tellOnNextPage());
    if (!item) {
      takeBack?.();
      return false;
    }
    attempt(() => this.states.press(form, item));
    if (isHere(item)) goTo(item.next);
    this.#send(outbox, item).then((said) => this.#goOn(said, item, form, button));
    return true;
  }

  /* Somebody else's changes go at once, or wait as drafts until they say so. */
  async #draft(form, facts) {
    if (await token()) return false;
    const outbox = await this.outbox();
    const item = await outbox?.keep({ ...facts, state: "draft" }).catch(() => tellOnNextPage());
    if (item) this.states.replace(form, document.getElementById("draft-kept"));
    return Boolean(item);
  }

  /* Sends, and returns what was said of it, where that came soon and nobody went on meanwhile. */
  async #send(outbox, item) {
    const touched = untilTouched();
    const sent = outbox.flush({ shows: isHere(item) ? null : item.id });
    const told = await Promise.race([sent, touched.promise, after(PATIENCE_MS)]).catch(() => null);
    touched.forget();
    return told?.get(item.id);
  }

  /* Goes on as without this script: to the next page, or, where the server checks a form
     (novalidate), to the page on which it says what is wrong with it. */
  async #goOn(said, item, form, button) {
    if (said?.next && !isHere(item)) this.leave(said.next);
    if (said?.kind !== "refused" || !form.noValidate || !form.requestSubmit) return;
    await (await this.outbox()).store.forget(item.id);
    delete form.dataset.waits;
    form.requestSubmit(button);
  }
}

/* What is shown must not decide what is kept: no form goes a second time because of it. */
function attempt(show) {
  try {
    return show();
  } catch (error) {
    reportError(error);
    return null;
  }
}

function goTo(panel) {
  location.hash = panel;
  for (const acts of document.querySelector(panel)?.querySelectorAll(".main-action, .actions") ?? []) rest(acts);
}

function isHere({ next }) {
  return Boolean(next?.startsWith("#"));
}

/** Says once, on a page, that this phone cannot keep anything, where that is so. */
export function sayCannotKeep(isUnable) {
  const told = remembered(TOLD);
  if (told === "yes" || !(isUnable || told === "due")) return;
  remember(TOLD, "yes");
  tellHere("cannot-keep");
}

/* The page with the form is left at once. */
function tellOnNextPage() {
  if (remembered(TOLD) !== "yes") remember(TOLD, "due");
  return null;
}

function factsOf(form, button) {
  const { subject, next, title } = form.dataset;
  const sent = [...new FormData(form)].filter(([name, value]) => typeof value === "string" && !isOurs(name));
  const address = new URL(form.action);
  return {
    address: address.pathname + address.search,
    fields: button?.name ? [...sent, [button.name, button.value]] : sent,
    subject,
    said: button?.dataset.said ?? form.dataset.said ?? wordsOf(button ?? form),
    icon: button?.dataset.icon ?? form.dataset.icon,
    title: title ?? null,
    next: next ?? null,
    clock: Number(document.documentElement.dataset.clock),
  };
}

/* Made anew when it is sent. */
function isOurs(name) {
  return name === "csrf_token" || name === "change_id";
}

function wordsOf(element) {
  const copy = element.cloneNode(true);
  for (const each of copy.querySelectorAll(".visually-hidden")) each.remove();
  return copy.textContent.trim();
}

/* A page that was kept has no tokens: the server gives one, if it can be reached. */
async function makeReady(form) {
  const { csrf_token, change_id } = form.elements;
  if (csrf_token?.value && change_id?.value) return;
  const values = { csrf_token: (await token()) ?? "", change_id: newId() };
  for (const [name, value] of Object.entries(values)) {
    const input = form.elements[name] ?? form.appendChild(Object.assign(document.createElement("input"), { type: "hidden", name }));
    input.value = value;
  }
}

/* A token of the server, or null where it cannot be reached. */
async function token() {
  try {
    const answer = await fetch("/outbox", { cache: "no-store", redirect: "manual", signal: AbortSignal.timeout?.(PATIENCE_MS) });
    if (answer.status >= 500) return null;
    return (await answer.json()).csrf ?? "none";
  } catch {
    return null;
  }
}

/* Whether somebody has touched the page since: then it stays. */
function untilTouched() {
  const life = new AbortController();
  const promise = new Promise((resolve) => {
    const touch = ({ repeat }) => repeat || resolve(null);
    for (const name of TOUCHES) addEventListener(name, touch, { signal: life.signal, capture: true, passive: true });
  });
  return { promise, forget: () => life.abort() };
}

function after(milliseconds) {
  return new Promise((resolve) => setTimeout(() => resolve(null), milliseconds));
}
