/* What the benchmarks look at in a page; it runs before the page's own scripts. */
globalThis.bench = {
  /** Resolves with the time when the first picture of which this is true stands on the screen. */
  painted(isTrue = () => true) {
    return new Promise((resolve) => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => resolve(performance.now());
      const draw = () => (isTrue() ? port2.postMessage(null) : requestAnimationFrame(draw));
      requestAnimationFrame(draw);
    });
  },

  /** How long after the navigation this part of the page was to be seen, in milliseconds. */
  shown(selector) {
    return bench.painted(() => bench.isSeen(document.querySelector(selector)));
  },

  isSeen(element) {
    return Boolean(element?.getClientRects().length) && getComputedStyle(element).visibility === "visible";
  },

  /** How long the worker took to answer the navigation: browsers slow pages only, no workers. */
  inTheWorker() {
    const [{ workerStart, responseEnd }] = performance.getEntriesByType("navigation");
    return workerStart ? responseEnd - workerStart : 0;
  },

  /**
   * Waits for a tap, and tells how many milliseconds later the words of each of these elements stood
   * on the screen for the first time, as the browser itself knows it.
   */
  async watchTap(selectors) {
    const drawn = new Map();
    let tapped = null;
    for (const each of selectors) bench.words(each).setAttribute("elementtiming", each);
    addEventListener("click", (event) => { tapped = event.timeStamp; }, { capture: true, once: true });
    new PerformanceObserver((all) => {
      for (const { identifier, renderTime } of all.getEntries()) drawn.set(identifier, renderTime - tapped);
      const times = selectors.map((each) => drawn.get(each));
      if (times.every(Boolean)) console.log(`took ${JSON.stringify(times)}`);
    }).observe({ type: "element" });
    await bench.isAtRest();
  },

  /** Waits until the page has shown that the network is gone, and has nothing more to do. */
  isAtRest() {
    return bench.painted().then(() => new Promise((resolve) => requestIdleCallback(resolve)));
  },

  /** Where a finger meets an element. */
  middle(selector) {
    const { x, y, width, height } = document.querySelector(selector).getBoundingClientRect();
    return [x + width / 2, y + height / 2];
  },

  /** An element of the page, or of its template of what was said. */
  words(selector) {
    return document.querySelector(selector) ?? document.querySelector("#kept-state").content.querySelector(selector);
  },

  /** The floor of a tap: one row is kept for good, then one text changes. */
  async prepareFloor() {
    const opening = indexedDB.open("floor", 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore("items", { keyPath: "id" });
    const database = await bench.answered(opening);
    document.querySelector("button").addEventListener("click", () => {
      const transaction = database.transaction("items", "readwrite", { durability: "strict" });
      transaction.objectStore("items").put({ id: crypto.randomUUID(), words: "It's done" });
      transaction.oncomplete = () => { document.querySelector("#said").textContent = "Kept"; };
    });
  },

  answered(request) {
    return new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
  },

  /** Keeps a page of so many bytes for the bare worker, which answers it from then on. */
  async keepFloor(bytes) {
    await navigator.serviceWorker.register("/floor/worker.js");
    await navigator.serviceWorker.ready;
    const cache = await caches.open("floor");
    await cache.put("/floor/page", await fetch(`/floor/page?bytes=${bytes}`));
  },

  /** Sends rows to the floor, one after the other. */
  async sendRows(count) {
    for (let number = 0; number < count; number += 1) {
      const answer = await fetch("/floor/row", { method: "POST", body: new URLSearchParams({ words: `row ${number}` }) });
      await answer.text();
    }
  },

  /** Opens what the app has made; opening it before would make it empty. */
  async open(name) {
    await bench.until(async () => (await indexedDB.databases()).some((each) => each.name === name));
    return bench.answered(indexedDB.open(name));
  },

  async until(isTrue) {
    while (!(await isTrue())) await new Promise((resolve) => setTimeout(resolve, 20));
  },

  /** Waits until the phone keeps the pages of a person, and the files that belong to them. */
  hasKept(person) {
    return bench.until(() => caches.match("/kept/pages", { cacheName: `kept-${person}` }));
  },

  /** How many bytes one of the kept pages is long. */
  async keptSize(path) {
    const { lines, pages } = await (await fetch("/kept")).json();
    const page = pages.find((each) => each.path === path);
    return new Blob([page.lines.map((number) => lines[number]).join("\n")]).size;
  },

  /** Puts rows into a store of the outbox, as the phone itself writes them. */
  async put(name, store, rows) {
    const database = await bench.open(name);
    const transaction = database.transaction(store, "readwrite");
    for (const row of rows) transaction.objectStore(store).put(row);
    await new Promise((resolve, reject) => { transaction.oncomplete = resolve; transaction.onerror = reject; });
    database.close();
  },

  /** Waits until a store has no rows. */
  async isEmpty(name, store) {
    const database = await bench.open(name);
    await bench.until(async () => !(await bench.answered(database.transaction(store).objectStore(store).count())));
    database.close();
  },

  /** How many bytes are kept: of each cache, and of each database as text. */
  async kept() {
    const sizes = {};
    for (const name of await caches.keys()) {
      const cache = await caches.open(name);
      for (const request of await cache.keys()) {
        const body = await (await cache.match(request)).arrayBuffer();
        sizes[name] = (sizes[name] ?? 0) + body.byteLength + request.url.length;
      }
    }
    for (const { name } of await indexedDB.databases()) {
      const database = await bench.open(name);
      for (const store of database.objectStoreNames) {
        const rows = await bench.answered(database.transaction(store).objectStore(store).getAll());
        sizes[name] = (sizes[name] ?? 0) + new Blob([JSON.stringify(rows)]).size;
      }
      database.close();
    }
    return sizes;
  },
};
