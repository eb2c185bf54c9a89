/* Search as one types, and the page of results. Without a server it reads the site's own files
   (assets/search.js, which is loaded when it is first needed). */
const told = new Map(); // query → id of its search event: each is sent once a page

function tellSearch(answer, id) {
  const { query, count, corrected } = answer;
  if (!query || told.has(query)) return;
  if (!count && answer.filtered) return; // what a filter hides is not missing
  told.set(query, id || newId());
  send("search", { query, results: count, corrected: corrected?.slice(0, 200) }, told.get(query));
}

function tellClick(answer, article, position) {
  if (!answer?.query) return;
  tellSearch(answer);
  send("click", { query: answer.query, results: answer.count, article, position });
}

const addressOf = (asked) => {
  const fields = { q: asked.query, category: asked.category, tag: asked.tag, lang: asked.only, as_typed: asked.asTyped && "1" };
  return `?${new URLSearchParams(Object.entries(fields).filter(([, value]) => value))}`;
};

let script; // search.js, once it was needed

async function ask(asked, languages, limit, signal) {
  const { query, category, tag, only, asTyped } = asked;
  const lang = only || page.lang;
  if (!alone && await hasServer()) {
    const fields = { q: query, lang, limit, category, tag, only_lang: only && "1", as_typed: asTyped && "1" };
    const parameters = new URLSearchParams(Object.entries(fields).filter(([, value]) => value));
    const answer = await fromServer(parameters, signal);
    if (answer) return answer;
  }
  alone = true; // for the rest of this page
  script ??= import(SEARCH).catch((error) => { script = undefined; throw error; });
  const options = { lang, languages, onlyLang: Boolean(only), limit, category, tag, asTyped, signal };
  return (await script).search(new URL(`${page.root}search/`, location.href).href, query, options);
}

function hit(result, shelves, languages) {
  const link = make("a", { class: "kb-hit", href: page.root + result.url, "data-article": result.id });
  const tongue = result.lang && result.lang !== page.lang ? { lang: result.lang } : {};
  link.append(make("span", { class: "kb-hit-title", ...tongue }, result.title));
  const shelf = make("span", { class: "kb-hit-shelf" });
  if (tongue.lang) shelf.append(make("span", { class: "kb-hit-lang", ...tongue }, languages[result.lang] ?? result.lang));
  shelf.append(shelves[result.category] ?? "");
  if (shelf.textContent) link.append(shelf);
  const text = make("span", { class: "kb-hit-text", ...tongue });
  for (const [piece, marked] of result.snippet) text.append(marked ? make("mark", {}, piece) : piece);
  if (result.snippet.length) link.append(text);
  return link;
}

