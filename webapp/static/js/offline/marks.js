/** How a row of a day, or a step, looks after what was said of it. */

/** Lets a row or a step look like what an item says of it: done, not today, ticked. */
export function mark(place, item) {
  if (!place.matches(".task-row, .timeline-task, .task-steps-step")) return;
  place.dataset.was ??= place.dataset.state ?? "";
  shape(place, item.state === "refused" ? place.dataset.was : saidOf(item));
}

function saidOf({ address, fields }) {
  const ticked = valueOf(fields, "ticked");
  if (ticked) return ticked === "1" ? "ticked" : "open";
  const { state } = markOf({ address, fields });
  return state === "done" || state === "not_today" ? state : "";
}

/**
 * What an item says of a task on a day: its state ("done", "not_today", "later", or "open" after an
 * undo), and for later the day, the time, if any, and the task's name.
 */
export function markOf({ address, fields, title }) {
  const states = { done: "done", "not-today": "not_today", later: "later" };
  const state = states[address.split("/").at(-1)] ?? "open";
  const [on, at = null] = (valueOf(fields, "choice") ?? "").split("T");
  return state === "later" ? { state, on, at, title } : { state };
}

function valueOf(fields, wanted) {
  return fields.find(([name]) => name === wanted)?.[1];
}

/** Lets a row or a step look so; like one of which nothing was said, without a state. */
export function shape(place, state) {
  if (state) place.dataset.state = state;
  else delete place.dataset.state;
  if (!place.matches(".task-steps-step")) return;
  const panels = [...place.parentElement.children];
  const at = panels.indexOf(place);
  for (const panel of panels) {
    const dot = panel.querySelectorAll(".task-steps-dots > span")[at];
    if (panel !== place) dot.dataset.state = state === "ticked" ? "done" : "to-do";
  }
}
