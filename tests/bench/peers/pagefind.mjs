// Pagefind: pages with a heading and a text, indexed by its Node API, asked by the script and the
// WebAssembly that it writes for the browser. PLACE is a folder with node_modules/pagefind.
// A query reads its first ten fragments, as its result list does. In size: what a browser may fetch
// to search (not the ready-made interfaces).
import { readFile, writeFile } from "node:fs/promises";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { bytes, mainLanguage, run } from "./running.mjs";

const INTERFACE = /^pagefind-(component-ui|modular-ui|ui|highlight|worker)\.|^package\.json$/;
const TICKS = 100; // of a second: what Linux counts a process's time in

const escape = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");

/** CPU milliseconds of the processes that this one has begun and that still run. */
function childrenCpu() {
  let sum = 0;
  const folder = `/proc/${process.pid}/task`;
  for (const task of readdirSync(folder)) {
    const children = readFileSync(`${folder}/${task}/children`, "utf8").split(" ").filter(Boolean);
    for (const child of children) {
      const fields = readFileSync(`/proc/${child}/stat`, "utf8").split(") ").pop().split(" ");
      sum += (Number(fields[11]) + Number(fields[12])) * (1000 / TICKS);
    }
  }
  return sum;
}

await run(async (documents, folder, place) => {
  const lang = mainLanguage(documents);
  const made = await import(pathToFileURL(join(place, "node_modules/pagefind/lib/index.js")));
  const { index } = await made.createIndex({});
  for (const [n, { title, text }] of documents.entries()) {
    const content =
      `<html lang="${lang}"><body><h1>${escape(title)}</h1><p>${escape(text)}</p></body></html>`;
    await index.addHTMLFile({ url: `/${n}`, content });
  }
  await index.writeFiles({ outputPath: folder });
  const outside = childrenCpu();
  await made.close();
  const parts = readdirSync(folder).filter((name) => !INTERFACE.test(name));
  const size = parts.reduce((sum, name) => sum + bytes(join(folder, name)), 0);
  await writeFile(join(folder, "package.json"), '{"type": "module"}');
  globalThis.fetch = async (url) => new Response(await readFile(String(url).split("?")[0]));
  const pagefind = await import(pathToFileURL(join(folder, "pagefind.js")));
  await pagefind.options({ basePath: `${folder}/`, baseUrl: "/" });
  await pagefind.init(lang);
  const ask = async (query) => {
    const { results } = await pagefind.search(query);
    const shown = await Promise.all(results.slice(0, 10).map((result) => result.data()));
    return shown.map((page) => documents[Number(page.raw_url.slice(1))].id);
  };
  return { ask, size, outside };
});
