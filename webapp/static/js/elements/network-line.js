/**
 * Says that there is no network, how many things wait, and what could not be done. That there is no
 * network is told only when a page or a sending has failed: what the phone itself says of it is a
 * reason to try, no more. When a page came from this phone and the server answers again, it offers
 * the newest one: nothing of the page changes until the person presses.
 */
import { inTurns, isLate, outbox } from "../offline.js";

/* What is sent at once is not worth a word. */
const SOON_MS = 4000;
const TRY_AGAIN_MS = 20_000;
const NOTHING = { waiting: [], refused: [], draft: [] };

customElements.define("network-line", class extends HTMLElement {
  connectedCallback() {
    this.life = new AbortController();
    const { signal } = this.life;
    this.update = inTurns(() => this.tell());
    this.isCut = "kept" in document.documentElement.dataset;
    /* What stands in the place of a form's answer cannot be asked for anew. */
    this.isKept = this.isCut && !document.querySelector("go-back");
    this.isBack = false;
    document.addEventListener("outbox", ({ detail }) => this.hear(detail), { signal });
    document.addEventListener("input", () => this.write(), { signal });
    this.addEventListener("click", ({ target }) => target.closest("button") && location.reload(), { signal });
    for (const name of ["offline", "online"]) addEventListener(name, () => this.try(), { signal });
    document.addEventListener("visibilitychange", () => this.rest(), { signal });
    this.update();
    this.rest();
    if (!navigator.onLine) this.try();
  }

  disconnectedCallback() {
    this.life.abort();
    clearTimeout(this.timer);
    clearTimeout(this.turn);
  }

  /** Something has changed, or a round of sending is over: `why` it ended early, or null. */
  hear({ why }) {
    if (why !== undefined) {
      this.isCut = why === "network";
      this.isBack = this.isKept && why === null;
    }
    this.rest();
    return this.update();
  }

  /* What somebody has begun to write here would go with the page. */
  write() {
    this.isKept = this.isBack = false;
    return this.update();
  }

  async try() {
    const box = await outbox();
    await box?.flush().catch(() => {});
  }

  /* Without a network it is tried again and again, while somebody looks. */
  rest() {
    clearTimeout(this.turn);
    if (this.isCut && !document.hidden) this.turn = setTimeout(() => this.try().finally(() => this.rest()), TRY_AGAIN_MS);
  }

  async tell() {
    const kept = await this.look().catch(() => NOTHING);
    const state = this.state(kept);
    clearTimeout(this.timer);
    if (state === "waiting" && !this.isShown(state) && !this.isDue) {
      this.timer = setTimeout(() => { this.isDue = true; this.update(); }, SOON_MS);
      return;
    }
    this.isDue = false;
    this.show(state, kept[state.split("-")[0]]?.length ?? kept.waiting.length);
  }

  async look() {
    const box = await outbox();
    if (!box) return NOTHING;
    if (box.why === "network") this.isCut = true;
    const [waiting, refused, draft] = await Promise.all([box.store.waiting(), box.store.refused(), box.store.drafts()]);
    return { waiting, refused, draft };
  }

  state({ waiting, refused, draft }) {
    if (refused.length) return "refused";
    if (waiting.some(isLate)) return "late";
    const cut = this.isCut ? "-offline" : "";
    if (waiting.length) return `waiting${cut}`;
    /* Drafts are told on every page, and that a newer one can come only here. */
    if (this.isBack) return "back";
    return draft.length ? `draft${cut}` : cut.slice(1);
  }

  isShown(state) {
    return (this.dataset.state ?? "").startsWith(state);
  }

  show(state, number) {
    const told = `${state} ${number}`;
    if (this.told === told) return;
    this.told = told;
    this.dataset.state = state;
    for (const place of this.querySelectorAll(".network-line-number")) place.textContent = number;
    for (const part of this.querySelectorAll("[data-count]")) part.hidden = (part.dataset.count === "one") !== (number === 1);
    /* A picture has no property "hidden". */
    for (const part of this.querySelectorAll("[data-when]")) part.toggleAttribute("hidden", !part.dataset.when.split(" ").includes(state));
  }
});
