/* Search in the browser, from the files that `kbtool build` puts into search/. It comes to the same
   articles and scores as kbtool/search/impacts, where the reasons stand; tests compare. */

const FORMAT = 1, MAX_QUERY_LENGTH = 500, MAX_QUERY_WORDS = 48, LONGEST_WORD = 64, LONGEST_TITLE = 100;
const ASKED = 12, COMPLETED = 16, NEIGHBOURS = 2, GAP = 4;
const SHORTEST = 3, TWO_FROM = 6, KEPT = 4, SHORT = 5, HALF = 4, SHARDS = 4, ALIKE = 4, ENDING = 2;
const WHOLE = 16, PART = 10, TAIL = 7, COMPLETION = 6, ONLY_COMPLETION = 14, RELATIVE = 12, JOINED = 14, NEAR = [16, 15, 11];
const EXACT_TITLE = 2 ** 40, EXACT_QUESTION = 2 ** 39;
/* By level; by the share of a query that an article has, in 32nds. */
export const SCORES = [0];
while (SCORES.length < 256) SCORES.push(SCORES.at(-1) + Math.max(1, SCORES.at(-1) >> 5));
export const COVERAGE = Array.from({ length: 33 }, (_, step) => Math.round(256 * (step / 32) ** 0.6));

const all = (list, make) => Promise.all(list.map(make));
const backwards = (text) => [...text].reverse().join("");
const utf8 = new TextDecoder(), decode = (data) => utf8.decode(data);
const lastUpTo = (sorted, value) => Math.max(0, sorted.findLastIndex((one) => one <= value));

/* --- words --- */

