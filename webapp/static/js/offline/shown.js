/**
 * Shows over a page what its person has said and the page does not know yet. A place that speaks of
 * a thing has `data-subject`; in it, what can be pressed (`data-acts`) gives way to what was said.
 * Nothing but words changes when it is sent.
 */
import { mark, markOf, shape } from "./marks.js";

const SETTLING_MS = 500;
const ANNOUNCED_AFTER_MS = 300;
const OF_A_TASK = /^(\/tasks\/\d+\/[\d-]+)\/(done|not-today|later)$/;
const UNDO_OF_A_TASK = /^\/tasks\/.+\/undo$/;
/* A form of the page itself that says something of the task, and may be possible again. */
const SAYS_IT = "[data-acts] [data-waits]:not([data-icon=undo])";

/** What a page shows of what is kept: by subject, the last item that speaks of it. */
export class ShownStates {
  #states = new Map();

  constructor(page = document) {
    this.page = page;
    this.pressed = new Set();
  }

  /** Shows these, and takes away what is none of them any more. */
  show(states) {
    this.#states = states;
    for (const place of this.#places()) {
      const item = states.get(place.dataset.subject);
      item && speaksOf(place, item) ? this.#put(place, item) : clear(place);
    }
  }

  /**
   * Shows what was just pressed in a form while the phone writes it down: all but that it is kept.
   * What was said before gives way only to what is kept. Gives a function that takes it back.
   */
  begin(form, item) {
    const { activeElement } = this.page;
    const places = this.#placesAround(form, item);
    if (places.some(stateIn)) return () => {};
    this.#showAt(places, { ...item, state: "keeping" }, form);
    return () => {
      this.pressed.delete(item.id);
      this.#states.delete(item.subject);
      places.forEach(clear);
      if (form.contains(activeElement)) activeElement.focus({ preventScroll: true });
    };
  }

  /** Shows what was just pressed in a form and is kept, and where the person can go on. */
  press(form, item) {
    this.announce(this.#showAt(this.#placesAround(form, item), item, form));
  }

  /** Puts words of our own, a template of the page, where a form was. */
  replace(form, template) {
    const place = placeAround(form, form.dataset.subject);
    const element = template.content.cloneNode(true).firstElementChild;
    element.classList.add("kept-state");
    settle(place, element);
    element.tabIndex = -1;
    element.focus({ preventScroll: true });
  }

  /** Tells those who hear the page, once. */
  announce(state) {
    const region = this.page.querySelector(".notice-region");
    const made = Object.assign(document.createElement("p"), { className: "kept-state-told visually-hidden" });
    const told = region.querySelector(".kept-state-told") ?? region.appendChild(made);
    const words = [...state.querySelectorAll("[data-say]")].map(({ textContent }) => textContent);
    told.textContent = "";
    setTimeout(() => (told.textContent = words.join(". ")), ANNOUNCED_AFTER_MS);
  }

  #places(subject = "") {
    const named = subject && `="${CSS.escape(subject)}"`;
    return [...this.page.querySelectorAll(`[data-subject${named}]`)].filter(isPlace);
  }

  /* The place of the form first, then all others that speak of the same. */
  #placesAround(form, item) {
    const others = this.#places(item.subject).filter((place) => speaksOf(place, item));
    return [...new Set([placeAround(form, item.subject), ...others])];
  }

  #showAt(places, item, form) {
    const [own] = places;
    const isNew = stateIn(own)?.dataset.id !== item.id;
    const isHere = form.contains(this.page.activeElement);
    this.pressed.add(item.id);
    this.#states.set(item.subject, item);
    for (const place of places) this.#put(place, item, place === own);
    const state = stateIn(own);
    if (isNew && isHere) state.focus({ preventScroll: true });
    if (isNew && !item.next?.startsWith("#")) bringIntoSight(state);
    return state;
  }

  #put(place, item, isPressed = false) {
    const state = stateIn(place);
    const isKnown = state?.dataset.id === item.id;
    mark(place, item);
    if (isKnown && state.dataset.state === item.state) return;
    if (isKnown) return this.#turn(state, item);
    const made = this.#made(place, item, isPressed);
    settle(place, made, state);
    if (!place.querySelector(SAYS_IT)) return;
    if (UNDO_OF_A_TASK.test(item.address)) reopen(place, made);
    else if (!isPressed && markOf(item).state === "later") free(place, made);
  }

  /* It is sent now, or could not be done: the words change, and nothing moves. */
  #turn(state, item) {
    const isBegun = state.dataset.state === "keeping";
    turn(state, item);
    if (!isBegun && (state.checkVisibility?.() ?? true)) this.announce(state);
  }

  #made(place, item, isPressed) {
    const state = this.page.getElementById("kept-state").content.cloneNode(true).firstElementChild;
    state.dataset.id = item.id;
    const said = state.querySelector(".kept-state-said");
    said.querySelector("[data-say]").textContent = item.said;
    draw(said, item.icon ?? "done");
    turn(state, item);
    this.#ways(state, place, item, isPressed);
    return state;
  }

  /* What cannot be pressed is not there: a picture costs a slow phone time, also where it is hidden. */
  #ways(state, place, item, isPressed) {
    const ways = state.querySelector(".kept-state-ways");
    const [undo, change, next, done] = ways.children;
    const task = OF_A_TASK.exec(item.address);
    const address = this.#next(place, item, isPressed);
    if (task) inForm(undo, `${task[1]}/undo`, item);
    else undo.remove();
    if (!task && isChoice(place)) change.addEventListener("click", () => reopen(place, state, true));
    else change.remove();
    if (address) next.href = address;
    else next.remove();
    if (isOpenedAgain(place, item)) inForm(done, item.address.replace(/undo$/, "done"), item);
    else done.remove();
    if (!ways.children.length) ways.remove();
    else if (isPressed) rest(ways);
  }

  /* Where the person goes on: to the next thing to choose, or where the page says. */
  #next(place, item, isPressed) {
    if (place.dataset.choices !== undefined) {
      const isLeft = (address) => !this.#states.has(choiceOf(address));
      return place.dataset.choices.split(" ").find(isLeft) ?? "/today";
    }
    return (isPressed || place.matches("form")) && item.next?.startsWith("/") ? item.next : null;
  }
}

