/**
 * The part of the app that runs without a page: it shows messages, and opens what they speak of;
 * it keeps pages on this phone, and shows them where there is no network.
 * A classic script, since Firefox knows module workers only from version 147 on: its parts are put
 * in their place when the app starts. /service-worker.js loads it, and tells it in `facts` the
 * pictures and the plainest words of each language.
 */
import { outboxOwners } from "./offline/database.js";
import { Outbox } from "./offline/outbox.js";
import { KeptPages } from "./offline/pack.js";
import { Answers } from "./offline/pages.js";
import { marksAfter } from "./offline/rules.js";
import { openStore } from "./offline/store.js";

const PATIENCE_MS = 8000;

const kept = new KeptPages(marksSince);
const answers = new Answers(kept);

addEventListener("install", (event) => event.waitUntil(takeOver()));
addEventListener("activate", (event) => event.waitUntil(clients.claim()));
addEventListener("fetch", (event) => answers.give(event));

/* A page in which somebody has begun to write holds this lock: a new release waits for them. Where
   there are no locks, it waits until all pages are left. */
async function takeOver() {
  const isIdle = await navigator.locks?.request("writing", { ifAvailable: true }, (lock) => lock !== null);
  if (isIdle) await skipWaiting();
}

/* Phones take the right to send away from whoever shows nothing: every push is shown. */
addEventListener("push", (event) => {
  event.waitUntil(show(event.data));
  event.waitUntil(sendAll().catch(() => {}));
});

/* Where a browser knows when the network is back, what waits goes without a page. */
addEventListener("sync", (event) => {
  if (event.tag === "send") event.waitUntil(sendAll());
});

/* Where nothing can be read, nothing counts as shown. */
async function marksSince(person, clock) {
  const sent = await openStore(person).then((store) => store.sent()).catch(() => []);
  return marksAfter(sent, clock);
}

/* Each sending begins with a question to the server: it is asked only where something waits. What
   cannot be opened of one person holds up nobody else. */
async function sendAll() {
  for (const person of await outboxOwners()) {
    const store = await openStore(person).catch(() => null);
    if (!(await store?.waiting())?.length) continue;
    const outbox = new Outbox({ person, store });
    await outbox.flush();
    if (outbox.why === "network") throw new TypeError("there is no network yet");
  }
}

addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(follow(event.notification, event.action));
});

addEventListener("pushsubscriptionchange", (event) => event.waitUntil(inTurn(repair)));

/* A page asks for one of these by its name, and hears what came of it. */
const ASKED = new Map(Object.entries({
  connect: () => inTurn(connect),
  disconnect: () => inTurn(disconnect),
  repair: () => inTurn(repair),
  keep: (seen) => kept.keep(seen),
  forget: ({ person }) => kept.forget(person),
  forgetAll: () => kept.forgetAll(),
  kept: () => kept.about(),
  takeOver,
}));
addEventListener("message", (event) => {
  const say = (outcome = "done") => event.ports[0]?.postMessage(outcome);
  const act = ASKED.get(event.data?.ask);
  if (act) event.waitUntil(act(event.data).then(say, (error) => say(error.name)));
});

/* One after the other: two at once could give the server an address that one of them has just ended. */
let last = Promise.resolve();
function inTurn(act) {
  const mine = last.then(act);
  last = mine.catch(() => {});
  return mine;
}

async function show(sent) {
  const { title, ...options } = await read(sent).catch(plain);
  await registration.showNotification(title, options).catch(() => {
    /* Where a phone refuses the details, the words alone must do. */
    return registration.showNotification(title, { data: options.data });
  });
  if (options.data.notice) tell({ shown: options.data.notice });
}

/** Reads a declarative message (W3C Push API, "web_push": 8030). Fails where it has no title. */
async function read(sent) {
  const { title, body = "", lang, dir, tag, silent, navigate, actions = [], data } = sent.json().notification;
  if (typeof title !== "string" || !title) throw new TypeError("no title");
  const later = actions.find(({ action }) => action === "later")?.navigate;
  const known = {
    ...data,
    navigate: ours(navigate),
    later: later && ours(later),
    done: data?.done && ours(data.done),
  };
  const looks = { lang, dir, tag, silent: silent === true, ...pictures() };
  return { title, body, ...looks, actions: buttons(actions, known), data: known };
}