const WORD = /([\p{L}\p{N}]+(?:['’][\p{L}\p{N}]+)*)/gu;
const LETTERS = { ı: "i", ß: "ss", ø: "o", æ: "ae", œ: "oe", ł: "l", đ: "d", ð: "d", þ: "th" };

function lower(text, lang) {
  text = text.normalize();
  if (lang === "tr" || lang === "az") text = text.replaceAll("İ", "i").replaceAll("I", "ı");
  return text.toLowerCase().replaceAll("i\u0307", "i").normalize();
}

const words = (text, { lang, cut } = {}) => (lower(text, lang).match(WORD) ?? [])
  .map((word) => (cut ? word.replace(/['’].*/, "") : word.replaceAll("’", "'")));

/* A word without case, diacritics (\u102e is none) and apostrophes. */
const keyOf = (word) => lower(word).replace(/./g, (letter) => LETTERS[letter] ?? letter)
  .normalize("NFD").replace(/(?!\u102e)\p{Mn}|'/gu, "");

/* --- files --- */

/* What `make` promises, asked for once. */
function once(kept, key, make) {
  if (!kept.has(key)) kept.set(key, make());
  return kept.get(key);
}

/* The bytes of a file, if there is one. Some servers undo the gzip. */
async function load(url, cache) {
  const answer = await fetch(url, { cache });
  if (answer.status === 404) return undefined;
  if (!answer.ok) throw new Error(url);
  const data = new Uint8Array(await answer.arrayBuffer());
  if (data[0] !== 0x1f || data[1] !== 0x8b) return data;
  const plain = new Response(data).body.pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(plain).arrayBuffer());
}

/* What reads a shard from its beginning to its end. */
function reader(data) {
  let at = 0;
  const byte = () => data[at++];
  const number = () => { const low = byte(); return low < 128 ? low : low - 128 + 128 * number(); };
  const bytes = () => { const size = number(); return data.subarray(at, at += size); };
  const text = () => decode(bytes());
  const list = (read, size = number()) => Array.from({ length: size }, () => read());
  const readings = () => list(() => {
    const scale = byte();
    return { scale, terms: list(() => [number(), byte()], byte()) };
  });
  const entry = () => ({
    having: number(), shown: text(), readings: readings(),
    spellings: new Map(list(() => [text(), readings()])),
    titled: list(number), asked: list(number),
  });
  /* Sorted keys with what stands after each; a key begins like the one before it. */
  const keyed = (read) => {
    let key = "";
    return list(() => [key = key.slice(0, number()) + text(), read()]);
  };
  return { byte, number, bytes, list, entry, keyed };
}

const NOTHING = reader(new Uint8Array(6)).entry();

/* The index of one language: its manifest, and what its shards hold. */
function openShelf(base, data) {
  let at = data.indexOf(10) + 1;
  const shelf = JSON.parse(decode(data.subarray(0, at)));
  if (shelf.format !== FORMAT) throw new Error(base);
  const starts = shelf.words.map(([start]) => start), firsts = shelf.words.map(([, first]) => first);
  const inside = new Map(shelf.inside.map(([name, size]) => [name, data.subarray(at, at += size)]));
  const shards = new Map(), lists = new Map();

  const shard = (name, read) => once(shards, name, async () => (
    read(inside.get(name) ?? await load(`${base}${shelf.lang}.${shelf.generation}/${name}`))
  ));
  const lexicon = (n) => shard(`w${n}`, (data) => {
    const { keyed, list, bytes } = reader(data);
    return { entries: new Map(keyed(bytes)), lists: list(bytes) };
  });
  const counts = (name) => shard(name, (data) => {
    const { keyed, number } = reader(data);
    return keyed(number).map(([key, having]) => ({ key: backwards(key), having }));
  });
  const unpack = (key, data) => (data ? { key, ...reader(data).entry() } : NOTHING);
  /* Of `most` shards those that may hold keys which begin with `start`. */
  const among = (starts, start, most, first = lastUpTo(starts, start)) => starts.slice(first, first + most)
    .flatMap((one, n) => (n && !one.startsWith(start) ? [] : first + n));

  return {
    ...shelf,
    short: () => counts("s0"),
    entry: async (key) => unpack(key, (await all(among(starts, key, 1), lexicon))[0]?.entries.get(key)),
    /* Words by their beginning and end; the shards of a beginning may be many. */
    starting: async (start, most, key = start) => (await all(among(starts, start, most, lastUpTo(starts, key)), lexicon))
      .flatMap(({ entries }) => [...entries]).filter(([key]) => key.startsWith(start) && /^[\p{L}\p{N}]+$/u.test(key))
      .map((one) => unpack(...one)),
    ending: async (end) => (await all(among(shelf.backwards, backwards(end), Infinity), (n) => counts(`r${n}`)))
      .flat().filter(({ key }) => key.endsWith(end)),
    /* The articles of a term, their scores, and what a word weighs by it. */
    postings: (term) => once(lists, term, async () => {
      const n = lastUpTo(firsts, term);
      const { number, list, byte } = reader((await lexicon(n)).lists[term - firsts[n]]);
      let article = -1;
      const weight = number(), articles = list(() => article += number() + 1);
      return { weight, articles, scores: articles.map(() => SCORES[byte()]) };
    }),
    row: async (article) => {
      const rows = await shard(`d${Math.floor(article / shelf.shown)}`, (data) => JSON.parse(decode(data)));
      return rows[article % shelf.shown];
    },
  };
}

/* --- a query → what each of its words may stand for --- */

function readQuery(text, shelf) {
  text = [...text].slice(0, MAX_QUERY_LENGTH).join("").normalize().replace(/[\p{Cc}\p{Cf}\p{Cs}]/gu, " ");
  const capitals = text.split(/\s+/).filter((part) => /^(?=.*\p{Uppercase})[^\p{Lowercase}\p{Lt}]{2,}$/u.test(part));
  const shouted = /\p{Lowercase}/u.test(text) ? words(capitals.join(" ")).map(keyOf) : [];
  const every = words(text, shelf)
    .filter((word) => word.length <= LONGEST_WORD && !/[\ud800-\udfff]/.test(word)).slice(0, MAX_QUERY_WORDS)
    .map((typed, place) => ({ typed, key: keyOf(typed), place }));
  const telling = every.filter(({ key }) => !shelf.stop.includes(key)), kept = telling.length ? telling : every;
  return {
    keys: every.map(({ key }) => key),
    kept: kept.filter(({ key }, n) => kept.findIndex((one) => one.key === key) === n),
    typing: /[\p{L}\p{N}]\**$/u.test(text) && kept.at(-1) === every.at(-1),
    isExact: ({ key }) => /\p{Nd}/u.test(key) || shouted.includes(key),
  };
}

async function readGroups({ keys, kept, typing, isExact }, shelf, asTyped) {
  const beside = keys.map(() => []);
  await all(kept.flatMap(({ place }) => together(place, keys)), async ([places, glue]) => {
    const entry = await shelf.entry(places.map((n) => keys[n]).join(glue));
    for (const n of places) beside[n].push(...(glue ? entry.readings : own(entry, JOINED)));
  });
  return all(kept, async (word) => {
    const { spellings, readings } = await shelf.entry(word.key), itself = spellings.get(word.typed) ?? readings;
    const longer = typing && word === kept.at(-1) ? await completions(word.key, shelf) : [];
    const found = [...itself, ...scaled(longer, itself.length ? COMPLETION : ONLY_COMPLETION), ...beside[word.place]];
    return found.length || isExact(word) ? { word, readings: found, known: found.length } : guess(word, shelf, asTyped);
  });
}

/* [places, what joins them] of a word with those beside it: one word, a phrase, one with a gap. */
function together(at, keys) {
  const found = [[[at, at + 1], ""], [[at, at + 1], " "], [[at, at + 1, at + 2], " "]];
  for (let n = 1; n <= GAP; n++) found.push([[at, at + n], "+"]);
  return found.filter(([places]) => places.every((n) => n in keys));
}

async function completions(key, shelf) {
  const { readings } = await shelf.entry(`${key}*`);
  if (readings.length) return readings;
  const longer = await shelf.starting(key, NEIGHBOURS);
  return best(longer.filter((one) => one.key !== key), COMPLETED).flatMap((one) => own(one, WHOLE));
}

/* An unknown word: a plain slip, else another form, the end of compounds, a compound, or a slip. */
async function guess(word, shelf, asTyped) {
  const { key } = word, near = asTyped ? [] : await corrections(key, shelf), [slip] = near;
  const slipped = near.flatMap((one) => scaled(one.readings, NEAR[one.far]));
  const isPlain = slip && isSlip(key, slip.key), corrected = isPlain && slip.having && (slip.shown || slip.key);
  if (isPlain && slip.far === 1) return { word, readings: slipped, forms: near, corrected };
  const [like, parts] = key.length < ALIKE ? [[], []] : await Promise.all([relatives(key, shelf), compounds(key, shelf)]);
  const alike = like.flatMap((one) => scaled(one.readings, RELATIVE));
  return { word, readings: [...alike, ...slipped, ...parts], forms: [...like, ...near], corrected };
}

async function compounds(key, shelf) {
  const [longer, ends] = await all([key, key.slice(-ALIKE)], shelf.ending);
  const found = best(longer.filter((one) => one.having && one.key.length >= key.length + ALIKE - 1), KEPT);
  const [tail] = ends.map((one) => one.key).filter((one) => key.endsWith(one) && one.length <= key.length - ALIKE)
    .sort((one, two) => two.length - one.length);
  const [head, end] = tail ? await all([key.slice(0, -tail.length), tail], shelf.entry) : [NOTHING, NOTHING];
  const first = own(head, JOINED);
  return [
    ...(await all(found, (one) => shelf.entry(one.key))).flatMap((one) => scaled(one.readings, PART)),
    ...first, ...own(end, first.length ? JOINED : TAIL),
  ];
}

const scaled = (readings, by) => readings.map(({ scale, terms }) => ({ scale: (scale * by) >> 4, terms }));
/* The readings of a word without its synonyms. */
const own = ({ readings }, by) => scaled(readings.filter(({ scale }) => scale === WHOLE), by);

/* --- words near an unknown one --- */

/* The most frequent, each once. */
const best = (found, most) => found.sort((one, two) => two.having - one.having || (one.key < two.key ? -1 : 1))
  .filter(({ key }, n) => key !== found[n - 1]?.key).slice(0, most);

/* The nearest words: one slip away, else two, or longer ones that begin with a slip, else those that
   no article has. */
async function corrections(key, shelf) {
  if (key.length < SHORTEST) return [];
  const every = await candidates(key, shelf), near = every.filter((one) => one.having);
  const isNear = (one, end) => slips(key, one.key.slice(0, end), 1) === 1;
  let far = 1, found = near.filter((one) => isNear(one));
  if (key.length >= TWO_FROM && !found.length) {
    far = 2;
    found = near.filter((one) => slips(key, one.key, 2) < 3 || one.key.length > key.length + 1 && isNear(one, key.length));
    if (!found.length) [far, found] = [1, every.filter((one) => isNear(one))];
  }
  if (key.length === SHORTEST) found = found.filter((one) => one.key[0] === key[0]);
  return all(best(found, KEPT), async (one) => ({ ...await shelf.entry(one.key), far }));
}

/* A slip leaves one half of a word whole, but for a swap in the middle. */
async function candidates(key, shelf) {
  if (key.length <= SHORT) return shelf.short();
  const half = Math.min(key.length >> 1, HALF);
  const found = await Promise.all([
    shelf.entry(key.slice(0, half - 1) + key[half] + key[half - 1] + key.slice(half + 1)),
    shelf.starting(key.slice(0, half), SHARDS), shelf.ending(key.slice(-half)),
  ]);
  return found.flat().filter((one) => one.key);
}

/* The words that have the longest beginning in common with `key`. */
async function relatives(key, shelf) {
  const size = (one) => shared(key, one.key);
  const fit = (await shelf.starting(key.slice(0, ALIKE), 1, key))
    .filter((one) => 2 * size(one) >= one.key.length || size(one) === key.length);
  const longest = Math.max(...fit.map(size));
  return best(fit.filter((one) => size(one) === longest), KEPT);
}

/* Whether `key` is no other form of the word: what differs, without what both begin and end with,
   is not just an ending. */
function isSlip(key, word) {
  const start = shared(key, word), end = shared(backwards(key.slice(start)), backwards(word.slice(start)));
  const one = key.slice(start, key.length - end), two = word.slice(start, word.length - end);
  if (one && two && one !== backwards(two)) return start < Math.min(key.length, word.length) - ENDING;
  return start + Math.max(one.length, two.length) < Math.max(key.length, word.length) || one && two;
}

function shared(one, two) {
  let size = 0;
  while (size < one.length && one[size] === two[size]) size++;
  return size;
}

/* Optimal string alignment distance, or any number above `most`. */
function slips(one, two, most) {
  const start = shared(one, two), [a, b] = one = one.slice(start), [c, d] = two = two.slice(start);
  if (!one || !two || !most) return Math.max(one.length, two.length);
  const after = (i, j) => 1 + slips(one.slice(i), two.slice(j), most - 1);
  return Math.min(after(0, 1), after(1, 0), after(1, 1), a === d && b === c ? after(2, 2) : Infinity);
}

/* --- articles --- */

/* Article → what it gets for a word, the best of its readings; what the word weighs. */
async function score({ readings }, shelf) {
  const top = Math.max(...readings.map(({ scale }) => scale)), points = new Map();
  const weights = await all(readings, async ({ scale, terms }) => {
    const lists = await all(terms, ([term]) => shelf.postings(term)), sums = new Map();
    lists.forEach(({ articles, scores }, n) => articles.forEach((article, at) => {
      const sum = (sums.get(article) ?? 0) + scale * terms[n][1] * scores[at];
      sums.set(article, sum);
      if (sum > (points.get(article) ?? 0)) points.set(article, sum);
    }));
    return scale === top ? Math.min(...lists.map(({ weight }) => weight)) : Infinity;
  });
  return { points, weight: readings.length ? Math.min(...weights) : shelf.unknown };
}

async function rank(text, shelf, { limit, category, tag, asTyped }) {
  const query = readQuery(text, shelf), { keys, kept } = query, groups = await readGroups(query, shelf, asTyped);
  let asked = await all(groups, (group) => score(group, shelf));
  if (asked.length > ASKED) {
    /* Of a long query the rarest words. */
    asked = asked.filter(({ points }) => points.size).sort((one, two) => two.weight - one.weight).slice(0, ASKED);
  }
  const whole = asked.reduce((sum, { weight }) => sum + weight, 0) || 1;
  /* Two words side by side, and a title or wording that is the query, only add to the score. */
  asked.push(...await all(kept.slice(1), async ({ key }, n) => (
    { ...await score(await shelf.entry(`${kept[n].key}_${key}`), shelf), weight: 0 }
  )));
  const exact = kept.length ? await shelf.entry(`${kept[0].key}=${keys.join(" ").slice(0, LONGEST_TITLE)}`) : NOTHING;
  asked.push({ points: [...exact.titled, ...exact.asked].map((article) => [article, 0]), weight: 0 });
  const tagged = tag && await shelf.entry(`#${words(tag).map(keyOf).join(" ")}`);
  const isInside = ({ article }) => (!tag || tagged.asked.includes(article))
    && (!category || shelf.categories.some(([name, at, size]) => name === category && at <= article && article < at + size));
  const hits = new Map();
  for (const { points, weight } of asked) {
    for (const [article, more] of points) {
      const hit = once(hits, article, () => ({ article, total: 0, found: 0 }));
      hit.total += more;
      hit.found += weight;
    }
  }
  const better = (one, two) => two.score - one.score || one.article - two.article;
  const ranked = [];
  for (const { article, total, found } of hits.values()) {
    const bonus = exact.titled.includes(article) ? EXACT_TITLE : exact.asked.includes(article) ? EXACT_QUESTION : 0;
    const hit = { article, score: bonus + Math.floor(total * COVERAGE[Math.floor(32 * found / whole)] / 256) };
    if (ranked.length === limit && better(ranked.at(-1), hit) < 0 || !isInside(hit)) continue;
    ranked.push(hit);
    ranked.sort(better).splice(limit);
  }
  const known = groups.filter((group) => group.known).length + keys.filter((key) => shelf.stop.includes(key)).length;
  return { shelf, groups, ranked, known: keys.length ? known / keys.length : 1 };
}

/* --- languages --- */

const shelves = new Map();

/* The reader's language comes first, unless it knows less than half of the words; others by code. */
async function ask(base, query, options) {
  const { lang, limit, onlyLang } = options, languages = [...options.languages].sort();
  /* A language without articles has no file, or an empty one. */
  const answer = async (code) => {
    const shelf = await once(shelves, base + code, async () => {
      const data = await load(`${base}${code}.kb`, "no-cache");
      return data && openShelf(base, data);
    });
    return shelf?.articles && rank(query, shelf, options);
  };
  const first = languages.includes(lang) && await answer(lang), settled = first?.known >= 0.5;
  const others = onlyLang && lang || settled && first.ranked.length >= limit ? [] : languages.filter((code) => code !== lang);
  const found = [first, ...await all(others, answer)].filter(Boolean);
  if (!found.length && !onlyLang) throw new Error(base);
  return settled ? found : found.sort((one, two) => two.known - one.known);
}

async function answer(base, query, options) {
  const found = await ask(base, query, options), [{ shelf, groups } = { groups: [] }] = found;
  const hits = found.flatMap((one) => one.ranked.map((hit) => ({ ...one, ...hit }))).slice(0, options.limit);
  const results = await all(hits, async ({ shelf, groups, article, score }) => {
    const [id, title, category, url, summary] = await shelf.row(article);
    return { id, title, lang: shelf.lang, category, url, permalink: `a/${id}/`, score, snippet: mark(summary, shelf, groups) };
  });
  const instead = new Map(groups.map(({ word, corrected }) => [word.key, corrected]));
  return {
    format: 1, query, lang: options.languages.find((code) => code === options.lang) ?? null, first_lang: shelf?.lang ?? null,
    corrected: [...instead.values()].some(Boolean) ? words(query, shelf).map((word) => instead.get(keyOf(word)) || word).join(" ") : null,
    count: results.length, results,
  };
}

/* [text, whether it is a word of the query] of a summary. */
function mark(text, shelf, groups) {
  const forms = groups.flatMap(({ word, forms: others = [] }) => [word, ...others]).map(({ key }) => key);
  const isForm = (key) => forms.some((form) => (
    form.length < ALIKE ? key === form : key.startsWith(form.slice(0, Math.max(ALIKE, form.length - ENDING)))
  ));
  return text.split(WORD).filter(Boolean).map((piece) => [piece, isForm(keyOf(words(piece, shelf).join("")))]);
}

/* What /api/search answers (kbtool/server/search/api.py), from the files below `base`. Throws when there
   are none. */
export async function search(base, query, options) {
  options = { limit: 10, ...options };
  const found = await answer(base, query, options).catch(() => {
    /* A newer release may have taken the place of the files. */
    shelves.clear();
    return answer(base, query, options);
  });
  options.signal?.throwIfAborted();
  return found;
}
