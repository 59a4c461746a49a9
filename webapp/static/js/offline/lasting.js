/**
 * Asks the browser to keep what this phone holds, even where room is short. It is asked once, and
 * only after the app has been of use: when the first thing is sent, or where reminders are on.
 */
const ASKED = "asked-to-last";

export async function askToLast(storage = navigator.storage) {
  if (!storage?.persist || localStorage.getItem(ASKED) || (await storage.persisted())) return;
  localStorage.setItem(ASKED, "yes");
  await storage.persist();
}

/** Whether the browser promised to keep it; null where it does not say. */
export async function isPromised(storage = navigator.storage) {
  try {
    return (await storage?.persisted?.()) ?? null;
  } catch {
    return null;
  }
}
