/**
 * Sends what waits before somebody signs out, and empties this phone afterwards. Where something is
 * left it says so: nobody is signed out, and nothing is lost.
 */
import { askWorker, outbox } from "../offline.js";

const LIMIT_MS = 15_000;
const PATIENCE_MS = 3000;

customElements.define("sign-out-check", class extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    this.addEventListener("submit", (event) => {
      event.preventDefault();
      this.check().finally(() => delete this.form.dataset.sent);
    });
    this.querySelector("button[name=try]").addEventListener("click", () => this.check());
  }

  async check() {
    this.show("busy");
    await this.leave().catch(() => this.show("failed"));
  }

  async leave() {
    const box = await outbox();
    if (!box) return this.form.submit();
    await box.flush();
    const others = await box.store.otherOutboxes();
    const left = await box.state();
    if (left.waiting) return this.show("left", left);
    if (left.drafts + left.refused) return this.show("stuck", left);
    /* The phone may have slept since the server said that it has lost nothing. */
    if (!box.why && !box.isTrusted) return this.leave();
    const state = await this.signOut(others.length === 0);
    if (state !== "done") return this.show(state);
    await this.empty(box.store);
    location.assign(this.dataset.doneUrl);
  }

  /** Ends the session. The server lets the browser forget all only where nothing waits for anybody. */
  async signOut(nothingWaits) {
    const body = new URLSearchParams(new FormData(this.form));
    if (nothingWaits) body.set("nothing_waits", "yes");
    try {
      const signal = AbortSignal.timeout?.(LIMIT_MS);
      const answer = await fetch(this.form.action, { method: "POST", body, redirect: "manual", signal });
      return answer.type === "opaqueredirect" ? "done" : "failed";
    } catch {
      return "offline";
    }
  }

  /* What the browser may not have forgotten by itself. */
  async empty(store) {
    const { person } = store;
    clearNotes();
    await store.destroy().catch(() => {});
    const late = new Promise((resolve) => setTimeout(resolve, PATIENCE_MS));
    if (navigator.serviceWorker?.controller) await Promise.race([askWorker({ ask: "forget", person }), late]).catch(() => {});
    const pages = [`kept-${person}`, `photos-${person}`];
    await Promise.all(pages.map((name) => globalThis.caches?.delete(name).catch(() => {})));
  }

  show(state, left = { waiting: 0, drafts: 0, refused: 0 }) {
    const isLeft = (names) => names.split(" ").some((name) => left[name]);
    for (const part of this.querySelectorAll("[data-when]")) part.hidden = !part.dataset.when.split(" ").includes(state);
    for (const part of this.querySelectorAll("[data-left]")) {
      part.hidden = !isLeft(part.dataset.left);
      this.count(part, left[part.dataset.left]);
    }
    if (state !== "busy") this.querySelector(".sign-out-check-left").focus();
  }

  count(part, number) {
    for (const place of part.querySelectorAll(".sign-out-check-number")) place.textContent = number;
    for (const words of part.querySelectorAll("[data-count]")) words.hidden = (words.dataset.count === "one") !== (number === 1);
  }
});

/* A browser that refuses these has noted nothing there. */
function clearNotes() {
  try {
    localStorage.clear();
    sessionStorage.clear();
  } catch {
    /* nothing to do */
  }
}
