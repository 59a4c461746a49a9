/** What must be true when the faults have stopped and every phone was opened once (the seven of J20). */
export async function checkAll(world) {
  for (const check of [keptIsThere, nothingElseIsThere, pagesAgree, laterCounts, sentIsThere, nothingIsLeft, nobodyElses]) check(world);
}

function logs({ server }) {
  return [...server.plans].flatMap(([person, { log }]) => log.map((entry) => ({ ...entry, plan: person })));
}

function rows({ phones }, store, state = () => true) {
  return phones.flatMap(({ disk }) => [...disk.databases.keys()].flatMap((name) => disk.rows(name, store))).filter(state);
}

function isRefused({ state }) {
  return state === "refused";
}

/* 1. What the screen said to be kept is on the server exactly once, or stands in the visible list. */
function keptIsThere(world) {
  const refused = new Set(rows(world, "items", isRefused).map(({ said }) => said));
  const times = Map.groupBy(logs(world), ({ said }) => said);
  for (const { said } of world.kept) {
    const count = times.get(said)?.length ?? 0;
    const isThere = count === 1 || (count === 0 && (refused.has(said) || world.forgiven.has(said)));
    if (!isThere) world.fail(`1: ${said} is there ${count} times`);
  }
}

/* 2. Nothing is there that nobody did, or that the phone said it could not keep; and nothing twice. */
function nothingElseIsThere(world) {
  const seen = new Set();
  for (const { said, subject, id } of logs(world)) {
    if (world.tapOf(said)?.subject !== subject || world.notKept.has(said) || seen.has(said)) world.fail(`2: ${said} of ${subject} (${id}) was not done so`);
    seen.add(said);
  }
}

/* 3. The page that was opened last on each phone says what the server says. */
function pagesAgree(world) {
  for (const { pages } of world.phones) {
    const page = pages.findLast(({ isDead, outbox }) => outbox && !isDead);
    const truth = page && world.server.plans.get(page.person).words;
    for (const [subject, { said, at }] of truth ?? []) {
      const isKnown = at <= page.madeAt;
      if (isKnown && page.words.get(subject)?.said !== said) world.fail(`3: a page says other words of ${subject} than the server`);
    }
  }
}

/* 4. No word that was said in the knowledge of a later one stands in its place. */
function laterCounts(world) {
  const all = logs(world);
  for (const [person, { words }] of world.server.plans) {
    for (const [subject, { said }] of words) {
      const word = world.tapOf(said);
      const later = all.map((entry) => world.tapOf(entry.said)).find((tap) => tap.person === person && tap.subject === subject && (tap.after & word.bit) !== 0n);
      if (later) world.fail(`4: of ${subject} stands ${said}, though ${later.said} was said after it`);
    }
  }
}

/* 5. What was said to be sent is there, or stands in the visible list after a backup was put back. */
function sentIsThere(world) {
  const there = new Set([...logs(world), ...rows(world, "items", isRefused)].map(({ said }) => said));
  for (const said of world.sent)
    if (!there.has(said) && !world.forgiven.has(said)) world.fail(`5: ${said} was said to be sent`);
}

/* 6. Nothing is left to be sent. */
function nothingIsLeft(world) {
  for (const { said } of rows(world, "items", (item) => !isRefused(item))) world.fail(`6: ${said} still waits`);
}

/* 7. What somebody said is in their own plan alone. */
function nobodyElses(world) {
  for (const { said, plan, actor } of logs(world)) {
    const { person } = world.tapOf(said) ?? {};
    if (person !== plan || actor !== plan) world.fail(`7: ${said} of ${person} is in the plan of ${plan}`);
  }
}
