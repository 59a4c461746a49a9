/**
 * Runs the service worker's script among fakes, lets one event come to it, and tells all it did.
 * `wanted`: source, facts, event ({type, data, action, notification, ask}), and how the world is:
 * refuses (how many notifications the phone refuses), broken (names that throw), windows, answers
 * (by address: what fetch gives, or null for no network), subscription, maxActions, language, kept,
 * held (locks that pages hold).
 */
window.runWorker = async ({ source, facts, event, ...world }) => {
  const did = [];
  const note = (what, ...how) => did.push([what, ...how]);
  const parts = fakes(world, note);
  const heard = {};
  parts.addEventListener = (type, act) => (heard[type] = act);
  parts.facts = facts;
  new Function(...Object.keys(parts), source)(...Object.values(parts));
  const waits = [];
  heard[event.type]({
    ...event,
    data: event.ask ? { ask: event.ask } : pushed(event.data),
    ports: [{ postMessage: (said) => note("said", said) }],
    notification: event.notification && { ...event.notification, close: () => note("closed") },
    waitUntil: (promise) => waits.push(promise),
  });
  await Promise.all(waits).catch((error) => note("failed", String(error)));
  return did;
};

function pushed(text) {
  return text === undefined ? null : { json: () => JSON.parse(text) };
}

function fakes(world, note) {
  const origin = "https://plan.example";
  const broken = world.broken ?? [];
  const refuse = () => Promise.reject(new DOMException("not allowed", "InvalidAccessError"));
  let refuses = world.refuses ?? 0;
  let subscription = world.subscription && subscribed(world.subscription, "https://push.example/old", note);
  const locked = async (name, ...wanted) => wanted.at(-1)(world.held?.includes(name) ? null : { name });
  return {
    AbortSignal: broken.includes("limits") ? {} : AbortSignal,
    location: { origin },
    navigator: {
      language: world.language ?? "en-GB",
      locks: broken.includes("locks") ? undefined : { request: locked },
    },
    Notification: { maxActions: world.maxActions },
    skipWaiting: () => note("skipped waiting"),
    fetch: async (address, wanted = {}) => {
      const { pathname } = new URL(address, origin);
      note("asked", pathname, wanted.body ? Object.fromEntries(wanted.body) : null);
      const answer = world.answers?.[pathname];
      if (!answer) throw new TypeError("no network");
      return { ok: answer.status < 300, json: async () => JSON.parse(answer.text), ...answer };
    },
    caches: {
      match: async () => {
        if (broken.includes("caches")) throw new DOMException("no room", "SecurityError");
        return world.kept && { text: async () => world.kept };
      },
    },
    BroadcastChannel: class {
      constructor() {
        if (broken.includes("channel")) throw new DOMException("no", "SecurityError");
      }

      postMessage(news) {
        note("told", news);
      }

      close() {}
    },
    clients: {
      claim: () => note("claimed"),
      matchAll: async () => (world.windows ?? []).map((url) => page(url, note, broken, refuse)),
      openWindow: (url) => (broken.includes("openWindow") ? refuse() : note("opened", url)),
    },
    registration: {
      showNotification: async (title, options) => {
        if (refuses-- > 0) throw new TypeError("refused");
        note("shown", title, options ?? {});
      },
      pushManager: {
        getSubscription: async () => subscription,
        subscribe: async ({ applicationServerKey, userVisibleOnly }) => {
          if (broken.includes("subscribe")) throw new DOMException("no", "NotAllowedError");
          note("subscribed", applicationServerKey, userVisibleOnly);
          return (subscription = subscribed(applicationServerKey, "https://push.example/new", note));
        },
      },
    },
  };
}

function page(url, note, broken, refuse) {
  const self = {
    url,
    focus: async () => (broken.includes("focus") ? refuse() : (note("focused", url), self)),
    navigate: async (to) => (broken.includes("navigate") ? refuse() : note("led", url, to)),
  };
  return self;
}

/** `key` is base64url, as browsers take it; they give it back in bytes. */
function subscribed(key, endpoint, note) {
  const text = atob(key.replaceAll("-", "+").replaceAll("_", "/"));
  return {
    options: { applicationServerKey: Uint8Array.from(text, (each) => each.charCodeAt(0)).buffer },
    unsubscribe: async () => note("unsubscribed", endpoint),
    toJSON: () => ({ endpoint, expirationTime: null, keys: { p256dh: "P", auth: "A" } }),
  };
}