/** What stands for a message that cannot be read: that there is one. */
async function plain() {
  const lang = await language();
  return { title: facts.words[lang], lang, ...pictures(), data: { navigate: ours("/") } };
}

function pictures() {
  return { icon: facts.icon, badge: facts.badge };
}

/** As many buttons as this phone shows, and only those that we can answer. */
function buttons(actions, known) {
  const answered = actions.filter(({ action }) => known[action]);
  return answered.slice(0, Notification.maxActions ?? 0).map(({ action, title }) => ({ action, title }));
}

/** The language of whoever reads here: pages keep it under this name. */
async function language() {
  const kept = await caches.match("/kept/language").then((answer) => answer?.text()).catch(() => null);
  const possible = [kept, `${navigator.language}`.slice(0, 2)];
  return possible.find((each) => Object.hasOwn(facts.words, each)) ?? "fr";
}

/** An address of this app; its first page in the place of any other. */
function ours(address) {
  const first = `${location.origin}/`;
  try {
    const url = new URL(address ?? first, first);
    return url.origin === location.origin ? url.href : first;
  } catch {
    return first;
  }
}

/** Does what was pressed on a message. Where nothing can be opened, the message comes back. */
async function follow(message, pressed) {
  const { navigate, later, done, change_id } = message.data ?? {};
  const isDone = pressed === "done" && (await sayDone(done, change_id).catch(() => false));
  if (isDone) return tell({ changed: true });
  await open((pressed === "later" && later) || ours(navigate)).catch(() => putBack(message));
}

/** Says that a task is done, as its own form does; the same id is counted once. */
async function sayDone(address, change_id) {
  const { csrf } = await key();
  const answer = await post(address, { csrf_token: csrf, change_id });
  return answer.type === "opaqueredirect";
}

async function open(address) {
  const pages = await clients.matchAll({ type: "window" });
  const page = pages.find(({ url }) => url === address) ?? pages[0];
  if (!page) return clients.openWindow(address);
  const shown = await page.focus();
  if (shown.url !== address) await shown.navigate(address).catch(() => clients.openWindow(address));
}

function putBack({ title, body, lang, dir, tag, data, actions, icon, badge }) {
  return registration.showNotification(title, { body, lang, dir, tag, data, actions, icon, badge, silent: true });
}

/** Lets messages come to this browser: the person has pressed for it. */
async function connect() {
  await subscribe(await key(), { remind_me: "yes" });
}

/** Makes what the person once pressed for true again; ends it where they said no from elsewhere. */
async function repair() {
  const known = await key();
  await (known.heals ? subscribe(known) : unsubscribe());
}

/** Lets no message come to this browser, until the person presses again. */
async function disconnect() {
  const { csrf } = await key();
  const answer = await post("/me/reminders/phone/remove", { csrf_token: csrf });
  if (!answer.ok) throw new TypeError("it was not taken");
  await unsubscribe();
}

/** Gives the server the address of this browser: a new one where the old one is of no use. */
async function subscribe({ key: server_key, csrf: csrf_token, known }, more = {}) {
  const old = await registration.pushManager.getSubscription();
  if (old && !(known && isFor(old, server_key))) await old.unsubscribe();
  const wanted = { userVisibleOnly: true, applicationServerKey: server_key };
  const { endpoint, keys } = (await registration.pushManager.subscribe(wanted)).toJSON();
  const answer = await post("/me/reminders/phone", { csrf_token, endpoint, ...keys, server_key, ...more });
  if (!answer.ok) throw new TypeError("the address was not taken");
}

async function unsubscribe() {
  await (await registration.pushManager.getSubscription())?.unsubscribe();
}

function isFor(subscription, server_key) {
  const text = btoa(String.fromCharCode(...new Uint8Array(subscription.options.applicationServerKey)));
  return text.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "") === server_key;
}

/** Our public key, and the token of every form. Fails where nobody is signed in. */
async function key() {
  const answer = await fetch("/me/reminders/key", {
    cache: "no-store",
    redirect: "manual",
    signal: AbortSignal.timeout?.(PATIENCE_MS),
  });
  return answer.json();
}

function post(address, values) {
  return fetch(address, {
    method: "POST",
    body: new URLSearchParams(values),
    redirect: "manual",
    signal: AbortSignal.timeout?.(PATIENCE_MS),
  });
}

function tell(news) {
  const channel = new BroadcastChannel("messages");
  channel.postMessage(news);
  channel.close();
}
