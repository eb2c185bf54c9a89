/* Search in the browser: asks the files that `kbtool build` writes to search/ and comes to the same
   articles and scores as kbtool/search/impacts (Python), which says why things are as they are.
   Names are the same there. All scores are integers; keys sort by UTF-16, as strings do here. */

const FORMAT = 1;
const MAX_QUERY_LENGTH = 500, MAX_QUERY_WORDS = 48, LONGEST_WORD = 64, LONGEST_TITLE = 100;
/* Scales, in sixteenths. */
const WHOLE = 16, PART = 10, TAIL = 7, COMPLETION = 6, ONLY_COMPLETION = 14, RELATIVE = 12, JOINED = 14;
const NEAR = [16, 13, 10];
const EXACT_TITLE = 2 ** 40, EXACT_QUESTION = 2 ** 39;
const ASKED = 12, COMPLETED = 16, NEIGHBOURS = 2, GAP = 4, PHRASE = 3;
/* Near words. */
const SHORTEST = 3, TWO_FROM = 6, KEPT = 4, SHORT = 5, HALF = 4, SHARDS = 4, ALIKE = 4, ENDING = 2;
/* Level → score, and share of a query's weight in 32nds → factor in 256ths. */
export const SCORES = [0];
while (SCORES.length < 256) SCORES.push(SCORES.at(-1) + Math.max(1, Math.floor(SCORES.at(-1) / 32)));
export const COVERAGE = Array.from({ length: 33 }, (_, step) => Math.round(256 * (step / 32) ** 0.6));

const utf8 = new TextDecoder();
const nothing = { having: 0, shown: "", readings: [], spellings: new Map(), titled: [], asked: [] };

/* --- text -------------------------------------------------------------------------------------- */

