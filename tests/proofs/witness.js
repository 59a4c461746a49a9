/*
 * Watches a page in a proof, and remembers in the tab what was written down on the phone and what
 * the screen said of it, with the instant. What the test has not read before the browser was killed
 * is forgotten: the test then counts it as not said.
 */
(() => {
  const KEY = "proof";
  const COUNT = "proof-count";
  const SAYS = {
    waiting: ["Kept on this phone", "Gardé sur ce téléphone"],
    sent: ["Sent", "Envoyé"],
    refused: ["This could not be done", "Cela n'a pas pu se faire"],
  };
  if (!location.protocol.startsWith("http") || window.top !== window || window.readNotes) return;
  const now = () => (performance.timeOrigin + performance.now()) / 1000;
  const notes = () => JSON.parse(sessionStorage.getItem(KEY) ?? "[]");

  function note(what) {
    const number = Number(sessionStorage.getItem(COUNT) ?? 0) + 1;
    sessionStorage.setItem(COUNT, number);
    sessionStorage.setItem(KEY, JSON.stringify([...notes(), { ...what, at: now(), number }]));
  }

  /* A page may be left while it answers: what was read is forgotten only when the test has it. */
  window.readNotes = notes;
  window.forgetNotes = (last) => {
    sessionStorage.setItem(KEY, JSON.stringify(notes().filter(({ number }) => number > last)));
  };

  /* Whether the screen has said what became of the last row that was written about a subject. */
  window.hasSaid = (subject) => {
    const row = notes().filter((each) => each.kind === "row" && each.subject === subject).at(-1);
    return Boolean(row) && notes().some((each) => each.kind !== "row" && each.id === row.id);
  };

  /* A transaction tells us first that it stands on the disk, and then whoever began it. */
  const writing = new Map();
  const { transaction } = IDBDatabase.prototype;
  IDBDatabase.prototype.transaction = function begin(...wanted) {
    const begun = transaction.apply(this, wanted);
    begun.addEventListener("complete", () => {
      for (const [id, row] of writing) {
        if (row.transaction === begun) writing.delete(id) && note({ ...row, transaction: begun.durability });
      }
    });
    return begun;
  };

  const { add } = IDBObjectStore.prototype;
  IDBObjectStore.prototype.add = function keep(row, ...key) {
    const { id, address, fields, subject } = row;
    const written = { kind: "row", id, address, fields, subject, transaction: this.transaction };
    if (this.name === "items") writing.set(id, written);
    return add.call(this, row, ...key);
  };

  const known = new Set();
  function look() {
    for (const state of document.querySelectorAll(".kept-state[data-id]")) {
      const { id, state: kind } = state.dataset;
      if (known.has(`${id} ${kind}`)) continue;
      known.add(`${id} ${kind}`);
      const place = state.closest("[data-subject]:not(form)") ?? state.previousElementSibling;
      const about = { id, subject: place.dataset.subject, isEarly: writing.has(id), words: wordsOf(state) };
      if (kind !== "keeping") note({ ...about, kind, says: SAYS[kind] });
      else if (promises(about.words)) note({ ...about, kind: "waiting", says: SAYS.waiting, isEarly: true });
    }
  }

  /* While the phone writes, the screen shows what was pressed, and promises nothing. */
  function promises(words) {
    return Object.values(SAYS).flat().some((each) => `${words}`.includes(each));
  }

  /* The words that can be seen; of what is out of sight, or of a row that a long day has not drawn yet,
     those that would be. */
  function wordsOf(state) {
    if (state.checkVisibility({ contentVisibilityAuto: true })) return state.querySelector(".kept-state-where:not([hidden])") && state.innerText;
    return [...state.querySelectorAll("[data-when]")]
      .filter(({ dataset }) => dataset.when === state.dataset.state)
      .map(({ textContent }) => textContent)
      .join(" ");
  }

  new MutationObserver(look).observe(document, { subtree: true, childList: true, attributes: true });
})();
