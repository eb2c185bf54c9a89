/* The agent page: find while typing, look, copy. It asks POST api/agent/find, which records nothing
   and makes what is copied, so that this page, the sidebar and the terminal say the same. */

const body = document.body, main = document.getElementById("kb-main"), words = main.dataset;
const form = main.querySelector("form"), input = form.elements.q;
const part = (name) => document.querySelector(`[data-kb-${name}]`);
const ticketLine = part("ticket"), told = part("told"), columns = part("columns"), start = part("start");
const shown = part("shown"), copies = part("copies"), note = part("note"), reply = part("reply"), text = part("text");
const live = part("live"), done = part("done"), list = document.getElementById("kb-choices");
const shelves = JSON.parse(words.categories), languages = JSON.parse(words.languages);
const root = new URL(body.dataset.root, location.href).href;
const selects = ["reply", "lang", "category"].map((name) => form.elements[name]).filter(Boolean);

const WAIT_MS = 70, SETTLED_MS = 1000, DONE_MS = 4000;
const TICKET = 200; // characters: longer than any query, so it is a customer's message
const MOST_PAGES = 40;

const make = (name, attributes, ...children) => {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes || {})) element.setAttribute(key, value);
  element.append(...children);
  return element;
};
const fill = (words, values) => words.replace(/\{(\w+)\}/g, (all, name) => values[name] ?? all);
const say = (element, words) => { if (element.textContent !== words) element.textContent = words; };

let ticket = ""; // the pasted message; it stays on this page and in no address
let answer = null, active = -1, options = [], finding = Promise.resolve(), running, waiting;

/* --- asking ----------------------------------------------------------------------------------- */

const query = () => input.value.trim().replace(/\s+/g, " ");

const asked = () => {
  const fields = { text: ticket || query(), ticket: Boolean(ticket) };
  for (const select of selects) if (select.value) fields[select.name] = select.value;
  return fields;
};

function find() {
  clearTimeout(waiting);
  waiting = undefined;
  running?.abort();
  running = new AbortController();
  return (finding = ask(asked(), running.signal));
}

async function ask(fields, signal) {
  remember();
  if (!fields.text) { show(null); return; }
  const options = { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(fields), signal };
  try {
    const response = await fetch(`${root}api/agent/find`, options);
    if (response.status === 404) { location.reload(); return; } // signed out meanwhile: the form comes
    if (!response.ok) throw new Error(response.status);
    show(await response.json(), fields);
  } catch {
    if (!signal.aborted) { show(null); say(told, words.offline); say(live, words.offline); }
  }
}

const soon = () => {
  clearTimeout(waiting);
  waiting = setTimeout(find, WAIT_MS);
};

const upToDate = async () => { // what was typed a moment ago is asked before anything is copied
  if (waiting) find();
  let seen;
  do { seen = finding; await seen; } while (seen !== finding);
};

/* --- what was found --------------------------------------------------------------------------- */

function show(found, fields) {
  answer = found;
  done.textContent = "";
  const results = found?.results ?? [];
  options = results.map(option);
  list.replaceChildren(...options);
  columns.hidden = !options.length;
  start.hidden = Boolean(found);
  input.setAttribute("aria-expanded", String(options.length > 0));
  const [count, q] = [results.length, fields?.ticket ? "…" : found?.corrected ?? fields?.text];
  const counted = fill(!count ? words.none : count === 1 ? words.one : words.many, { n: count, q });
  const corrected = found?.corrected && count ? fill(words.corrected, { q }) : "";
  say(told, !found ? "" : count ? corrected : counted);
  say(live, found ? `${corrected} ${counted}`.trim() : "");
  const own = form.elements.reply?.options[0];
  if (own) own.textContent = fields?.ticket && found?.lang ? `${words.ownLanguage}: ${languages[found.lang] ?? found.lang}` : words.ownLanguage;
  choose(options.length ? 0 : -1);
}

function option(result, index) {
  const tongue = result.lang === body.dataset.lang ? {} : { lang: result.lang };
  const shelf = make("span", { class: "kb-hit-shelf" });
  if (tongue.lang) shelf.append(make("span", { class: "kb-hit-lang", ...tongue }, languages[result.lang] ?? result.lang));
  shelf.append(shelves[result.category] ?? "");
  const snippet = make("span", { class: "kb-hit-text", ...tongue });
  for (const [piece, marked] of result.snippet) snippet.append(marked ? make("mark", {}, piece) : piece);
  const line = make("div", { class: "kb-agent-hit", role: "option", id: `kb-option-${index}`, "aria-selected": "false" });
  line.append(make("span", { class: "kb-hit-title", ...tongue }, result.title), shelf, snippet);
  line.addEventListener("click", () => choose(index));
  return line;
}