function searchBox(form) {
  const input = form.querySelector("input");
  const words = form.dataset;
  const shelves = JSON.parse(words.categories), languages = JSON.parse(words.languages);
  const list = document.querySelector("[data-kb-results]");
  const live = make("p", { class: "kb-hidden", role: "status" });
  const drop = make("div", { class: "kb-drop", hidden: "" });
  const choices = make("div", { id: "kb-choices", role: "listbox", "aria-label": form.querySelector("label").textContent });
  const given = new URLSearchParams(list ? location.search : "");
  let tag = given.get("tag") || "";
  let typed = given.get("as_typed") ? given.get("q") : ""; // the query that is not to be corrected
  let options = [], active = -1, last = null, waiting, settling, running;

  form.append(drop, live);
  if (!list) {
    for (const [key, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": choices.id })) input.setAttribute(key, value);
  }

  const query = () => input.value.trim().replace(/\s+/g, " ");
  const field = (name) => form.elements[name]?.value || "";
  const asked = () => ({ query: query(), category: field("category"), only: field("lang"), tag, asTyped: typed === query() });
  const say = (answer) => {
    const text = answer.count === 0 ? words.none : answer.count === 1 ? words.one : words.many;
    live.textContent = fill(text, { n: answer.count, q: answer.corrected ?? answer.query });
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
    settling = setTimeout(() => tellSearch(answer), SETTLED_MS);
  };
  // a link to another search, made at once when there is a list to show it in
  const again = (text, change) => {
    const link = make("a", { href: form.getAttribute("action") + addressOf({ ...last.asked, ...change }) }, text);
    link.addEventListener("click", (event) => {
      event.preventDefault();
      event.stopPropagation();
      if ("asTyped" in change) typed = last.asked.query;
      if ("tag" in change) tag = "";
      if ("only" in change) for (const name of ["category", "lang"]) if (form.elements[name]) form.elements[name].value = "";
      input.focus();
      search();
    });
    return link;
  };
  const instead = (answer) => again(fill(words.instead, { q: answer.query }), { asTyped: true });

  function showDrop(answer) {
    options = answer.results.map((result) => hit(result, shelves, languages));
    if (options.length) options.push(make("a", { class: "kb-hit kb-hit-all", href: form.getAttribute("action") + addressOf(answer.asked) }, words.all));
    options.forEach((option, i) => {
      option.id = `kb-option-${i}`;
      option.setAttribute("role", "option");
      option.tabIndex = -1;
    });
    choices.replaceChildren(...options);
    const correction = make("p", { class: "kb-instead" }, fill(words.corrected, { q: answer.corrected }), " ", instead(answer));
    if (!options.length) drop.replaceChildren(nothing(answer));
    else drop.replaceChildren(...(answer.corrected ? [correction] : []), choices);
    choose(-1);
    open(true);
  }

  function nothing(answer) {
    return make("p", {}, make("strong", {}, fill(words.none, { q: answer.query })), words.advice);
  }

  function showList(answer) {
    const corrected = answer.count ? answer.corrected : null;
    const text = !answer.count ? words.none : corrected ? words.corrected : words.for;
    const parts = [make("h2", {}, fill(text, { q: corrected ?? answer.query }))];
    if (corrected) parts.push(make("p", { class: "kb-instead" }, instead(answer)));
    if (tag) parts.push(make("p", { class: "kb-tag" }, fill(words.tag, { tag }), " ", again(words.everyTag, { tag: "" })));
    if (answer.count) parts.push(make("ol", {}, ...answer.results.map((result) => make("li", {}, hit(result, shelves, languages)))));
    else if (answer.filtered) parts.push(make("p", { class: "kb-everywhere" }, again(fill(words.everywhere, { q: answer.query }), { category: "", only: "", tag: "" })));
    list.replaceChildren(...parts);
    list.dataset.query = answer.query;
    history.replaceState(null, "", addressOf(answer.asked));
  }

  async function search() {
    const now = asked();
    const run = new AbortController();
    running?.abort();
    running = run;
    clearTimeout(waiting);
    if (!now.query) { last = null; clearTimeout(settling); open(false); list?.replaceChildren(); return; }
    try {
      const answer = await ask(now, Object.keys(languages), list ? 20 : 6, run.signal);
      if (run !== running || now.query !== query()) return; // the reader has gone on
      last = { ...answer, asked: now, filtered: Boolean(now.category || now.only || now.tag) };
      (list ? showList : showDrop)(last);
      say(last);
      settle(last);
    } catch {
      if (run !== running) return;
      open(false);
      if (list && !list.childElementCount) list.replaceChildren(make("p", {}, words.offline));
    }
  }

  const opened = (link) => {
    if (link.dataset.article) tellClick(last, link.dataset.article, options.indexOf(link) + 1);
    else tellSearch(last);
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
      clearTimeout(waiting);
      running?.abort(); // what is still on its way opens nothing again
      open(false);
    }
  });
  drop.addEventListener("mousedown", (event) => event.preventDefault()); // the field keeps the focus
  choices.addEventListener("click", (event) => {
    const link = event.target.closest("a");
    if (link) opened(link);
  });
  form.addEventListener("submit", (event) => {
    clearTimeout(settling);
    if (list || !query()) event.preventDefault();
    if (list) search();
    else if (query() && asked().asTyped) {
      event.preventDefault();
      location.assign(form.getAttribute("action") + addressOf(asked()));
    }
    // the results page opens, and whoever fills it (server or script) tells the search
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
  if (list) resultsPage(list, form, given, search, () => last);
}

function resultsPage(list, form, given, search, last) {
  const input = form.querySelector("input"), query = given.get("q") || "";
  const served = list.querySelector("[data-kb-event]");
  input.value = query;
  for (const name of ["category", "lang"]) {
    const select = form.elements[name], value = given.get(name) || "";
    if (!select) continue;
    select.value = value;
    if (select.value !== value && name === "category") select.add(new Option(value, value, false, true));
    select.addEventListener("change", search);
  }
  // what the server put in was recorded under this id: telling it again would count twice
  if (served) told.set(served.dataset.kbQuery, served.dataset.kbEvent);
  if (query) search().finally(() => { delete html.dataset.asked; });
  else input.focus();
  list.addEventListener("click", (event) => {
    const link = event.target.closest("a.kb-hit");
    if (!link || !last()) return; // until then the list is the server's, who counts its own links
    tellClick(last(), link.dataset.article, [...list.querySelectorAll("a.kb-hit")].indexOf(link) + 1);
  });
}
