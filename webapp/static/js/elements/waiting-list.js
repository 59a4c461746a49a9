/** Shows what this phone keeps and what it has sent today, and does with it what the person says. */
import { inTurns, isLate, outbox } from "../offline.js";

/* Why a round of sending ended early, and the words for it; anything else is the server's. */
const TOLD = { network: "none", "signed-out": "signed-out", "other-person": "signed-out" };

customElements.define("waiting-list", class extends HTMLElement {
  connectedCallback() {
    this.life = new AbortController();
    this.rows = new Map();
    this.update = inTurns(() => this.look().catch(() => this.say("broken")));
    this.addEventListener("click", (event) => this.press(event), { signal: this.life.signal });
    document.addEventListener("outbox", () => this.update(), { signal: this.life.signal });
    this.say("");
    this.update();
  }

  disconnectedCallback() {
    this.life.abort();
  }

  press({ target }) {
    const button = target.closest("button[name]");
    if (!button) return;
    const { id } = button.closest("[data-id]")?.dataset ?? {};
    const acts = {
      send: () => this.send(),
      again: () => this.change((store) => store.again(id), true),
      release: () => this.change((store) => store.release(id), true),
      forget: () => this.change((store) => store.forget(id), false),
      ask: () => this.ask(id, true),
      keep: () => this.ask(id, false),
    };
    acts[button.name]?.();
  }

  /** Does one thing with what is kept, and sends it where that was the wish. */
  async change(act, isSent) {
    const box = await outbox();
    await act(box.store);
    box.hear();
    await this.update();
    if (isSent) await this.send();
  }

  async send() {
    this.say("busy");
    const box = await outbox();
    await box?.flush().catch(() => {});
    await this.update();
    const isLeft = this.isThere("waiting");
    this.say(isLeft ? TOLD[box?.why] ?? "later" : "");
  }

  /** Asks first, or takes the question back. The focus stays with what is asked. */
  ask(id, isAsked) {
    const row = this.rows.get(id);
    for (const ways of row.querySelectorAll("[data-ways]")) ways.hidden = (ways.dataset.ways === "asked") !== isAsked;
    row.querySelector(`[data-ways=${isAsked ? "asked" : "plain"}] button`).focus();
  }

  async look() {
    const box = await outbox();
    if (!box) return this.say("broken");
    const [waiting, refused, drafts, sent] = await Promise.all(
      [box.store.waiting(), box.store.refused(), box.store.drafts(), box.store.sent()]);
    const items = [...waiting, ...refused, ...drafts].map((item) => [item.id, item]);
    const today = sent.filter(isOfToday).map((item) => [item.id, { ...item, state: "sent" }]);
    const all = new Map([...items, ...today]);
    for (const [id, row] of this.rows) if (!all.has(id)) this.drop(id, row);
    for (const item of all.values()) this.draw(item);
    this.turn(waiting.some(isLate));
  }

  /** What is sent or refused meanwhile changes in its place: no other row moves. */
  draw(item) {
    const there = this.rows.get(item.id);
    if (there?.dataset.state === item.state) return;
    const row = this.made(item);
    if (there) {
      const hadFocus = there.contains(document.activeElement);
      there.replaceWith(row);
      if (hadFocus) row.focus();
    } else {
      this.querySelector(`[data-part=${item.state}] > ul`).append(row);
    }
    this.rows.set(item.id, row);
  }

  made(item) {
    const row = this.querySelector(`template[data-state=${item.state}]`).content.cloneNode(true).firstElementChild;
    const words = { title: item.title || item.said, said: item.title ? item.said : "", words: item.words ?? "" };
    row.dataset.id = item.id;
    for (const slot of row.querySelectorAll("[data-slot]")) slot.textContent = words[slot.dataset.slot];
    const picture = row.querySelector("use[data-href]");
    picture.setAttribute("href", picture.dataset.href + (item.icon || "done"));
    return row;
  }

  drop(id, row) {
    const hadFocus = row.contains(document.activeElement);
    row.remove();
    this.rows.delete(id);
    if (hadFocus) document.querySelector("main").focus();
  }

  turn(waitsForLong) {
    const parts = [...this.querySelectorAll("[data-part]")];
    for (const part of parts) part.hidden = !part.querySelector("li");
    const isEmpty = parts.every(({ hidden, dataset }) => hidden || dataset.part === "sent");
    const shown = { plain: false, empty: isEmpty, late: waitsForLong, sendable: this.isThere("waiting") };
    for (const [name, isShown] of Object.entries(shown)) this.querySelector(`[data-when=${name}]`).hidden = !isShown;
  }

  isThere(state) {
    return Boolean(this.querySelector(`li[data-state=${state}]`));
  }

  say(state) {
    for (const line of this.querySelectorAll(".waiting-list-state")) line.hidden = line.dataset.when !== state;
  }
});

function isOfToday({ sent_at }) {
  return new Date(sent_at).toDateString() === new Date().toDateString();
}
