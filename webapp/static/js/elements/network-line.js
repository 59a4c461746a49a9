/**
 * Says that there is no network, how many things wait, and what could not be done. That there is no
 * network is told only when a page or a sending has failed: what the phone itself says of it is a
 * reason to try, no more.
 */
import { isLate, outbox } from "../offline.js";

/* What is sent at once is not worth a word. */
const SOON_MS = 4000;
const TRY_AGAIN_MS = 20_000;
const NOTHING = { waiting: [], refused: [], draft: [] };

customElements.define("network-line", class extends HTMLElement {
  connectedCallback() {
    this.life = new AbortController();
    const { signal } = this.life;
    this.looking = Promise.resolve();
    this.isCut = "kept" in document.documentElement.dataset;
    document.addEventListener("outbox", ({ detail }) => this.hear(detail), { signal });
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
    if (why !== undefined) this.isCut = why === "network";
    this.rest();
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

  /* While one look waits for its turn, a further one is the same. */
  update() {
    this.next ??= this.looking.then(() => {
      this.next = null;
      return this.tell();
    });
    return (this.looking = this.next);
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
    const cut = this.isCut ? "offline" : "";
    const kept = waiting.length ? "waiting" : draft.length ? "draft" : "";
    return kept && cut ? `${kept}-${cut}` : kept || cut;
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
