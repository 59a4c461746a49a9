/** Lets a page look as its person has chosen, from the moment of the choice. */
const LOOKS = { "setting-text_size": "textSize", "setting-theme": "theme" };

/** `states`: by subject, what was chosen and the page does not know yet. */
export function wear(states, page = document.documentElement) {
  for (const [subject, look] of Object.entries(LOOKS)) {
    const item = states.get(subject);
    const value = item?.state === "refused" ? null : new Map(item?.fields).get("value");
    if (value) page.dataset[look] = value;
  }
}
