/**
 * Shows a day as the phone's clock and the person's own marks make it, without asking anybody.
 *
 * `arrange(marks, minute)` is for whoever knows what waits on this phone: a Map from subjects
 * ("task-12-2026-11-23") to marks (see what-comes-now.js; with `title` for what has come here from
 * another day). Nothing moves under a finger or around the focus: then it waits. After each change
 * the document hears "arranged".
 */
import { eachMinute, wallClock } from "../wall-clock.js";
import { marked, whatComesNow } from "../what-comes-now.js";

const LINK = 'a[href^="/tasks/"]';

customElements.define("day-plan", class extends HTMLElement {
  connectedCallback() {
    this.life = new AbortController();
    this.marks = new Map();
    this.things = [...this.querySelectorAll("template[data-occurrence]")].map(thingOf);
    this.shown = new Map();
    for (const node of this.querySelectorAll("[data-place] .now-card, [data-place] .task-row")) this.adopt(node);
    this.isItsDay = this.clock().day === this.dataset.day;
    this.querySelector(".day-plan-over").hidden = !(this.clock().day > this.dataset.day);
    this.hear();
    eachMinute(() => this.turn(), this.life.signal);
    this.arrange();
  }

  disconnectedCallback() {
    this.life.abort();
  }

  /* What came with the page stays the same element as long as it is right. */
  adopt(node) {
    const link = node.querySelector(LINK);
    const state = node.dataset.state === "done" || node.dataset.state === "not_today" ? node.dataset.state : "open";
    if (link) this.shown.set(`${subjectOf(link)} ${node.matches(".now-card") ? "card" : state}`, node);
  }

  hear() {
    const { signal } = this.life;
    const on = (name, act) => addEventListener(name, act, { signal, capture: true, passive: true });
    on("pointerdown", () => (this.isHeld = true));
    for (const end of ["pointerup", "pointercancel"]) on(end, (event) => this.letGo(end === "pointercancel" && event.pointerType === "touch"));
    for (const end of ["touchend", "touchcancel"]) on(end, (event) => this.letGo(event.touches.length > 0));
  }

  letGo(isHeld) {
    this.isHeld = isHeld;
  }

  clock() {
    return wallClock(this.dataset.offsets);
  }

  /* Another minute, or the page is shown again: the next day has a page of its own. */
  turn() {
    if (this.isItsDay && this.clock().day !== this.dataset.day && !this.isBusy()) location.reload();
    else this.arrange();
  }

  isBusy() {
    const at = document.activeElement;
    return Boolean(this.isHeld) || (this.contains(at) && (at.checkVisibility?.() ?? true));
  }

  arrange(marks = this.marks, minute = this.minute()) {
    this.marks = marks;
    if (this.isBusy()) return;
    const day = whatComesNow(this.thingsNow(), minute);
    const now = day.now ? this.card(day) : this.empty(day);
    const isNew = [
      this.fill("now", now ? [now] : []),
      this.fill("rest", day.rest.map((each) => this.row(each))),
      this.fill("any", day.any.map((each) => this.row(each))),
    ].some(Boolean);
    this.head("now", day.now !== null);
    this.head("nothing", day.now === null);
    if (isNew) document.dispatchEvent(new CustomEvent("arranged"));
  }

  /* On its own day, what the clock shows; on any other, the whole day is still to come. */
  minute() {
    return this.isItsDay ? this.clock().minute : 0;
  }

  thingsNow() {
    const here = this.things.map((each) => marked(each, this.marks.get(each.subject), this.dataset.day));
    const known = new Set(this.things.map(({ subject }) => subject));
    const strangers = [...this.marks].filter(([subject, { state, on }]) =>
      state === "later" && on === this.dataset.day && !known.has(subject) && /^task-\d+-[\d-]+$/.test(subject));
    return [...here.filter(Boolean), ...strangers.map((each) => this.stranger(...each))];
  }

  /* What the person has put here from a day that this page does not know: a row with its name. */
  stranger(subject, mark) {
    const thing = { subject, task: Number(subject.split("-")[1]), title: mark.title ?? "", minutes: 0, isStranger: true };
    return marked(thing, mark, this.dataset.day);
  }

  card(day) {
    const card = this.node(day.now, "card", ".now-card");
    if (day.isFromEarlier && !card.querySelector(":scope > .now-card-when")) {
      card.prepend(day.now.template.content.querySelector(".now-card-when").cloneNode(true));
    }
    for (const words of card.querySelectorAll(":scope > .now-card-when")) words.hidden = !day.isFromEarlier;
    return card;
  }

  row(thing) {
    const state = thing.state === "done" || thing.state === "not_today" ? thing.state : "open";
    return this.node(thing, state, state === "open" ? ".task-row:not([data-state=done], [data-state=not_today])" : `.task-row[data-state=${state}]`);
  }

  node(thing, kind, selector) {
    const name = `${thing.subject} ${kind}${thing.isMoved ? ` at ${thing.at}` : ""}`;
    if (!this.shown.has(name)) this.shown.set(name, this.made(thing, kind, selector));
    return this.shown.get(name);
  }

  made(thing, kind, selector) {
    const node = thing.isStranger ? this.named(thing) : thing.template.content.querySelector(selector).cloneNode(true);
    if (thing.isMoved) this.time(node, thing.at, kind === "card" ? "card" : "row");
    return node;
  }

  named({ subject, task, title }) {
    const node = this.content("[data-row]");
    node.dataset.subject = subject;
    node.querySelector("a").href = `/tasks/${task}/${subject.slice(-10)}`;
    node.querySelector(".task-row-title").textContent = title;
    return node;
  }

  /* Says in words of the page when it comes now; a time that it has no words for is not said. */
  time(node, at, where) {
    const words = at === null ? null : this.content(`[data-times]`, `[data-at="${at}"]`)?.textContent;
    const old = node.querySelector(where === "card" ? ".fact-list > li" : ".task-row-time");
    const fresh = words ? this.said(at, words, where) : where === "card" ? this.content('[data-time="any"]') : null;
    if (old) fresh ? old.replaceWith(fresh) : old.remove();
    else if (fresh) node.querySelector(".task-row-text")?.append(fresh);
  }

  said(at, words, where) {
    const node = this.content(`[data-time="${where}"]`);
    const [hour, minute] = node.querySelectorAll("path");
    hour.setAttribute("transform", `rotate(${((at / 60) % 12) * 30} 12 12)`);
    minute.setAttribute("transform", `rotate(${(at % 60) * 6} 12 12)`);
    node.querySelector("[data-say]").textContent = words;
    return node;
  }

  empty({ rest, any }) {
    const all = [...rest, ...any];
    const kind = all.length ? "done" : "free";
    if (all.some(({ isOpen }) => isOpen) || (kind === "free" && "paused" in this.dataset)) return null;
    if (!this.shown.has(kind)) this.shown.set(kind, this.emptyState(kind));
    return this.shown.get(kind);
  }

  emptyState(kind) {
    const [there, made] = [this.querySelector("[data-place=now] > .empty-state"), this.content(`[data-empty=${kind}]`)];
    return there?.isEqualNode(made) ? there : made;
  }

  content(template, inside = "*") {
    return this.querySelector(`template${template}`).content.querySelector(inside)?.cloneNode(true);
  }

  /* Puts these into their place; says whether anything had to move. */
  fill(name, nodes) {
    const place = this.querySelector(`[data-place=${name}]`);
    const box = place.querySelector(":scope > .rows") ?? place;
    const isSame = box.childElementCount === nodes.length && nodes.every((node, number) => node === box.children[number]);
    if (!isSame) box.replaceChildren(...nodes);
    if (box !== place) place.hidden = nodes.length === 0;
    return !isSame;
  }

  head(name, isShown) {
    for (const each of this.querySelectorAll(`[data-while=${name}]`)) each.hidden = !isShown;
  }
});

function thingOf(template) {
  const { occurrence, task, at, ends, minutes, mark } = template.dataset;
  const state = mark === "done" || mark === "not_today" ? mark : "open";
  return {
    template,
    subject: occurrence,
    task: Number(task),
    at: at === "" ? null : Number(at),
    ends: Number(ends),
    minutes: Number(minutes),
    state,
    isOpen: state === "open",
  };
}

function subjectOf(link) {
  const [, , task, day] = link.getAttribute("href").split("/");
  return `task-${task}-${day}`;
}
