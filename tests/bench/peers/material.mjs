// The search of Material for MkDocs: its own worker, as the package ships it, in Node.
// PLACE is .../material/templates/assets/javascripts. Fields, boosts, separator and pipeline are the
// defaults of its search plugin; the language is the one that its translations name.
import { readFileSync, readdirSync, existsSync, writeFileSync } from "node:fs";
import { join, normalize } from "node:path";
import { runInThisContext } from "node:vm";
import { bytes, mainLanguage, run } from "./running.mjs";

const SETUP = 0;
const QUERY = 2;

const escape = (text) =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

/** The worker's "message" listener and what it posts back, as promises. */
function worker(place) {
  const folder = join(place, "workers");
  const script = readdirSync(folder).find((name) => /^search\..*\.js$/.test(name));
  let listen;
  let posted;
  globalThis.self = globalThis;
  globalThis.importScripts = (...names) => {
    for (const name of names) load(normalize(join(folder, name)));
  };
  globalThis.addEventListener = (_type, listener) => (listen = listener);
  globalThis.postMessage = (message) => posted(message);
  const load = (path) => runInThisContext(readFileSync(path, "utf8"), { filename: path });
  load(join(folder, script));
  return (message) =>
    new Promise((resolve, reject) => {
      posted = resolve;
      Promise.resolve(listen({ data: message })).catch(reject);
    });
}

await run(async (documents, folder, place) => {
  const lang = mainLanguage(documents);
  const known = existsSync(join(place, "lunr", "min", `lunr.${lang}.min.js`));
  const index = {
    config: {
      lang: [known ? lang : "en"],
      separator: "[\\s\\-]+",
      pipeline: ["stopWordFilter"],
      fields: { title: { boost: 1e3 }, text: { boost: 1 }, tags: { boost: 1e6 } },
    },
    docs: documents.map(({ title, text }, n) => ({
      location: `${n}/`, title: escape(title), text: escape(text),
    })),
  };
  const file = join(folder, "search_index.json");
  writeFileSync(file, JSON.stringify(index));
  const size = bytes(file);
  const post = worker(place);
  await post({ type: SETUP, data: { ...index, options: { suggest: false } } });
  const ask = async (query) => {
    const { data } = await post({ type: QUERY, data: query });
    return data.items.slice(0, 10).map(([page]) => documents[parseInt(page.location, 10)].id);
  };
  return { ask, size };
});
