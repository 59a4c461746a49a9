/** Keeps the messages of this phone coming, and an open page true to what was done in one. */
import { remember, remembered } from "./offline.js";
import { ask, canShowMessages } from "./phone.js";

const CHECKED = "messages-checked";

/**
 * Compares what the phone has with what we know: at the first page of each start and of each day,
 * and where the person has just changed it.
 */
export async function check() {
  if (!canShowMessages || Notification.permission !== "granted") return;
  hear();
  const today = new Date().toDateString();
  const isChanged = location.pathname.startsWith("/me/reminders");
  if (remembered(CHECKED) === today && !isChanged) return;
  await keepLanguage().catch(() => {});
  if ((await ask("repair")) === "done") remember(CHECKED, today);
}

/* What was done in a message shows on an open page, unless somebody writes there. */
function hear() {
  new BroadcastChannel("messages").addEventListener("message", ({ data }) => {
    if (data.changed && !isTyped() && !document.querySelector("fresh-plan")) location.reload();
  });
}

function isTyped() {
  return [...document.querySelectorAll("input, textarea")].some(
    (field) => field.value !== field.defaultValue || field.checked !== field.defaultChecked,
  );
}

/* The worker speaks the language of these pages, even where it cannot read a message. */
async function keepLanguage() {
  const kept = await caches.open("kept");
  await kept.put("/kept/language", new Response(document.documentElement.lang.slice(0, 2)));
}
