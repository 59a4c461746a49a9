/**
 * Sends a message to this phone, and shows step by step what became of it: whether the phone allows
 * it, whether we know the phone, whether it left, and whether it was shown.
 */
import { canShowMessages } from "../phone.js";

const TURN_MS = 1000;
const PATIENCE_MS = 30_000;

/* After these answers the next step can come. */
const GOOD = ["yes", "accepted"];
/* What the server says where it sends nothing: the step, and its answer. */
const REFUSED = { no_phone_here: ["known", "no"], too_many_tries: ["sent", "missed"] };

customElements.define("try-now", class extends HTMLElement {
  connectedCallback() {
    this.addEventListener("submit", (event) => {
      event.preventDefault();
      this.try(event.target).finally(() => delete event.target.dataset.sent);
    });
  }

  disconnectedCallback() {
    this.life?.abort();
  }

  async try(form) {
    this.life?.abort();
    this.life = new AbortController();
    this.start();
    if (!this.say("permission", permission())) return;
    const shown = this.hear();
    const { notice, refused } = await this.send(form);
    if (refused) return this.say(...refused);
    this.say("known", "yes");
    this.say("sent", "waiting");
    if (!this.say("sent", await this.sent(notice))) return;
    this.say("shown", "waiting");
    this.say("shown", await shown(notice));
  }

  start() {
    this.querySelector(".try-now-steps").hidden = false;
    for (const { dataset } of this.querySelectorAll("[data-step]")) this.say(dataset.step, "");
  }

  /** Shows what became of a step; says whether the next one can come. */
  say(step, state) {
    const line = this.querySelector(`[data-step="${step}"]`);
    line.dataset.state = state;
    for (const part of line.querySelectorAll("[data-when]")) {
      part.hidden = !part.dataset.when.split(" ").includes(state);
    }
    return GOOD.includes(state);
  }

  async send(form) {
    try {
      const headers = { Accept: "application/json" };
      const answer = await fetch(form.action, { method: "POST", body: new FormData(form), headers });
      const { notice, code } = await answer.json();
      return notice ? { notice } : { refused: REFUSED[code] };
    } catch {
      return { refused: ["sent", "offline"] };
    }
  }

  /** Asks again and again what became of the notice. */
  async sent(notice) {
    const until = Date.now() + PATIENCE_MS;
    while (Date.now() < until && !this.life.signal.aborted) {
      const sent = await this.ask(notice).catch(() => "waiting");
      if (sent !== "waiting") return sent;
      await new Promise((resolve) => setTimeout(resolve, TURN_MS));
    }
    return "slow";
  }

  async ask(notice) {
    const answer = await fetch(`${this.dataset.tryUrl}/${notice}`, { cache: "no-store" });
    return (await answer.json()).sent;
  }

  /** Listens to the worker from now on; what it returns waits until that notice has been shown. */
  hear() {
    const channel = new BroadcastChannel("messages");
    const seen = new Set();
    let look = () => {};
    channel.onmessage = ({ data }) => {
      seen.add(data.shown);
      look();
    };
    this.life.signal.addEventListener("abort", () => channel.close());
    return (notice) => new Promise((resolve) => {
      look = () => seen.has(notice) && resolve("yes");
      look();
      setTimeout(resolve, PATIENCE_MS, "look");
    });
  }
});

function permission() {
  if (!canShowMessages) return "unsupported";
  return { granted: "yes", denied: "no", default: "ask" }[Notification.permission];
}
