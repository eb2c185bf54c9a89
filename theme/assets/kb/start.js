/* What comes before anything is painted, and the tools that all parts share. The parts of this folder
   are joined to one file (kbtool/site/beside/assets.py): each may use what those before it name. */
const html = document.documentElement;
html.dataset.script = "";
if (/[?&]q=./.test(location.search)) html.dataset.asked = "";
const kept = (name) => ({
  get(key) { try { return window[name].getItem(key); } catch { return null; } },
  set(key, value) { try { window[name].setItem(key, value); } catch { /* private window */ } },
});
const store = kept("localStorage"), session = kept("sessionStorage");
const saved = store.get("kb-theme");
if (saved === "light" || saved === "dark") html.dataset.theme = saved;

const WAIT_MS = 70;
const SETTLED_MS = 1000;
const beside = (name) => document.currentScript.src.replace(/kb\.js(?=\?|$)/, name);
const SEARCH = beside("search.js"), CONTACT = beside("contact.js");
const page = { root: "", lang: "", kind: "", article: "" };

const make = (name, attributes, ...children) => {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes || {})) element.setAttribute(key, value);
  element.append(...children);
  return element;
};
const fill = (text, values) => text.replace(/\{(\w+)\}/g, (all, name) => values[name] ?? all);
