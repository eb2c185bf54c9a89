// How a peer in JavaScript is run: the same files and the same measure as running.py.
// node PEER.mjs PLACE DOCS.jsonl QUERIES.jsonl OUT.json; PLACE is where the peer's own script is.
import { readFileSync, readdirSync, statSync, writeFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const DEPTH = 10;
const WARM = 10;

const read = (path) =>
  readFileSync(path, "utf8").split("\n").filter(Boolean).map((line) => JSON.parse(line));

/** CPU milliseconds of this process with its threads. */
export const cpu = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};

/** Bytes of a file, or of all files below a folder. */
export const bytes = (path) => {
  const found = statSync(path);
  if (!found.isDirectory()) return found.size;
  return readdirSync(path).reduce((sum, name) => sum + bytes(join(path, name)), 0);
};

/** The language of most articles. */
export const mainLanguage = (documents) => {
  const counts = new Map();
  for (const { lang } of documents) counts.set(lang, (counts.get(lang) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? "en";
};

/** build(documents, folder, place) → { ask(query) → ids, size, outside: ms of other processes }. */
export async function run(build) {
  const [place, source, queries, target] = process.argv.slice(2);
  const documents = read(source);
  const asked = read(queries);
  const folder = mkdtempSync(join(tmpdir(), "peer-"));
  try {
    const started = cpu();
    const { ask, size, outside = 0 } = await build(documents, folder, place);
    const built = (cpu() - started + outside) / 1000;
    for (const { query } of asked.slice(0, WARM)) await ask(query);
    const answers = [];
    for (const { query } of asked) {
      const before = cpu();
      const ids = await ask(query);
      answers.push({ ids: ids.slice(0, DEPTH), ms: cpu() - before });
    }
    writeFileSync(target, JSON.stringify({ build: built, bytes: size, answers }));
  } finally {
    rmSync(folder, { recursive: true });
  }
}
