/**
 * The bugs that the model can be given, each by its name. They stand in the model alone: where one
 * is in a rule of the real code, what goes in and out of that code is changed.
 */
export const BUGS = {
  takenTwice: "the server takes an id twice",
  removedBeforeSending: "an item leaves the outbox before it is sent",
  saysKeptEarly: "the screen says kept before it is kept",
  removedOnAnyStatus: "an item leaves the outbox on any answer",
  wholeList: "a phone sends its whole list",
  phoneClock: "the phone's own clock says what was later",
  sharedBlob: "two tabs share one stored list",
  clearedAtSignOut: "signing out clears what waits",
  refusalBlocks: "one refused item blocks the others",
  downloadReplaces: "a new page replaces what waits",
  answersEarly: "the server answers before it commits",
  sinceTimestamp: "a page takes only what is new since the phone's time",
  backupForgotten: "a server from a backup says that it knows all",
  countedIds: "after an eviction the phone counts its ids from one again",
  wrongPerson: "another person sends what waits",
};

/** What stands between the model and the real code: with no bug, nothing. */
export const planted = {
  owner({ wrongPerson }, page) {
    return wrongPerson ? page.owner.replace(page.person, "everyone") : page.owner;
  },

  store({ sharedBlob }, page, store) {
    if (!sharedBlob) return store;
    const keep = store.keep.bind(store);
    const rows = () => page.phone.disk.databases.get(`my-pace-${page.person}`).stores.get("items");
    const blob = [...rows().values()];
    store.keep = async (facts) => {
      const item = await keep(facts);
      blob.push(item);
      rows().clear();
      for (const each of blob) rows().set(each.id, each);
      return item;
    };
    return store;
  },

  /* Whether the phone is emptied without a question. */
  emptied({ clearedAtSignOut }, page) {
    if (clearedAtSignOut) page.phone.disk.databases.delete(`my-pace-${page.person}`);
    return clearedAtSignOut;
  },

  request({ removedBeforeSending, wholeList, phoneClock, countedIds }, page, asked) {
    const { headers, body } = asked;
    const id = headers["Outbox-Change"];
    const counted = (name) => countedIds && headers[name] && { [name]: countedId(page.phone, headers[name]) };
    const named = { ...headers, ...counted("Outbox-Latest"), ...counted("Outbox-Change") };
    if (!id) return { ...asked, headers: named };
    if (removedBeforeSending) page.phone.disk.databases.get(`my-pace-${page.person}`)?.stores.get("items").delete(id);
    if (wholeList) body.set("states", JSON.stringify(listOf(page, body)));
    const wall = phoneClock && { "Outbox-Clock": page.world.tapOf(body.get("said")).wall };
    return { ...asked, headers: { ...named, ...wall } };
  },

  answer({ removedOnAnyStatus, refusalBlocks, countedIds }, page, { headers }, answer) {
    const id = headers["Outbox-Change"];
    if (countedIds && id) return changed(answer, (text) => text.replace(countedId(page.phone, id), id));
    if (removedOnAnyStatus && id) return { ...changed(answer, () => taken(id)), status: 200 };
    return refusalBlocks ? changed(answer, withoutRefusal) : answer;
  },

  download({ downloadReplaces, sinceTimestamp }, phone, person, fresh) {
    const before = phone.keptPages.get(person);
    const [since, wall] = [phone.since ?? -Infinity, phone.world.time.now + phone.offsetMs];
    if (downloadReplaces) phone.disk.databases.get(`my-pace-${person}`)?.stores.get("items").clear();
    phone.since = wall;
    if (!sinceTimestamp || !before) return fresh;
    const isNew = ([, { at }]) => at >= since;
    return { ...fresh, words: new Map([...before.words, ...[...fresh.words].filter(isNew)]) };
  },
};

/* The ids are counted on the phone, and the count goes with all else that it keeps. */
function countedId({ number, counted }, id) {
  if (!counted.has(id)) counted.set(id, `counted-${number}-${counted.size}`);
  return counted.get(id);
}

function changed(answer, change) {
  return { ...answer, text: async () => change(await answer.text()) };
}

function taken(change) {
  return JSON.stringify({ change, state: "taken", clock: 1, outcome: "applied" });
}

function withoutRefusal(text) {
  if (text.includes('"refused"')) throw new TypeError("nothing goes on");
  return text;
}

/* All that the page shows, with what is said now. */
function listOf(page, body) {
  const known = [...page.words].map(([subject, { said }]) => [subject, said]);
  return { ...Object.fromEntries(known), [body.get("subject")]: body.get("said") };
}