function choose(index) {
  active = index;
  options.forEach((line, i) => line.setAttribute("aria-selected", String(i === index)));
  shown.hidden = index < 0;
  if (index < 0) { input.removeAttribute("aria-activedescendant"); return; }
  input.setAttribute("aria-activedescendant", options[index].id);
  options[index].scrollIntoView({ block: "nearest" });
  preview(answer.results[index]);
}

/* --- the article ------------------------------------------------------------------------------ */

const pages = new Map(); // address → promise of the article's parts
const REFUSED = "script, style, link, meta, base, iframe, frame, object, embed, form, input, button, template, .kb-toc, [data-kb-copy]";
const SAFE = ["http:", "https:", "mailto:", "tel:"];
const ADDRESSES = ["href", "src", "poster"];

function preview({ lang, sent }) {
  const language = languages[sent.lang] ?? sent.lang;
  const wanted = answer.reply_lang;
  note.hidden = !(sent.is_foreign || sent.lang !== lang);
  note.textContent = fill(sent.is_foreign ? words.foreign : words.translation, { language: sent.is_foreign ? languages[wanted] ?? wanted : language });
  reply.hidden = !ticket;
  reply.textContent = sent.copy.reply;
  copies.querySelector("a").href = new URL(sent.url, root).href;
  article(sent.url).then((nodes) => {
    if (answer?.results[active]?.sent !== sent) return; // another one was chosen meanwhile
    text.lang = sent.lang;
    text.replaceChildren(...nodes.map((node) => node.cloneNode(true)));
    text.scrollTop = 0;
  });
}

function article(url) {
  const known = pages.get(url);
  if (known) return known;
  if (pages.size >= MOST_PAGES) pages.delete(pages.keys().next().value);
  const loading = load(new URL(url, root).href).catch(() => {
    pages.delete(url);
    return [make("p", {}, words.noPreview)];
  });
  pages.set(url, loading);
  return loading;
}

async function load(address) {
  const response = await fetch(address);
  if (!response.ok) throw new Error(response.status);
  const found = new DOMParser().parseFromString(await response.text(), "text/html").querySelector(".kb-article");
  if (!found) throw new Error("no article");
  found.querySelectorAll(REFUSED).forEach((element) => element.remove());
  found.querySelectorAll("*").forEach((element) => clean(element, response.url));
  return [...document.importNode(found, true).childNodes];
}

// a page parsed aside runs and loads nothing; what comes over has no handler, no id, and full addresses
function clean(element, base) {
  for (const { name } of [...element.attributes]) {
    if (name.startsWith("on") || ["id", "style", "srcset", "xlink:href"].includes(name)) element.removeAttribute(name);
  }
  for (const name of ADDRESSES) {
    if (!element.hasAttribute(name)) continue;
    const address = URL.canParse(element.getAttribute(name), base) ? new URL(element.getAttribute(name), base) : null;
    const isPicture = address?.protocol === "data:" && name !== "href";
    if (address && (SAFE.includes(address.protocol) || isPicture)) element.setAttribute(name, address.href);
    else element.removeAttribute(name);
  }
  if (element.localName === "a") {
    element.setAttribute("target", "_blank");
    element.setAttribute("rel", "noopener");
  }
}

/* --- copying ---------------------------------------------------------------------------------- */

const FORMS = { // what a plain field and what a rich one get
  url: (copy) => [copy.url],
  markdown: (copy) => [copy.markdown],
  html: (copy) => [copy.html, copy.html],
  reply: (copy) => [copy.reply, copy.reply_html],
};

async function copy(kind) {
  await upToDate();
  const result = answer?.results[active];
  if (!result) return;
  const copied = await put(...FORMS[kind](result.sent.copy));
  const word = copied ? words[`copied${kind[0].toUpperCase()}${kind.slice(1)}`] : words.notCopied;
  tell(copied ? `${word}: ${result.sent.title}` : word);
  settle();
}

async function put(plain, rich) {
  try {
    if (!rich) await navigator.clipboard.writeText(plain);
    else {
      const parts = { "text/plain": plain, "text/html": rich };
      const blobs = Object.entries(parts).map(([type, part]) => [type, new Blob([part], { type })]);
      await navigator.clipboard.write([new ClipboardItem(Object.fromEntries(blobs))]);
    }
    return true;
  } catch { return putByEvent(plain, rich); }
}

