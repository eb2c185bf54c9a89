/* The widget: search, articles and contact of the help centre in a panel on another site's page.
   <script src="https://help.example/assets/widget.js" async></script> is all that the page needs; it
   loads nothing else before it is opened. All of it stands in a shadow tree, so that neither style
   reaches the other, and of an article come in texts and known elements alone. */
(() => {
  "use strict";
  if (window.kbtool?.open) return;
  /* Language → its name for itself, and the words that are needed without any other file; and whether
     the log of a web server takes events. The build puts them in (kbtool/site/beside/widget.py). */
  const SPOKEN = {}, HITS = 0;

  const { src, dataset: options } = document.currentScript;
  const HELP = new URL("../", src).href;
  const WAIT_MS = 120, SETTLED_MS = 1000, RESULTS = 6;
  const languages = Object.keys(SPOKEN);
  const wishes = [options.lang, document.documentElement.lang, ...navigator.languages];
  const lang = wishes.map((wish = "") => {
    const known = (of) => languages.find((one) => of(one.toLowerCase()) === of(wish.toLowerCase()));
    return known((code) => code) ?? known((code) => code.split("-")[0]);
  }).find(Boolean) ?? languages[0];
  const [, label, close, refused, centre] = SPOKEN[lang];
  const home = `${HELP}${lang}/`;

  /* What stands before the panel has come; its own style (widget.css) comes with its words. */
  const STYLE = `
:host { all: initial !important; }
@media print { :host { display: none !important; } }
*, ::before, ::after { box-sizing: border-box; }
.launch, dialog {
  --fill: #3b53d6; --ink: #fff; --page: #fff; --text: #171c2f;
  position: fixed; inset: auto; inset-block-end: 1.25em; inset-inline-end: 1.25em; color-scheme: light; font: 1em/1.5 system-ui, Roboto, "Noto Sans", Arial, sans-serif;
}
@media (prefers-color-scheme: dark) { .launch, dialog { --page: #10131c; --text: #e8ebf4; color-scheme: dark; } }
.start, .start ~ dialog { inset-inline: 1.25em auto; }
.launch, .bar button { display: grid; place-items: center; padding: 0; border: 1px solid transparent; border-radius: 50%; background: none; color: inherit; cursor: pointer; }
.launch { z-index: 2147483000; width: 3.5em; height: 3.5em; background: var(--fill); color: var(--ink); box-shadow: 0 4px 20px rgb(0 0 0 / .3); }
svg { display: block; width: 1.5em; fill: none; stroke: currentcolor; stroke-width: 2; stroke-linecap: round; stroke-linejoin: round; }
.launch svg { width: 2em; }
:focus-visible { outline: 3px solid currentcolor; outline-offset: 2px; }
.launch:focus-visible, .main:focus-visible { outline-color: var(--text); }
dialog {
  width: min(25em, 100vw - 2.5em); height: min(42em, 100dvh - 2.5em); max-width: none; max-height: none; margin: 0; padding: 0; overflow: hidden;
  border: 1px solid transparent; border-radius: 1em; background: var(--page); color: var(--text); box-shadow: 0 4px 40px rgb(0 0 0 / .3);
}
dialog::backdrop { background: rgb(0 0 0 / .3); }
@media (max-width: 30em) { dialog { inset: 0 !important; width: 100%; height: 100dvh; border: 0; border-radius: 0; } }
.panel { display: flex; flex-direction: column; height: 100%; }
header { padding: .4em 1.25em; background: var(--fill); color: var(--ink); }
.bar { display: flex; align-items: center; gap: .25em; }
.bar b { flex: 1; font-size: 1.2em; }
.bar button { width: 2.75em; height: 2.75em; }
.scroll { flex: 1; overflow: auto; padding: 1em 1.25em; }
.main { display: block; padding: .65em 1em; border: 1px solid transparent; border-radius: .6em; background: var(--fill); color: var(--ink); font-weight: 600; text-align: center; text-decoration: none; }`;

  const make = (name, attributes = {}, ...children) => {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    element.append(...children);
    return element;
  };
  const button = (attributes, act, ...children) => {
    const made = make("button", { type: "button", ...attributes }, ...children);
    made.addEventListener("click", act);
    return made;
  };
  const icon = (path) => {
    const [svg, line] = ["svg", "path"].map((name) => document.createElementNS("http://www.w3.org/2000/svg", name));
    svg.setAttribute("viewBox", "0 0 24 24");
    svg.setAttribute("aria-hidden", "true");
    line.setAttribute("d", path);
    svg.append(line);
    return svg;
  };
  const round = (look, words, act, path) => button({ class: look, "aria-label": words, title: words }, act, icon(path));
  const linkOut = (look, href, words) => make("a", { class: look, href, target: "_blank", rel: "noopener" }, words);
  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (all, name) => values[name] ?? all);
  const restyle = (text) => {
    /* A policy that lets no inline style in lets this one in. */
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(text);
    root.adoptedStyleSheets.push(sheet);
  };

  /* --- what the help centre is asked, never with credentials --- */

  async function json(path, signal) {
    const answer = await fetch(HELP + path, { signal, credentials: "omit" });
    if (!answer.ok) throw new Error(path);
    return answer.json();
  }

  let server, files;
  /* A static site has a file at this address that has no results. */
  const hasServer = () => (server ??= json("api/search?").then((answer) => Boolean(answer.results), () => false));

  async function ask(query, asTyped, signal) {
    if (!files && await hasServer()) {
      const fields = new URLSearchParams({ q: query, lang, limit: RESULTS, ...(asTyped && { as_typed: 1 }) });
      try { return await json(`api/search?${fields}`, signal); } catch (error) { if (signal.aborted) throw error; }
    }
    files ??= await import(`${HELP}assets/search.js`);
    return files.search(`${HELP}search/`, query, { lang, languages, limit: RESULTS, asTyped, signal });
  }

  /* A page as a document where nothing runs or loads, and links know where they lead. */
  const readPage = (url) => new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("GET", url);
    request.responseType = "document";
    request.onload = () => resolve(request.response);
    request.onerror = reject;
    request.send();
  });

  async function send(kind, fields) {
    const id = Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
    const automated = navigator.webdriver ? 1 : undefined;
    const body = JSON.stringify({ id, kind, lang, source: "widget", automated, ...fields });
    const tell = (path, options) => fetch(`${HELP}api/${path}`, { method: "POST", keepalive: true, credentials: "omit", ...options }).catch(() => {});
    if (HITS) tell(`hit?${new URLSearchParams(JSON.parse(body))}`, { mode: "no-cors" });
    else if (await hasServer()) tell("events", { headers: { "Content-Type": "application/json" }, body });
  }

  /* Queries; each is sent once a page. */
  const told = new Set();

  function tellSearch(answer) {
    const { query, count, corrected } = answer ?? {};
    if (!query || told.has(query)) return;
    told.add(query);
    send("search", { query, results: count, corrected: corrected?.slice(0, 200) });
  }

  /* --- an article: known elements with known attributes, and nothing of any other --- */

  const KEPT = ("p h2 h3 h4 h5 h6 ul ol li dl dt dd a strong b em i u s del sub sup mark small span div section code pre kbd samp "
    + "blockquote table caption thead tbody tr th td hr br img figure figcaption details summary").split(" ");
  const ATTRIBUTES = ["alt", "title", "lang", "dir", "start", "reversed", "colspan", "rowspan", "width", "height", "tabindex"];

  function copy(from, into) {
    for (const node of from.childNodes) {
      if (node.nodeType === 3) into.append(node.data);
      if (!KEPT.includes(node.localName)) continue;
      const element = make(node.matches(".admonition") ? "blockquote" : node.localName);
      for (const key of ATTRIBUTES) if (node.hasAttribute(key)) element.setAttribute(key, node.getAttribute(key));
      if (/^(https?|mailto|tel):/.test(node.href)) Object.assign(element, { href: node.href, target: "_blank", rel: "noopener" });
      if (/^https?:/.test(node.src)) {
        /* The policy of the page around may keep the picture out. */
        element.onerror = () => element.replaceWith(element.alt);
        element.src = node.src;
      }
      copy(node, element);
      into.append(element);
    }
  }

  /* --- the panel --- */

  const root = make("kb-widget").attachShadow({ mode: "open" });
  const dialog = make("dialog", { "aria-label": label });
  /* Opens the panel, once its words have come. */
  let panel;

  const frame = (attributes, parts, more, ...below) => make("div", { class: "panel", lang, ...attributes },
    make("header", {}, make("div", { class: "bar" }, ...parts, round("", close, () => dialog.close(), "M6 6l12 12M18 6L6 18")), ...more), ...below);
  const plain = (...content) => frame({}, [make("b", {}, label)], [], make("div", { class: "scroll" }, ...content));

  function paint(colour) {
    if (!CSS.supports("color", colour)) return;
    restyle(`.launch, dialog { --fill: ${colour}; outline-color: ${colour}; }`);
    const [red, green, blue] = getComputedStyle(dialog).outlineColor.match(/[\d.]+/g).map((part) => (part / 255) ** 2.2);
    const light = .2126 * red + .7152 * green + .0722 * blue;
    /* Black or white: one of them has a contrast of 4.5. */
    if (light > .179) restyle(".launch, dialog { --ink: #000; }");
  }

  function makePanel(words) {
    const input = make("input", { type: "search", maxlength: 200, autocomplete: "off", enterkeyhint: "search", "aria-label": words.search_label, placeholder: words.search_placeholder });
    const form = make("form", { role: "search" }, icon("M16 16l5 5M18 11a7 7 0 1 1-14 0 7 7 0 0 1 14 0"), input);
    const status = make("p", { class: "quiet", role: "status" }), advice = make("p", { class: "quiet" });
    const instead = button({ class: "link" }, () => { typed = query(); input.focus(); search(); });
    const list = make("ul", { class: "results" });
    const finder = make("div", {}, status, instead, list, advice), reader = make("div");
    const scroll = make("div", { class: "scroll", tabindex: "-1" }, finder, reader);
    const title = make("b"), back = round("turn", words.widget_back, () => show(), "M15 5l-7 7 7 7");
    const contact = linkOut("main", `${home}contact/`, words.contact_us);
    const body = frame({ dir: words.direction }, [back, title], [form], scroll, make("footer", {}, contact));
    let last, typed, running, waiting, settling, article, opener, place = 0;

    const pause = () => [waiting, settling].forEach(clearTimeout);
    const query = () => input.value.trim().replace(/\s+/g, " ");

    /* The list, or the article with this id. */
    function show(id) {
      if (id) place = scroll.scrollTop;
      article = id;
      finder.hidden = form.hidden = Boolean(id);
      body.classList.toggle("reading", finder.hidden);
      reader.hidden = back.hidden = !id;
      title.textContent = id ? words.name : words.hero;
      scroll.scrollTop = id ? 0 : place;
      if (!id) (opener?.isConnected ? opener : input).focus();
    }

    function result({ id, title: text, lang: tongue = lang, url, category, snippet = [] }, position) {
      const others = tongue === lang ? {} : { lang: tongue, dir: "auto" };
      const shelf = [tongue !== lang && SPOKEN[tongue]?.[0], words.categories[category]].filter(Boolean).join(" · ");
      const pieces = snippet.map(([piece, marked]) => (marked ? make("mark", {}, piece) : piece));
      const link = make("a", { href: HELP + url }, make("b", others, text), make("span", {}, shelf), make("span", others, ...pieces));
      link.addEventListener("click", (event) => {
        if (position) {
          tellSearch(last);
          send("click", { query: last.query, results: last.count, article: id, position });
        }
        if (event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        opener = link;
        read(id, text, link.href, others);
      });
      return make("li", {}, link);
    }

    /* What most people ask. */
    const offer = (text) => fillList(text, words.first.map((one) => result(one)));

    function found({ query: asked, count: n, corrected, results }) {
      const text = !n ? words.no_results : corrected ? words.corrected : n === 1 ? words.results_one : words.results_many;
      const items = results.map((one, index) => result(one, index + 1));
      fillList(fill(text, { n, q: n && corrected || asked }), items, n && corrected && fill(words.instead, { q: asked }), n ? "" : words.widget_advice);
    }

    function fillList(text, items, other, more) {
      status.textContent = text;
      instead.textContent = other || "";
      list.replaceChildren(...items);
      advice.textContent = more || "";
    }

    async function search() {
      const asked = query(), run = new AbortController();
      pause();
      running?.abort();
      running = run;
      last = undefined;
      if (!asked) { offer(words.first_articles); return; }
      try {
        const answer = await ask(asked, typed === asked, run.signal);
        if (run !== running) return;
        last = answer;
        found(answer);
        settling = setTimeout(tellSearch, SETTLED_MS, answer);
      } catch {
        if (run === running) offer(words.search_offline);
      }
    }

    async function read(id, text, href, others) {
      const heading = make("h2", { tabindex: "-1", ...others }, text), shown = make("div", { class: "text", ...others });
      reader.replaceChildren(heading, shown, linkOut("out", href, words.widget_article));
      show(id);
      heading.focus();
      try {
        copy((await readPage(href)).querySelector(".kb-article .kb-body"), shown);
        shown.after(vote(id));
        if (heading.isConnected) send("view", { article: id });
      } catch {
        shown.textContent = refused;
      }
    }

    function vote(id) {
      const choose = (value) => button({}, () => {
        const thanks = make("b", { class: "thanks", tabindex: "-1", role: "status" }, words.thanks);
        send("vote", { article: id, value });
        section.replaceChildren(thanks);
        thanks.focus();
      }, words[`vote_${value}`]);
      const section = make("div", { class: "vote", role: "group", "aria-label": words.helpful }, make("b", {}, words.helpful), choose("yes"), choose("no"));
      return section;
    }

    contact.addEventListener("click", () => {
      tellSearch(last);
      const known = Object.entries({ article, q: last?.query, source: "widget" }).filter(([, value]) => value);
      /* The contact page tells that it was opened, and from where. */
      contact.href = `${home}contact/?${new URLSearchParams(known)}`;
    });
    input.addEventListener("input", () => {
      pause();
      waiting = setTimeout(search, WAIT_MS);
    });
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      search();
    });
    body.addEventListener("keydown", (event) => {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key], stops = [input, ...list.querySelectorAll("a")];
      const at = stops.indexOf(root.activeElement);
      if (!step || at < 0) return;
      event.preventDefault();
      stops.at((at + step) % stops.length).focus();
    });
    restyle(words.style);
    dialog.replaceChildren(body);
    return (asked) => {
      if (asked !== undefined) {
        input.value = asked;
        opener = undefined;
        show();
        search();
      }
      (article ? scroll : input).focus();
    };
  }

  async function open(query) {
    if (!panel) dialog.replaceChildren(plain());
    if (!dialog.open) dialog.showModal();
    try {
      if (panel) panel(query || undefined);
      else (panel = makePanel(await json(`assets/widget.${lang}.json`)))(query || "");
    } catch {
      const out = linkOut("main", home, centre);
      dialog.replaceChildren(plain(make("p", {}, refused), out));
      out.focus();
    }
  }

  function start() {
    const look = options.position === "start" ? "launch start" : "launch";
    restyle(STYLE);
    if (options.position !== "none") root.append(round(look, options.label || label, () => open(), "M9.2 9.2a2.9 2.9 0 1 1 4.3 2.6c-1 .6-1.5 1.1-1.5 2.2M12 17.5v.01"));
    root.append(dialog);
    /* Beside the body, which some sites replace. */
    document.documentElement.append(root.host);
    if (options.color) paint(options.color);
    dialog.addEventListener("pointerdown", (event) => { if (event.target === dialog) dialog.close(); });
    dialog.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || event.isComposing) return;
      event.preventDefault();
      dialog.close();
    });
    /* What is typed here is no shortcut of the page, and where the focus is not its concern. */
    for (const kind of ["keydown", "keypress", "keyup", "focusin"]) root.addEventListener(kind, (event) => event.stopPropagation());
    document.addEventListener("click", (event) => {
      const opener = event.composedPath().find((one) => one.dataset && "kbOpen" in one.dataset);
      if (!opener || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      open(opener.dataset.kbOpen);
    });
  }

  window.kbtool = { open };
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
