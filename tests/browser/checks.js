/* What can be measured on a page, for checks.py. Each function returns faults in words. */
window.pageChecks = (() => {
  const TARGETS = "a[href], button, input:not([type=hidden]), select, textarea, summary, [role=button]";
  const SMALLEST_TEXT = 20;
  const SLACK = 0.5;

  const isShown = (element) => element.getClientRects().length > 0
    && getComputedStyle(element).visibility === "visible";

  /* What is only heard has a box of 1 pixel, itself or around it. */
  function isOnlyHeard(element) {
    for (let each = element; each && each !== document.body; each = each.parentElement) {
      const box = each.getBoundingClientRect();
      if (box.width <= 1 && box.height <= 1 && getComputedStyle(each).overflow === "hidden") return true;
    }
    return false;
  }

  function isOffPage(element) {
    const box = element.getBoundingClientRect();
    return box.bottom + scrollY < 0 || box.right + scrollX < 0;
  }

  function called(element) {
    const words = (element.innerText || element.getAttribute("aria-label") || element.name || "").trim();
    const kind = element.className?.baseVal ?? element.className;
    return `<${element.localName}${kind ? ` ${kind}` : ""}> "${words.replace(/\s+/g, " ").slice(0, 40)}"`;
  }

  function* texts() {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const parent = node.parentElement;
      if (!node.data.trim() || !isShown(parent) || parent.closest("script, style, option")) continue;
      if (!isOnlyHeard(parent)) yield node;
    }
  }

  /* Bars that stick would lie over what is below them: here everything stands in its own place. */
  function layFlat() {
    const stuck = [...document.querySelectorAll("body *")]
      .filter((element) => ["sticky", "fixed"].includes(getComputedStyle(element).position));
    for (const element of stuck) element.style.position = "static";
    return () => {
      for (const element of stuck) element.style.removeProperty("position");
    };
  }

  function laidFlat(measure) {
    const putBack = layFlat();
    try {
      return measure();
    } finally {
      putBack();
    }
  }

  /* axe looks at the page laid flat too: what a bar covers for now has its colours all the same. */
  async function runAxe(tags) {
    const putBack = layFlat();
    try {
      return await axe.run(document, {
        runOnly: { type: "tag", values: tags },
        rules: { "target-size": { enabled: true }, "color-contrast-enhanced": { enabled: true } },
        resultTypes: ["violations", "incomplete"],
      });
    } finally {
      putBack();
    }
  }

  /* The place that a finger may touch: the whole row where an input stands inside its label. */
  function touched(element) {
    return element.matches("input") && element.closest("label") || element;
  }

  /* A link that is part of a sentence: it flows with words that are not its own. */
  function isInSentence(element) {
    if (element.localName !== "a" || getComputedStyle(element).display !== "inline") return false;
    return element.parentElement.textContent.trim().length > element.textContent.trim().length;
  }

  function allTargets() {
    const found = [...document.querySelectorAll(TARGETS)]
      .filter((element) => isShown(element) && !isOffPage(element) && !isInSentence(element))
      .map(touched);
    return [...new Set(found)];
  }

  function targets(smallest) {
    return laidFlat(() => allTargets().flatMap((element) => {
      const { width, height } = element.getBoundingClientRect();
      if (width >= smallest - 0.01 && height >= smallest - 0.01) return [];
      return [`${called(element)} is ${width.toFixed(1)}×${height.toFixed(1)} px to touch, less than ${smallest}`];
    }));
  }

  function distances(least) {
    return laidFlat(() => {
      const boxes = allTargets().map((element) => [element, element.getBoundingClientRect()]);
      const faults = [];
      boxes.forEach(([one, a], index) => {
        for (const [other, b] of boxes.slice(index + 1)) {
          if (one.contains(other) || other.contains(one)) continue;
          const across = Math.max(a.left - b.right, b.left - a.right);
          const down = Math.max(a.top - b.bottom, b.top - a.bottom);
          const apart = Math.max(across, down);
          if (apart < least - SLACK) {
            faults.push(`${called(one)} and ${called(other)} are ${apart.toFixed(1)} px apart, less than ${least}`);
          }
        }
      });
      return faults;
    });
  }

  function sideways() {
    const page = document.scrollingElement;
    if (page.scrollWidth <= page.clientWidth) return [];
    const wide = [...document.querySelectorAll("body *")]
      .filter((element) => isShown(element) && element.getBoundingClientRect().right > page.clientWidth + SLACK)
      .filter((element) => !isOnlyHeard(element));
    const deepest = wide.filter((element) => !wide.some((other) => other !== element && element.contains(other)));
    return [`the page is ${page.scrollWidth} px wide in ${page.clientWidth} px: ${deepest.slice(0, 3).map(called).join(", ")}`];
  }

  function smallText() {
    const places = [...texts()].map((node) => node.parentElement);
    const fields = [...document.querySelectorAll("input:not([type=hidden]), select, textarea")].filter(isShown);
    return [...new Set([...places, ...fields])].flatMap((element) => {
      const size = parseFloat(getComputedStyle(element).fontSize);
      return size >= SMALLEST_TEXT - 0.01 ? [] : [`${called(element)} is written at ${size} px`];
    });
  }

  /* The words of a control may stand in its middle; sentences start at the side. */
  function mannerFaults(element) {
    const style = getComputedStyle(element);
    const aligned = ["start", "left"];
    if (element.closest("a, button")) aligned.push("center");
    return [
      [style.fontStyle !== "normal", "is slanted"],
      [style.textTransform !== "none", "changes its capitals"],
      [style.fontVariantCaps !== "normal", "has small capitals"],
      [style.textShadow !== "none", "has a shadow"],
      [!["manual", "none"].includes(style.hyphens), "may be cut with hyphens"],
      [!aligned.includes(style.textAlign), `is aligned to the ${style.textAlign}`],
      [style.textDecorationLine.includes("underline") && !element.closest("a"), "is underlined"],
    ].filter(([wrong]) => wrong).map(([, words]) => `${called(element)} ${words}`);
  }

  function manner() {
    return [...new Set([...texts()].map((node) => node.parentElement))].flatMap(mannerFaults);
  }

  function tightLines() {
    const places = [...new Set([...texts()].map((node) => node.parentElement))];
    return places.filter((element) => !element.closest("a, button, input, select")).flatMap((element) => {
      const style = getComputedStyle(element);
      const ratio = parseFloat(style.lineHeight) / parseFloat(style.fontSize);
      return ratio >= 1.5 - 0.01 || element.getClientRects().length === 0 || element.offsetHeight < parseFloat(style.fontSize) * 2.5
        ? [] : [`${called(element)} has lines ${ratio.toFixed(2)} high`];
    });
  }

  /* A word stands on one line; an address may be broken where its style says so. */
  function cutWords() {
    const faults = [];
    for (const node of texts()) {
      if (getComputedStyle(node.parentElement).overflowWrap === "anywhere") continue;
      for (const found of node.data.matchAll(/[\p{L}\p{N}'’]+/gu)) {
        const range = document.createRange();
        range.setStart(node, found.index);
        range.setEnd(node, found.index + found[0].length);
        const lines = new Set([...range.getClientRects()].map((box) => Math.round(box.top)));
        if (lines.size > 1) faults.push(`the word "${found[0]}" stands on ${lines.size} lines`);
      }
    }
    return faults;
  }

  /* Words that leave their control or the screen. */
  function clipped() {
    const faults = [];
    const screen = document.scrollingElement.clientWidth;
    for (const node of texts()) {
      const range = document.createRange();
      range.selectNodeContents(node);
      const control = node.parentElement.closest("button, a, label, li, article, section, main, header, nav, aside");
      const frame = (control ?? document.body).getBoundingClientRect();
      for (const box of range.getClientRects()) {
        const outside = box.left < frame.left - 2 || box.right > frame.right + 2
          || box.top < frame.top - 6 || box.bottom > frame.bottom + 6
          || box.right > screen + 1 || box.left < -1;
        if (outside && !isOffPage(node.parentElement)) {
          faults.push(`the words of ${called(node.parentElement)} leave ${called(control ?? document.body)}`);
          break;
        }
      }
    }
    for (const element of document.querySelectorAll("body *")) {
      const style = getComputedStyle(element);
      if (!isShown(element) || element.matches("input, select") || isOnlyHeard(element) || element instanceof SVGElement) continue;
      const hides = [style.overflowX, style.overflowY].some((way) => way !== "visible");
      if (hides && (element.scrollWidth > element.clientWidth + 1 || element.scrollHeight > element.clientHeight + 1)) {
        faults.push(`${called(element)} hides a part of what it holds`);
      }
    }
    return faults;
  }

  /* A bar that sticks to an edge now, and lies over the page there. */
  function bars() {
    return [...document.querySelectorAll("body *")].filter((element) => {
      if (!isShown(element) || isOffPage(element)) return false;
      const style = getComputedStyle(element);
      return ["sticky", "fixed"].includes(style.position);
    });
  }

  function covers(bar, element, box) {
    if (bar.contains(element) || element.contains(bar)) return false;
    const over = bar.getBoundingClientRect();
    const isOver = Math.min(over.right, box.right) - Math.max(over.left, box.left) > 1
      && Math.min(over.bottom, box.bottom) - Math.max(over.top, box.top) > 1;
    return isOver;
  }

  function mainAction() {
    const shown = [...document.querySelectorAll("[data-kind=main]")].filter(isShown)
      .filter((element) => !element.closest(".notice"));
    if (shown.length > 1) return [`${shown.length} main actions at once: ${shown.map(called).join(", ")}`];
    return shown.flatMap(hiddenPart);
  }

  function firstField() {
    const fields = [...document.querySelectorAll("main input:not([type=hidden]), main select")];
    return fields.filter(isShown).slice(0, 1).flatMap(hiddenPart);
  }

  /* Why an element cannot be seen whole as the screen stands. */
  function hiddenPart(element) {
    const box = element.getBoundingClientRect();
    const { clientWidth, clientHeight } = document.documentElement;
    const isInside = box.top >= 0 && box.left >= 0 && box.bottom <= clientHeight + SLACK && box.right <= clientWidth + SLACK;
    if (!isInside) return [`${called(element)} ends at ${box.bottom.toFixed(0)} px, below the ${clientHeight} px of the screen`];
    return bars().filter((bar) => covers(bar, element, box)).map((bar) => `${called(bar)} covers ${called(element)}`);
  }

  function headings() {
    const shown = [...document.querySelectorAll("h1")].filter(isShown);
    return shown.length === 1 ? [] : [`${shown.length} main headings`];
  }

  function language(wanted) {
    const { lang } = document.documentElement;
    return lang === wanted ? [] : [`the page says lang="${lang}", not "${wanted}"`];
  }

  function pictures() {
    const bare = [...document.querySelectorAll("main a, main button, nav a, header a, header button")]
      .filter((element) => isShown(element) && !isInSentence(element))
      .filter((element) => !element.matches(".code-keypad-key, .error-summary-link, .skip-link, .now-card-title > a"));
    return bare.flatMap((element) => {
      const faults = [];
      if (!element.querySelector("svg, img")) faults.push(`${called(element)} has no picture`);
      if (!element.innerText.trim()) faults.push(`${called(element)} has no words`);
      return faults;
    });
  }

  function stillMoves() {
    return [...document.querySelectorAll("body *")].filter(isShown).flatMap((element) => {
      const style = getComputedStyle(element);
      const lasts = [style.transitionDuration, style.animationDuration].join(",").split(",")
        .some((each) => parseFloat(each) > 0);
      return lasts ? [`${called(element)} still moves`] : [];
    });
  }

  /* The spacing that a person may set in their browser (WCAG 1.4.12). */
  function spaceOut() {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; }
      p { margin-block-end: 2em !important; }`);
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  }

  return {
    targets, distances, sideways, smallText, manner, tightLines, cutWords, clipped, mainAction, firstField,
    headings, language, pictures, stillMoves, spaceOut, runAxe,
    TARGETS, SLACK, isShown, called, bars, covers,
  };
})();