function putByEvent(plain, rich) { // by http browsers offer no clipboard, but the old way
  let put = false;
  const give = (event) => {
    event.preventDefault();
    event.clipboardData.setData("text/plain", plain);
    if (rich) event.clipboardData.setData("text/html", rich);
    put = true;
  };
  document.addEventListener("copy", give, { once: true });
  try { document.execCommand("copy"); } catch { /* told below */ }
  document.removeEventListener("copy", give);
  return put;
}

let hiding;
function tell(words) {
  clearTimeout(hiding);
  done.textContent = "";
  requestAnimationFrame(() => { done.textContent = words; }); // the same words twice are told twice
  hiding = setTimeout(() => { done.textContent = ""; }, DONE_MS);
}

async function open() {
  await upToDate();
  const sent = answer?.results[active]?.sent;
  if (sent) window.open(new URL(sent.url, root).href, "_blank", "noopener");
}

/* --- the address ------------------------------------------------------------------------------ */

let settled = false, settling; // a query that has stood for a moment, or was used, keeps its place

const settle = () => { clearTimeout(settling); settled = true; };

function remember() {
  const fields = Object.fromEntries([["q", ticket ? "" : query()], ...selects.map((select) => [select.name, select.value])].filter(([, value]) => value));
  const address = `${location.pathname}${Object.keys(fields).length ? `?${new URLSearchParams(fields)}` : ""}`;
  clearTimeout(settling);
  settling = setTimeout(settle, SETTLED_MS);
  if (address === location.pathname + location.search) return;
  history[settled ? "pushState" : "replaceState"](null, "", address);
  settled = false;
}

function recall() {
  const given = new URLSearchParams(location.search);
  setTicket("");
  input.value = given.get("q") ?? "";
  for (const select of selects) {
    select.value = given.get(select.name) ?? "";
    if (select.selectedIndex < 0) select.value = "";
  }
  find();
}

/* --- a pasted ticket -------------------------------------------------------------------------- */

function setTicket(given) {
  ticket = given;
  ticketLine.hidden = !given;
  ticketLine.querySelector("strong").textContent = fill(words.ticket, { n: given.length.toLocaleString(body.dataset.lang) });
  ticketLine.querySelector("span").textContent = given.trim().slice(0, 300);
}

function take(given) {
  input.value = "";
  setTicket(given);
  show(null); // a long message takes a moment: nothing of the last question may be copied meanwhile
  start.hidden = true;
  find();
}

const clear = () => {
  input.value = "";
  setTicket("");
  input.focus();
  find();
};

/* --- keys ------------------------------------------------------------------------------------- */

const kindOf = (event) => {
  const control = event.ctrlKey || event.metaKey;
  if (control) return event.shiftKey ? "html" : "reply";
  return event.shiftKey ? "markdown" : "url";
};

const KEYS = {
  ArrowDown: () => choose(options.length ? (active + 1) % options.length : -1),
  ArrowUp: () => choose(options.length ? (active - 1 + options.length) % options.length : -1),
  PageDown: () => text.scrollBy({ top: text.clientHeight * 0.8 }),
  PageUp: () => text.scrollBy({ top: text.clientHeight * -0.8 }),
  Enter: (event) => { if (event.altKey) open(); else copy(kindOf(event)); },
  Escape: clear,
};

input.addEventListener("keydown", (event) => {
  if (event.isComposing || !KEYS[event.key]) return;
  event.preventDefault();
  KEYS[event.key](event);
});
input.addEventListener("input", () => {
  if (input.value.length > TICKET) { take(input.value); return; }
  if (ticket && query()) setTicket(""); // words typed after a ticket are another question
  soon();
});
input.addEventListener("paste", (event) => { // a field of one line would lose the message's lines
  const pasted = event.clipboardData?.getData("text/plain") ?? "";
  if (pasted.trim().length <= TICKET) return;
  event.preventDefault();
  take(pasted);
});
for (const select of selects) select.addEventListener("change", find);
form.addEventListener("submit", (event) => event.preventDefault());
list.addEventListener("mousedown", (event) => event.preventDefault()); // the field keeps the focus
copies.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (button) copy(button.value);
});
ticketLine.querySelector("button").addEventListener("click", clear);
document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, select");
  if (typing === input || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Escape" || (event.key === "/" && !typing)) {
    event.preventDefault();
    input.focus();
    input.select();
  }
});
addEventListener("popstate", recall);

let theme = null; // as it was chosen on the help centre's pages
try { theme = localStorage.getItem("kb-theme"); } catch { /* a private window */ }
if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
document.documentElement.dataset.script = "";
if (/Mac|iP/.test(navigator.platform)) for (const key of document.querySelectorAll("[data-kb-ctrl]")) key.textContent = "⌘";
recall();
input.focus();
