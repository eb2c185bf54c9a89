/* The help centre's one script. Pages work without it; it adds search as you type and tells the
   server what happened (POST api/events). Without a server it stays silent. */
(() => {
  "use strict";
  const html = document.documentElement;
  html.dataset.script = "";
  const store = {
    get(key) { try { return localStorage.getItem(key); } catch { return null; } },
    set(key, value) { try { localStorage.setItem(key, value); } catch { /* private window */ } },
  };
  const saved = store.get("kb-theme");
  if (saved === "light" || saved === "dark") html.dataset.theme = saved;

  const WAIT_MS = 120;
  const SETTLED_MS = 1000;
  const page = { root: "", lang: "", kind: "", article: "" };

  const make = (name, attributes, ...children) => {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes || {})) element.setAttribute(key, value);
    element.append(...children);
    return element;
  };
  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (all, name) => values[name] ?? all);

  /* --- events ------------------------------------------------------------------------------- */

  const newId = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (b) => b.toString(16).padStart(2, "0")).join("");

  function send(kind, fields, id) {
    const event = { id: id || newId(), kind, lang: page.lang };
    for (const [name, value] of Object.entries(fields || {})) {
      if (value !== "" && value !== null && value !== undefined) event[name] = value;
    }
    const options = { method: "POST", keepalive: true, headers: { "Content-Type": "application/json" }, body: JSON.stringify(event) };
    fetch(`${page.root}api/events`, options).catch(() => {});
  }

  const whenSeen = (act) => {
    if (document.prerendering) document.addEventListener("prerenderingchange", act, { once: true });
    else act();
  };

  /* --- search ------------------------------------------------------------------------------- */

  const told = new Map(); // query → id of its search event: each is sent once a page

  function tellSearch(query, results, id) {
    if (!query || told.has(query)) return;
    told.set(query, id || newId());
    send("search", { query, results }, told.get(query));
  }

  function tellClick(query, results, article, position) {
    if (!query) return;
    tellSearch(query, results);
    send("click", { query, results, article, position });
  }

  async function ask(query, limit, signal) {
    const parameters = new URLSearchParams({ q: query, lang: page.lang, limit });
    const answer = await fetch(`${page.root}api/search?${parameters}`, { signal });
    if (!answer.ok) throw new Error(String(answer.status));
    return answer.json();
  }

  function hit(result, shelves) {
    const link = make("a", { class: "kb-hit", href: page.root + result.url, "data-article": result.id });
    link.append(make("span", { class: "kb-hit-title" }, result.title));
    const shelf = shelves[result.category];
    if (shelf) link.append(make("span", { class: "kb-hit-shelf" }, shelf));
    const text = make("span", { class: "kb-hit-text" });
    for (const [piece, marked] of result.snippet) text.append(marked ? make("mark", {}, piece) : piece);
    if (result.snippet.length) link.append(text);
    return link;
  }

  function searchBox(form) {
    const input = form.querySelector("input");
    const words = form.dataset;
    const shelves = JSON.parse(words.categories);
    const list = document.querySelector("[data-kb-results]");
    const live = make("p", { class: "kb-hidden", role: "status" });
    const drop = make("div", { class: "kb-drop", id: "kb-drop", role: "listbox", "aria-label": form.querySelector("label").textContent, hidden: "" });
    let options = [], active = -1, last = null, waiting, settling, running;

    form.append(drop, live);
    if (!list) {
      for (const [key, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": "kb-drop" })) input.setAttribute(key, value);
    }

    const query = () => input.value.trim().replace(/\s+/g, " ");
    const say = (answer) => {
      const text = answer.count === 0 ? words.none : answer.count === 1 ? words.one : words.many;
      live.textContent = fill(text, { n: answer.count, q: answer.query });
    };
    const open = (shown) => {
      drop.hidden = !shown;
      input.setAttribute("aria-expanded", String(shown && options.length > 0));
      if (!shown) choose(-1);
    };
    const choose = (index) => {
      active = index;
      options.forEach((option, i) => option.setAttribute("aria-selected", String(i === index)));
      if (index < 0) input.removeAttribute("aria-activedescendant");
      else {
        input.setAttribute("aria-activedescendant", options[index].id);
        options[index].scrollIntoView({ block: "nearest" });
      }
    };
    const settle = (answer) => {
      clearTimeout(settling);
      settling = setTimeout(() => tellSearch(answer.query, answer.count), SETTLED_MS);
    };

    function showDrop(answer) {
      options = answer.results.map((result) => hit(result, shelves));
      if (options.length) {
        const parameters = new URLSearchParams({ q: answer.query });
        options.push(make("a", { class: "kb-hit kb-hit-all", href: `${form.getAttribute("action")}?${parameters}` }, words.all));
      }
      options.forEach((option, i) => {
        option.id = `kb-option-${i}`;
        option.setAttribute("role", "option");
        option.tabIndex = -1;
      });
      drop.replaceChildren(...(options.length ? options : [nothing(answer)]));
      drop.setAttribute("role", options.length ? "listbox" : "presentation");
      choose(-1);
      open(true);
    }

    function nothing(answer) {
      return make("p", {}, make("strong", {}, fill(words.none, { q: answer.query })), words.advice);
    }

    function showList(answer) {
      const heading = make("h2", {}, fill(answer.count ? words.for : words.none, { q: answer.query }));
      const items = make("ol", {}, ...answer.results.map((result) => make("li", {}, hit(result, shelves))));
      list.replaceChildren(heading, items);
      list.dataset.query = answer.query;
      list.dataset.count = answer.count;
      const address = new URL(location.href);
      address.searchParams.set("q", answer.query);
      history.replaceState(null, "", address);
    }

    async function search() {
      const text = query();
      running?.abort();
      if (!text) { last = null; clearTimeout(settling); open(false); return; }
      running = new AbortController();
      try {
        const answer = await ask(text, list ? 20 : 6, running.signal);
        if (text !== query()) return;
        last = answer;
        (list ? showList : showDrop)(answer);
        say(answer);
        settle(answer);
      } catch (error) {
        if (error.name === "AbortError") return;
        open(false);
        if (list && !list.childElementCount) list.replaceChildren(make("p", {}, words.offline));
      }
    }

    const opened = (link) => {
      const position = options.indexOf(link) + 1;
      if (last && link.dataset.article) tellClick(last.query, last.count, link.dataset.article, position);
      else if (last) tellSearch(last.query, last.count);
    };

    input.addEventListener("input", () => {
      clearTimeout(waiting);
      clearTimeout(settling);
      waiting = setTimeout(search, WAIT_MS);
    });
    input.addEventListener("focus", () => { if (!list && last && last.query === query()) open(true); });
    input.addEventListener("keydown", (event) => {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (step && options.length && !list) {
        event.preventDefault();
        if (drop.hidden) open(true);
        const places = options.length + 1; // the field itself is one of them
        choose(((active + 1 + step + places) % places) - 1);
      } else if (event.key === "Enter" && active >= 0) {
        event.preventDefault();
        options[active].click();
      } else if (event.key === "Escape" && !drop.hidden) {
        event.preventDefault();
        open(false);
      }
    });
    drop.addEventListener("mousedown", (event) => event.preventDefault()); // the field keeps the focus
    drop.addEventListener("click", (event) => {
      const link = event.target.closest("a");
      if (link) opened(link);
    });
    form.addEventListener("submit", (event) => {
      clearTimeout(settling);
      if (!query()) event.preventDefault();
      else if (list) { event.preventDefault(); clearTimeout(waiting); search(); }
      // elsewhere the results page opens, and whoever fills it (server or script) tells the search
    });
    form.addEventListener("focusout", (event) => { if (!form.contains(event.relatedTarget)) open(false); });
    document.addEventListener("keydown", (event) => {
      const typing = event.target.closest("input, textarea, select, [contenteditable]");
      if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
        event.preventDefault();
        input.focus();
        input.select();
      }
    });
    if (list) resultsPage(list, input, search);
  }

  function resultsPage(list, input, search) {
    const asked = new URLSearchParams(location.search).get("q") || "";
    const served = list.querySelector("[data-kb-event]");
    input.value = asked;
    // what the server put in was recorded under this id: telling it again would count twice
    if (served) told.set(served.dataset.kbQuery, served.dataset.kbEvent);
    if (asked) search();
    else input.focus();
    list.addEventListener("click", (event) => {
      const link = event.target.closest("a.kb-hit");
      if (!link) return;
      const position = [...list.querySelectorAll("a.kb-hit")].indexOf(link) + 1;
      tellClick(list.dataset.query, Number(list.dataset.count), link.dataset.article, position);
    });
  }

  /* --- vote, contact, copy ------------------------------------------------------------------ */

  function thank(section) {
    section.classList.add("kb-voted");
    section.querySelector(".kb-thanks").focus();
  }

  function vote(section) {
    section.querySelector("form").addEventListener("submit", (event) => {
      event.preventDefault();
      send("vote", { article: page.article, value: event.submitter.value });
      thank(section);
    });
  }

  function contact(form) {
    const article = new URLSearchParams(location.search).get("article") || "";
    whenSeen(() => send("contact", { article, value: "open" }));
    form?.addEventListener("submit", (event) => {
      event.preventDefault();
      send("contact", { article, value: "handoff" });
      location.assign(form.dataset.url);
    });
    for (const link of document.querySelectorAll("[data-kb-handoff]")) {
      link.addEventListener("click", () => send("contact", { article, value: "handoff" }));
    }
    const solved = document.querySelector("[data-kb-solved]");
    solved.querySelector("form").addEventListener("submit", (event) => {
      event.preventDefault();
      send("contact", { article, value: "solved" });
      thank(solved);
    });
  }

  function copy(link) {
    const words = link.querySelector("span");
    link.addEventListener("click", async (event) => {
      if (!navigator.clipboard) return; // the link itself is the permanent address
      event.preventDefault();
      try {
        await navigator.clipboard.writeText(link.href);
        const before = words.textContent;
        words.textContent = link.dataset.done;
        setTimeout(() => { words.textContent = before; }, 2500);
      } catch { location.assign(link.href); }
    });
  }

  /* --- the rest ----------------------------------------------------------------------------- */

  function themeSwitch(button) {
    button.hidden = false;
    button.addEventListener("click", () => {
      const chosen = html.dataset.theme;
      const dark = chosen ? chosen === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
      html.dataset.theme = dark ? "light" : "dark";
      store.set("kb-theme", html.dataset.theme);
    });
  }

  function menu(details) {
    document.addEventListener("click", (event) => { if (!details.contains(event.target)) details.open = false; });
    details.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !details.open) return;
      details.open = false;
      details.querySelector("summary").focus();
    });
  }

  function chooseLanguage(links) {
    for (const wanted of navigator.languages || []) {
      const link = links.find((one) => one.hreflang.split("-")[0] === wanted.toLowerCase().split("-")[0]);
      if (link) { location.replace(link.href); return; }
    }
  }

  document.addEventListener("DOMContentLoaded", () => {
    Object.assign(page, document.body.dataset);
    const each = (selector, act) => document.querySelectorAll(selector).forEach(act);
    each("[data-kb-theme]", themeSwitch);
    each("[data-kb-menu]", menu);
    each("[data-kb-search]", searchBox);
    each("[data-kb-vote]", vote);
    each("[data-kb-copy]", copy);
    if (page.kind === "root") { chooseLanguage([...document.querySelectorAll("[data-kb-language]")]); return; }
    if (page.kind === "missing") return;
    whenSeen(() => send("view", { article: page.article }));
    if (page.kind === "contact") contact(document.querySelector("[data-kb-contact]"));
  });
})();
