/**
 * What a form is told that did not get through: its page stays, with all that was written in it. The
 * worker asks the pages; the one whose form it was says so there, in words that came with the page.
 */
const PATIENCE_MS = 1000;

/** Asks the open pages, from the worker, to say that nothing answers. Whether one of them has. */
export async function isToldOnItsPage(path) {
  const pages = await clients.matchAll({ type: "window" });
  const told = pages.map((page) => new Promise((resolve, reject) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => resolve(true);
    setTimeout(reject, PATIENCE_MS);
    page.postMessage({ unsent: path }, [port2]);
  }));
  return Promise.any(told).catch(() => false);
}

/** Lets this page say so below the form that was sent from it. */
export function sayUnsent() {
  navigator.serviceWorker?.addEventListener("message", ({ data, ports }) => {
    const words = document.getElementById("no-answer");
    const form = [...document.forms].find((each) => each.dataset.sent && new URL(each.action).pathname === data?.unsent);
    if (!words || !form) return;
    delete form.dataset.sent;
    const [said] = words.content.cloneNode(true).children;
    form.querySelector("[data-no-answer]")?.remove();
    form.append(Object.assign(said, { tabIndex: -1 }));
    said.dataset.noAnswer = "";
    said.focus();
    ports[0].postMessage("told");
  });
}
