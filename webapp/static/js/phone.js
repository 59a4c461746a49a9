/** What this phone can do, and the way to the part of the app that runs without a page. */
const PATIENCE_MS = 15_000;

export const canShowMessages = "serviceWorker" in navigator && "PushManager" in window && "Notification" in window;

/* An iPad calls itself a Macintosh; no Macintosh has a screen to touch. */
export const isOfApple = /iPhone|iPad|iPod/.test(navigator.userAgent)
  || (/Macintosh/.test(navigator.userAgent) && navigator.maxTouchPoints > 1);

export const isInstalled = matchMedia("(display-mode: standalone)").matches || navigator.standalone === true;

/** Asks the worker to "connect", "disconnect" or "repair"; returns "done", or what went wrong. */
export async function ask(what) {
  const late = new Promise((resolve) => setTimeout(resolve, PATIENCE_MS, "TimeoutError"));
  return Promise.race([answer(what), late]).catch((error) => error.name);
}

async function answer(what) {
  const { askWorker } = await import("./offline.js");
  return askWorker({ ask: what });
}