const LETTERS = { ı: "i", ß: "ss", ø: "o", æ: "ae", œ: "oe", ł: "l", đ: "d", ð: "d", þ: "th" };
const WORD = /[\p{L}\p{N}]+(?:['’][\p{L}\p{N}]+)*/gu;
/* Code points, as Python counts them. */
const cut = (text, size) => (text.length > size ? [...text].slice(0, size).join("") : text);
const backwards = (text) => [...text].reverse().join("");

function lower(text, lang) {
  text = text.normalize("NFC");
  if (lang === "tr" || lang === "az") text = text.replaceAll("İ", "i").replaceAll("I", "ı");
  return text.toLowerCase().replaceAll("i\u0307", "i").normalize("NFC");
}

/* A word without case, diacritics and apostrophes: what it is looked up by. Of all letters one
   (Burmese ဦ) has a mark that does not combine. */
const keyOf = (word) => lower(word).replace(/[ıßøæœłđðþ]/g, (letter) => LETTERS[letter])
  .normalize("NFD").replace(/(?!\u102e)\p{Mn}|'/gu, "");

function words(text, lang, dropEndings) {
  const found = lower(text, lang).match(WORD) ?? [];
  return found.map((word) => (dropEndings ? word.replace(/['’].*/, "") : word.replaceAll("’", "'")));
}

/* --- files ------------------------------------------------------------------------------------- */

class Gone extends Error {}

/* What `make` promises, made once and kept, but not when it fails. */
function kept(map, key, make) {
  if (!map.has(key)) {
    const made = make();
    map.set(key, made);
    made.catch(() => map.get(key) === made && map.delete(key));
  }
  return map.get(key);
}

/* The bytes of a file, null when there is none. A server may have undone the gzip: no shard begins
   with its first two bytes. */
async function load(url, cache) {
  const answer = await fetch(url, { cache });
  if (answer.status === 404) return null;
  if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
  const data = new Uint8Array(await answer.arrayBuffer());
  if (data[0] !== 0x1f || data[1] !== 0x8b) return data;
  const unpacked = new Response(data).body.pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(unpacked).arrayBuffer());
}

/* A place in a shard. */
class Cursor {
  constructor(data, at = 0) { Object.assign(this, { data, at }); }
  byte() { return this.data[this.at++]; }
  number() {
    let found = 0, scale = 1, byte;
    do {
      byte = this.byte();
      found += (byte & 127) * scale;
      scale *= 128;
    } while (byte > 127);
    return found;
  }
  bytes() { const size = this.number(); return this.data.subarray(this.at, this.at += size); }
  text() { return utf8.decode(this.bytes()); }
  list(read, size = this.number()) { return Array.from({ length: size }, read); }
  /* Sorted keys with what stands after each; a key begins like the one before it. */
  keys(read) {
    let key = "";
    return this.list(() => {
      key = cut(key, this.number()) + this.text();
      return [key, read()];
    });
  }
  readings() {
    return this.list(() => {
      const scale = this.byte(), size = this.byte();
      return { scale, terms: this.list(() => [this.number(), this.byte()], size) };
    });
  }
  entry() {
    return {
      having: this.number(),
      shown: this.text(),
      readings: this.readings(),
      spellings: new Map(this.list(() => [this.text(), this.readings()])),
      titled: this.list(() => this.number()),
      asked: this.list(() => this.number()),
    };
  }
}

/* The index of one language. */
class Shelf {
  constructor(base, lang, data) {
    let at = data.indexOf(10) + 1;
    Object.assign(this, JSON.parse(utf8.decode(data.subarray(0, at))));
    if (this.format !== FORMAT) throw new Error(`${lang}.kb: another format`);
    this.folder = `${base}${lang}.${this.generation}/`;
    this.stop = new Set(this.stop);
    this.inside = new Map(this.inside.map(([name, size]) => [name, data.subarray(at, at += size)]));
    this.starts = this.words.map(([start]) => start);
    this.firstTerms = this.words.map(([, first]) => first);
    this.shards = new Map();
    this.lists = new Map();
  }

  shard(name, read) {
    return kept(this.shards, name, async () => {
      const data = this.inside.get(name) ?? await load(this.folder + name);
      if (!data) throw new Gone(name);
      return read(data);
    });
  }

  lexicon(number) {
    return this.shard(`w${number}`, (data) => {
      const cursor = new Cursor(data);
      return { entries: new Map(cursor.keys(() => cursor.entry())), lists: cursor.list(() => cursor.bytes()) };
    });
  }

  counts(name) {
    return this.shard(name, (data) => {
      const cursor = new Cursor(data);
      return cursor.keys(() => cursor.number());
    });
  }

  async entry(key) {
    if (!this.starts.length) return undefined;
    return (await this.lexicon(lastUpTo(this.starts, key))).entries.get(key);
  }

  /* [word, entry] of the words that begin with `start`, in so many shards from `first` on. */
  async starting(start, most, first = lastUpTo(this.starts, start)) {
    const shards = await Promise.all(among(this.starts, start, first, most).map((n) => this.lexicon(n)));
    return shards.flatMap(({ entries }) => [...entries].filter(([key, { having }]) => having && key.startsWith(start)));
  }

  /* [word, articles that have it] of the words with this ending. */
  async ending(end) {
    const start = backwards(end);
    const places = among(this.backwards, start, lastUpTo(this.backwards, start), Infinity);
    const shards = await Promise.all(places.map((n) => this.counts(`r${n}`)));
    return shards.flat().filter(([key]) => key.startsWith(start)).map(([key, having]) => [backwards(key), having]);
  }

  async shortWords() {
    return (await this.counts("s0")).map(([key, having]) => [backwards(key), having]);
  }

  /* The articles of a term with their scores, and what a word weighs by it. */
  postings(term) {
    return kept(this.lists, term, async () => {
      const shard = lastUpTo(this.firstTerms, term);
      const cursor = new Cursor((await this.lexicon(shard)).lists[term - this.firstTerms[shard]]);
      const weight = cursor.number();
      let article = -1;
      const articles = cursor.list(() => (article += cursor.number() + 1));
      return { weight, articles, scores: articles.map(() => SCORES[cursor.byte()]) };
    });
  }

  async shownRow(article) {
    const rows = await this.shard(`d${Math.floor(article / this.shown)}`, (data) => JSON.parse(utf8.decode(data)));
    return rows[article % this.shown];
  }
}

/* The place of the last of sorted values up to `value`, 0 when there is none. */
function lastUpTo(sorted, value) {
  let low = 0, high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle] <= value) low = middle + 1; else high = middle;
  }
  return Math.max(0, low - 1);
}

/* Of so many shards from `first` on those that may hold keys which begin with `start`. */
function among(starts, start, first, most) {
  let end = Math.min(first + 1, starts.length);
  while (end < Math.min(starts.length, first + most) && starts[end].startsWith(start)) end++;
  return Array.from({ length: end - first }, (_, n) => first + n);
}

/* --- a query → groups: what each of its words may stand for -------------------------------------- */

const digits = /\p{Nd}/u, beyond = /[\ud800-\udfff]/, unfinished = /[\p{L}\p{N}]\**$/u, plain = /^[\p{L}\p{N}]*$/u;

function readQuery(text, shelf) {
  text = cut(text, MAX_QUERY_LENGTH).normalize("NFC").replace(/[\p{Cc}\p{Cf}\p{Cs}]/gu, " ");
  const shouted = new Set(/\p{Lowercase}/u.test(text) ? text.split(/\s+/).filter(isShouted).flatMap((w) => words(w)).map(keyOf) : []);
  const every = words(text, shelf.lang, shelf.cut)
    .filter((word) => word.length <= LONGEST_WORD && !beyond.test(word)).slice(0, MAX_QUERY_WORDS)
    .map((typed, place) => {
      const key = keyOf(typed);
      return { typed, key, place, exact: shouted.has(key) || digits.test(key) };
    });
  const meaning = every.filter(({ key }) => !shelf.stop.has(key));
  const all = meaning.length ? meaning : every;
  const once = all.filter((word, n) => all.findIndex(({ key }) => key === word.key) === n);
  const typing = unfinished.test(text) && all.length > 0 && all.at(-1) === every.at(-1);
  return { keys: every.map(({ key }) => key), words: once, typing };
}

/* Capitals among other words: a name or a code. */
const isShouted = (word) => word.length > 1 && /\p{Uppercase}/u.test(word) && !/[\p{Lowercase}\p{Lt}]/u.test(word);

async function readGroups({ keys, words: asked, typing }, shelf, asTyped) {
  const beside = new Map();
  await Promise.all(asked.flatMap(({ place }) => together(keys, place)).map(async ([places, key]) => {
    const entry = await shelf.entry(key);
    if (!entry) return;
    const readings = plain.test(key) ? own(entry, JOINED) : entry.readings;
    for (const place of places) beside.set(place, [...(beside.get(place) ?? []), ...readings]);
  }));
  return Promise.all(asked.map(async (word, n) => {
    const readings = await readingsOf(word, shelf, typing && n === asked.length - 1);
    readings.push(...(beside.get(word.place) ?? []));
    const known = readings.length > 0;
    return known || word.exact ? { word, readings, known, forms: [] } : guess(word, shelf, asTyped);
  }));
}

async function readingsOf(word, shelf, typing) {
  const [entry, longer] = await Promise.all([shelf.entry(word.key), typing ? completions(word.key, shelf) : []]);
  const found = entry ? [...(entry.spellings.get(word.typed) ?? entry.readings)] : [];
  return [...found, ...scaled(longer, found.length ? COMPLETION : ONLY_COMPLETION)];
}

async function completions(key, shelf) {
  const every = await shelf.entry(`${key}*`);
  if (every) return every.readings;
  const longer = (await shelf.starting(key, NEIGHBOURS)).filter(([word]) => word !== key);
  return mostFrequent(longer, COMPLETED).flatMap(([, entry]) => own(entry, WHOLE));
}

/* [places, key] of what a word may be with those beside it: one word, a phrase. */
function together(keys, at) {
  const found = [];
  if (at + 1 < keys.length) found.push([[at, at + 1], keys[at] + keys[at + 1]]);
  if (at) found.push([[at - 1, at], keys[at - 1] + keys[at]]);
  for (let size = 2; size <= PHRASE && at + size <= keys.length; size++) {
    const phrase = keys.slice(at, at + size);
    found.push([phrase.map((_, n) => at + n), phrase.join(" ")]);
  }
  for (let other = at + 1; other < Math.min(at + 1 + GAP, keys.length); other++) {
    found.push([[at, other], `${keys[at]}+${keys[other]}`]);
  }
  return found;
}

/* What an unknown word may be: another form, a slip, two words in one. */
async function guess(word, shelf, asTyped) {
  const { key } = word;
  const [like, near, compounds, parts] = await Promise.all([
    relatives(key, shelf), asTyped ? [] : corrections(key, shelf), endingsOf(key, shelf), split(key, shelf),
  ]);
  const readings = [
    ...like.flatMap(([, entry]) => scaled(entry.readings, RELATIVE)),
    ...near.flatMap(([, entry, distance]) => scaled(entry.readings, NEAR[distance])),
    ...compounds.flatMap((entry) => scaled(entry.readings, PART)),
    ...parts,
  ];
  const told = near.length && isSlip(key, near[0][0]) ? near[0][1].shown || near[0][0] : "";
  return { word, readings, known: false, corrected: told, forms: [...like, ...near].map(([form]) => form) };
}

async function split(key, shelf) {
  if (key.length < 2 * ALIKE) return [];
  const tails = (await shelf.ending(key.slice(-ALIKE))).map(([tail]) => tail)
    .filter((tail) => key.endsWith(tail) && tail.length <= key.length - ALIKE);
  if (!tails.length) return [];
  const tail = tails.reduce((one, two) => (two.length > one.length ? two : one));
  const [ending, head] = await Promise.all([tail, key.slice(0, -tail.length)].map((part) => shelf.entry(part)));
  const found = head ? own(head, JOINED) : [];
  return ending ? [...found, ...own(ending, found.length ? JOINED : TAIL)] : [];
}

const scaled = (readings, scale) => readings.map((reading) => ({ ...reading, scale: (reading.scale * scale) >> 4 }));
/* The readings of a word itself, without its synonyms. */
const own = (entry, scale) => scaled(entry.readings.filter((reading) => reading.scale === WHOLE), scale);
const inOrder = (one, two) => (one < two ? -1 : 1);
/* The best of [word, entry or number of articles]. */
const mostFrequent = (found, most) => found
  .sort(([a, one], [b, two]) => (two.having ?? two) - (one.having ?? one) || inOrder(a, b)).slice(0, most);

/* --- words near an unknown one ------------------------------------------------------------------- */

async function corrections(key, shelf) {
  if (key.length < SHORTEST) return [];
  const near = new Map(await candidates(key, shelf));
  const measured = (far) => [...near].map(([word, having]) => [word, having, far(word)]).filter(([, , d]) => d);
  let found = measured((word) => distance(key, word, 1));
  if (key.length >= TWO_FROM && !found.length) found = measured((word) => farther(key, word));
  if (key.length === SHORTEST) found = found.filter(([word]) => word[0] === key[0]);
  found.sort(([a, one, x], [b, two, y]) => x - y || two - one || inOrder(a, b));
  const best = await Promise.all(found.slice(0, KEPT).map(async ([word, , d]) => [word, await shelf.entry(word), d]));
  return best.filter(([, entry]) => entry);
}

/* A slip leaves one half of a word whole: [word, articles] of those that begin or end alike. */
async function candidates(key, shelf) {
  if (key.length <= SHORT) return shelf.shortWords();
  const half = Math.min(key.length >> 1, HALF);
  const [starts, ends] = await Promise.all([shelf.starting(key.slice(0, half), SHARDS), shelf.ending(key.slice(-half))]);
  return [...starts.map(([word, { having }]) => [word, having]), ...ends];
}

/* The words that have the longest beginning in common with `key`. */
async function relatives(key, shelf) {
  if (key.length < ALIKE) return [];
  const all = await shelf.starting(key.slice(0, ALIKE), 1, lastUpTo(shelf.starts, key));
  const fit = all.map(([word, entry]) => [word, entry, shared(key, word)])
    .filter(([word, , size]) => 2 * size >= word.length || size === key.length);
  const longest = Math.max(0, ...fit.map(([, , size]) => size));
  return mostFrequent(fit.filter(([, , size]) => size === longest), KEPT);
}

async function endingsOf(key, shelf) {
  if (key.length < ALIKE) return [];
  const found = (await shelf.ending(key)).filter(([word]) => word.length >= key.length + ALIKE - 1);
  const entries = await Promise.all(mostFrequent(found, KEPT).map(([word]) => shelf.entry(word)));
  return entries.filter(Boolean);
}

/* 2 for a word at that distance, and for a longer one that begins with a slip of `key`. */
function farther(key, word) {
  const begins = () => word.length > key.length + 1 && distance(key, word.slice(0, key.length), 1);
  return distance(key, word, 2) || begins() ? 2 : 0;
}

/* Whether the words differ by more than their endings. */
function isSlip(key, word) {
  return shared(key, word) < Math.min(key.length, word.length) - ENDING || Math.abs(key.length - word.length) > ENDING;
}

function shared(one, two) {
  let size = 0;
  while (size < one.length && one[size] === two[size]) size++;
  return size;
}

/* Optimal string alignment distance from 1 to `most`, else 0. */
function distance(one, two, most) {
  if (Math.abs(one.length - two.length) > most) return 0;
  const start = shared(one, two);
  const end = shared(backwards(one.slice(start)), backwards(two.slice(start)));
  one = one.slice(start, one.length - end);
  two = two.slice(start, two.length - end);
  if (Math.max(one.length, two.length) > most + 1 + (most - 1) * 8) return 0;
  let before, last, row = Array.from({ length: two.length + 1 }, (_, n) => n);
  for (let i = 1; i <= one.length; i++) {
    [last, before, row] = [before, row, [i]];
    for (let j = 1; j <= two.length; j++) {
      row[j] = Math.min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (one[i - 1] !== two[j - 1]));
      if (i > 1 && j > 1 && one[i - 1] === two[j - 2] && one[i - 2] === two[j - 1]) row[j] = Math.min(row[j], last[j - 2] + 1);
    }
  }
  return row[two.length] <= most ? row[two.length] : 0;
}

/* --- groups → ranked articles -------------------------------------------------------------------- */

/* What each article gets for a word: the best of its readings; and what the word weighs. */
async function score({ readings }, shelf) {
  const top = Math.max(...readings.map(({ scale }) => scale));
  const best = new Float64Array(shelf.articles), sums = new Float64Array(shelf.articles);
  const lists = await Promise.all(readings.map(({ terms }) => Promise.all(terms.map(([term]) => shelf.postings(term)))));
  let weight = readings.length ? Infinity : shelf.unknown;
  readings.forEach(({ scale, terms }, n) => {
    lists[n].forEach(({ articles, scores, weight: one }, t) => {
      const factor = scale * terms[t][1];
      for (let at = 0; at < articles.length; at++) sums[articles[at]] += factor * scores[at];
      if (scale === top) weight = Math.min(weight, one);
    });
    for (const { articles } of lists[n]) for (const article of articles) best[article] = Math.max(best[article], sums[article]);
    for (const { articles } of lists[n]) for (const article of articles) sums[article] = 0;
  });
  return { best, weight, found: lists.some((each) => each.length) };
}

async function rank(text, shelf, limit, { category, tag, asTyped }) {
  const query = readQuery(text, shelf);
  const groups = await readGroups(query, shelf, asTyped);
  const [scored, bonus, inside] = await Promise.all([
    Promise.all(groups.map((group) => score(group, shelf))), exact(query, shelf), filter(shelf, category, tag),
  ]);
  let asked = scored;
  if (scored.length > ASKED) { // of a long query the rarest words
    asked = scored.filter(({ found }) => found);
    const rarest = [...asked].sort((one, two) => two.weight - one.weight).slice(0, ASKED);
    asked = asked.filter((one) => rarest.includes(one));
  }
  const whole = asked.reduce((sum, { weight }) => sum + weight, 0) || 1;
  const ranked = [];
  for (let article = 0; article < shelf.articles; article++) {
    let total = 0, found = 0;
    for (const { best, weight } of asked) {
      if (best[article]) {
        total += best[article];
        found += weight;
      }
    }
    const more = bonus.get(article) ?? 0;
    if (!(total || more) || !inside(article)) continue;
    ranked.push([article, Math.floor(total * COVERAGE[Math.floor(32 * found / whole)] / 256) + more]);
  }
  ranked.sort(([a, one], [b, two]) => two - one || a - b);
  const known = groups.filter((group) => group.known).length + query.keys.filter((key) => shelf.stop.has(key)).length;
  return { shelf, groups, ranked: ranked.slice(0, limit), known, words: query.keys.length };
}

/* Articles that have the query as their title, or as a wording. */
async function exact({ keys, words: asked }, shelf) {
  const key = asked.length && `${asked[0].key}=${cut(keys.join(" "), LONGEST_TITLE)}`;
  const entry = (key && await shelf.entry(key)) || nothing;
  return new Map([...entry.asked.map((n) => [n, EXACT_QUESTION]), ...entry.titled.map((n) => [n, EXACT_TITLE])]);
}

async function filter(shelf, category, tag) {
  const runs = category && shelf.categories.filter(([name]) => name === category);
  const tagged = tag && new Set((await shelf.entry(`#${words(tag).map(keyOf).join(" ")}`) ?? nothing).asked);
  return (article) => (!runs || runs.some(([, at, size]) => at <= article && article < at + size)) && (!tagged || tagged.has(article));
}

/* --- all languages ------------------------------------------------------------------------------- */

const shelves = new Map(); // address → promise of a Shelf, or of null: a language without articles

const open = (base, lang) => kept(shelves, `${base}${lang}.kb`, async () => {
  const data = await load(`${base}${lang}.kb`, "no-cache");
  return data && new Shelf(base, lang, data);
});

/* Whether a language knows half of a query: then no other takes its place. */
const understands = (answer) => 2 * answer.known >= answer.words;
const understood = (answer) => (answer.words ? answer.known / answer.words : 0);

/* The answers of the languages, in the order in which their articles are shown. */
async function askAll(base, query, options) {
  const { lang, languages, limit, onlyLang } = options;
  const ask = async (code) => {
    const shelf = await open(base, code);
    return shelf && rank(query, shelf, limit, options);
  };
  const first = languages.includes(lang) ? await ask(lang) : null;
  if (first && (onlyLang || (understands(first) && first.ranked.length >= limit))) return [first];
  const rest = onlyLang && lang ? [] : await Promise.all(languages.filter((code) => code !== lang).map(ask));
  const answers = [first, ...rest].filter(Boolean);
  if (!answers.length && !onlyLang) throw new Error(`${base}: nothing to search`);
  if (!first || !understands(first)) answers.sort((one, two) => understood(two) - understood(one));
  return answers;
}

/* The query with the words that were searched instead, null when none was. */
function corrected(query, { groups }) {
  const instead = new Map(groups.filter((group) => group.corrected).map(({ word, corrected: told }) => [word.key, told]));
  return instead.size ? words(query).map((word) => instead.get(keyOf(word)) ?? word).join(" ") : null;
}

async function show({ shelf, groups }, [article, points]) {
  const [id, title, category, url, summary] = await shelf.shownRow(article);
  return { id, title, lang: shelf.lang, category, url, permalink: `a/${id}/`, score: points, snippet: marked(summary, shelf, groups) };
}

/* [text, whether it is a word of the query] of a summary. */
function marked(text, shelf, groups) {
  const forms = groups.flatMap(({ word, forms: others }) => [word.key, ...others]);
  const isForm = (key, form) => {
    const size = Math.max(ALIKE, form.length - ENDING);
    return form.length < ALIKE ? key === form : key.slice(0, size) === form.slice(0, size);
  };
  const pieces = [];
  let at = 0;
  for (const { 0: word, index } of text.matchAll(WORD)) {
    const key = keyOf(words(word, shelf.lang, shelf.cut)[0] ?? "");
    if (!forms.some((form) => isForm(key, form))) continue;
    pieces.push([text.slice(at, index), false], [word, true]);
    at = index + word.length;
  }
  return [...pieces, [text.slice(at), false]].filter(([piece]) => piece);
}

/* What /api/search answers (kbtool/server/api.py), from the files below `base`. Throws when there
   are none, or they cannot be read; when `signal` says so, too. */
export async function search(base, query, { lang = null, languages, limit = 10, category, tag, asTyped = false, onlyLang = false, signal }) {
  const options = { lang, languages, limit, category, tag, asTyped, onlyLang };
  const answer = async () => {
    const answers = await askAll(base, query, options);
    signal?.throwIfAborted();
    const best = answers.flatMap((one) => one.ranked.map((found) => [one, found])).slice(0, limit);
    return { answers, results: await Promise.all(best.map((found) => show(...found))) };
  };
  const { answers: [first], results } = await answer().catch((error) => {
    if (!(error instanceof Gone)) throw error;
    for (const address of shelves.keys()) if (address.startsWith(base)) shelves.delete(address);
    return answer(); // a newer release has taken the place of the files: once more with its own
  });
  signal?.throwIfAborted();
  return {
    format: 1,
    query,
    lang: languages.includes(lang) ? lang : null,
    first_lang: first?.shelf.lang ?? null,
    corrected: first ? corrected(query, first) : null,
    count: results.length,
    results,
  };
}