/** Lets an element hear nothing for a moment: the second tap of a nervous finger says nothing. */
export function rest(element) {
  element.inert = true;
  setTimeout(() => (element.inert = false), SETTLING_MS);
}

/* The page of a task that came as done has no form that could say it again after an undo. */
function isOpenedAgain(place, { address }) {
  return place.matches(".task-about") && UNDO_OF_A_TASK.test(address) && !place.querySelector(SAYS_IT);
}

/* A button of the state becomes a form like those of the page. */
function inForm(button, action, { subject, title }) {
  const form = Object.assign(document.createElement("form"), { className: "action", method: "post", action });
  Object.assign(form.dataset, { waits: "", subject, title: title ?? "", ...button.dataset });
  button.replaceWith(form);
  form.append(button);
}

function placeAround(form, subject) {
  return form.closest(`[data-subject="${CSS.escape(subject)}"]:not(form)`) ?? form;
}

/* A form is a place of its own where nothing around it speaks of the same thing. What was just told
   says only what is pressed there. */
function isPlace(element) {
  if (element.matches(".notice")) return Boolean(stateIn(element));
  if (!element.matches("form")) return true;
  const around = element.parentElement.closest("[data-subject]");
  return around?.dataset.subject !== element.dataset.subject && !element.closest(".kept-state");
}

/* A form that asks something else about the same thing still waits for its answer. */
function speaksOf(place, { address }) {
  return !place.matches("form") || new URL(place.action).pathname === address.split("?")[0];
}

function actsOf(place) {
  return place.matches("form") ? [place] : [...place.querySelectorAll("[data-acts]")];
}

function stateIn(place) {
  if (!place.matches("form")) return place.querySelector(".kept-state");
  return place.nextElementSibling?.matches(".kept-state") ? place.nextElementSibling : null;
}

/* Puts a state where what was pressed, or said before, gives way. The place keeps its height. */
function settle(place, state, old = null) {
  const isForm = place.matches("form");
  const height = ((isForm && old) || place).offsetHeight;
  const acts = actsOf(place);
  old?.remove();
  if (isForm) place.after(state);
  else if (acts.length) acts[0].before(state);
  else place.append(state);
  for (const act of acts) act.toggleAttribute("hidden", true);
  const lost = height - (isForm ? state : place).offsetHeight;
  if (lost > 0) state.style.minBlockSize = `${state.offsetHeight + lost}px`;
}

/* What comes later can still be said to be done. */
function free(place, state) {
  state.style.minBlockSize = "";
  for (const act of actsOf(place)) act.toggleAttribute("hidden", false);
}

/* What can be pressed comes back: below the words after an undo, in their place to choose again. */
function reopen(place, state, isInPlace = false) {
  const acts = actsOf(place);
  free(place, state);
  state.hidden = isInPlace;
  if (!isInPlace) return acts.at(-1).after(state);
  acts.flatMap((act) => [...act.querySelectorAll("button")])[0]?.focus();
}

function clear(place) {
  const state = stateIn(place);
  if (!state?.dataset.id) return;
  state.remove();
  for (const act of actsOf(place)) act.toggleAttribute("hidden", false);
  if ("was" in place.dataset) shape(place, place.dataset.was);
}

/* "/choices/4" is proposal-4, and "/choices/4/5" is change-5 of it. */
function choiceOf(address) {
  const [, , proposal, change] = address.split("/");
  return change ? `change-${change}` : `proposal-${proposal}`;
}

function isChoice(place) {
  const count = (act, what) => act.querySelectorAll(what).length;
  const asks = (act) => count(act, "button") > 1 || count(act, "input:not([type=hidden]), textarea") > 0;
  return actsOf(place).some((act) => asks(act) && count(act, "form") < 2);
}

/* Of the words that have one place, these count now, with their picture. */
function turn(state, { state: now, words }) {
  state.dataset.state = now;
  const where = state.querySelector(".kept-state-where");
  for (const each of where.querySelectorAll("[data-when]")) {
    const counts = each.dataset.when === now;
    each.toggleAttribute("data-say", counts);
    if (counts) draw(where, each.dataset.icon);
    if (counts && now === "refused" && words) each.textContent = words;
  }
}

/* Another picture of the same file. */
function draw(line, name) {
  const picture = line.querySelector("use");
  const drawn = picture.getAttribute("href");
  const wanted = drawn.replace(/#.*/, `#${name}`);
  if (drawn !== wanted) picture.setAttribute("href", wanted);
}

/* Words that came where nobody can see them, below the bar or above the page, are brought there. The
   place of a long form may be longer than the screen: then its beginning counts. */
function bringIntoSight(state) {
  const bar = document.querySelector(".place-bar")?.getBoundingClientRect().top;
  const words = state.querySelector("[data-when=waiting]").getBoundingClientRect();
  if (words.top < 0 || words.bottom > (bar > 0 ? bar : innerHeight)) state.scrollIntoView({ block: words.top < 0 ? "start" : "nearest" });
}
