/* Follows the keyboard through a page; `checks.js` comes before it. */
(() => {
  const { TARGETS, SLACK, isShown, called, bars, covers } = window.pageChecks;

  let visited = new WeakSet();

  /* The next Tab starts at the top of the page again. */
  function startOver() {
    visited = new WeakSet();
    scrollTo(0, 0);
    document.body.tabIndex = -1;
    document.body.focus();
    document.body.removeAttribute("tabindex");
  }

  /* Controls that no Tab has reached. Of a group of radio buttons one is enough: arrows do the rest. */
  function unreached() {
    const groups = [...document.querySelectorAll("input[type=radio]")].filter((each) => visited.has(each));
    const isReached = (element) => visited.has(element)
      || (element.type === "radio" && groups.some((each) => each.name === element.name));
    return [...document.querySelectorAll(TARGETS)]
      .filter((element) => isShown(element) && !element.disabled && !isReached(element))
      .map((element) => `the keyboard does not reach ${called(element)}`);
  }

  /* Where the keyboard is: seen whole, under no bar, with a ring. */
  function focus() {
    const element = document.activeElement;
    if (!element || element === document.body) return [];
    visited.add(element);
    const shown = element.closest("label") ?? element;
    const box = shown.getBoundingClientRect();
    const faults = bars().filter((bar) => covers(bar, element, box))
      .map((bar) => `${called(bar)} covers ${called(element)}, which has the focus`);
    const { clientWidth, clientHeight } = document.documentElement;
    const isHigh = box.height > clientHeight * 0.8;
    const isInside = box.left >= -SLACK && box.right <= clientWidth + SLACK
      && (isHigh || (box.top >= -SLACK && box.bottom <= clientHeight + SLACK));
    if (!isInside) faults.push(`${called(element)} has the focus and is not on the screen`);
    const ringed = [element, shown].some((each) => {
      const style = getComputedStyle(each);
      return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
    });
    if (!ringed) faults.push(`${called(element)} has the focus without a ring`);
    return faults;
  }

  function focused() {
    const element = document.activeElement;
    if (!element || element === document.body) return null;
    const all = [...document.querySelectorAll("*")];
    return `${all.indexOf(element)} ${called(element)}`;
  }

  /* A field for a day or a time has a stop for each of its parts. */
  function hasParts() {
    return ["date", "time"].includes(document.activeElement?.type);
  }

  Object.assign(window.pageChecks, { focus, focused, hasParts, startOver, unreached });
})();
