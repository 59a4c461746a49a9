/** What this tab has told its person already, and how a page tells it: with words of its own. */

/** Gives what was remembered under a name as long as this tab is open, or null. */
export function remembered(name) {
  try {
    return sessionStorage.getItem(name);
  } catch {
    return null;
  }
}

/** Remembers a text. Where the browser refuses, it is told on every page. */
export function remember(name, text) {
  try {
    sessionStorage.setItem(name, text);
  } catch {
    /* nothing to do */
  }
}

/** Tells what a template of the page says, where the page tells what has happened. */
export function tellHere(template) {
  const words = document.getElementById(template);
  if (words) document.querySelector(".notice-region").append(words.content.cloneNode(true));
  return Boolean(words);
}
