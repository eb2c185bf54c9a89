/* The contact page, and the question it leaves on an article that was opened from there. kb.js loads
   this file where it is needed and lends it its tools. What a reader types here is stored nowhere but
   in his own tab; only what he did is told (POST api/events). */
const WAIT_MS = 300;
const SETTLED_MS = 1000;
const MOST_SHOWN = 3;
const MOST_QUERY = 200;
const MOST_QUESTION = 1200; // as in kbtool/handoff.py, like the two functions below
const ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz";
const KEPT = "kb-asked", VISIT = "kb-visit", ARM = "kb-arm";

export function start(tools) {
  const solved = document.querySelector("[data-kb-solved]");
  if (tools.page.kind === "contact") contact(document.querySelector("[data-kb-contact]"), tools);
  else if (solved && kept(tools).opened.includes(tools.page.article)) askIfSolved(solved, tools);
}

function kept({ session }) {
  try {
    return { question: "", opened: [], ...JSON.parse(session.get(KEPT) || "{}") };
  } catch { return { question: "", opened: [] }; }
}

// Made when a reader goes on to a person (or when a holdout draws lots), and for this tab only: no
// cookie, and nobody's name.
function visitToken({ session }) {
  let token = session.get(VISIT);
  if (!token) {
    const letters = Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => ALPHABET[byte % ALPHABET.length]);
    token = `kbv-${letters.join("")}`;
    session.set(VISIT, token);
  }
  return token;
}

// Which tabs see no suggestions, so that it can be measured what these do. As in kbtool/handoff.py.
export function armOf(token, percent) {
  let number = 0x811c9dc5;
  for (const letter of token) number = Math.imul(number ^ letter.charCodeAt(0), 0x01000193);
  return (number >>> 0) % 100 < percent ? "off" : "on";
}

function drawnArm(percent, tools) { // "" where there is no holdout
  const arm = percent ? armOf(visitToken(tools), percent) : "";
  tools.session.set(ARM, arm);
  return arm;
}

const plain = (question) => question.value.trim().replace(/\s+/g, " ");
const isEnough = (text) => text.length >= 12 || text.split(" ").length >= 3;

const shortened = (question) => {
  const letters = [...question.trim()];
  return letters.length <= MOST_QUESTION ? letters.join("") : `${letters.slice(0, MOST_QUESTION).join("")}…`;
};

export function deskAddress(url, values) {
  const known = { ...values, question: shortened(values.question) };
  const filled = url.replace(/\{(visit|article|lang|question)\}/g, (all, name) => encodeURIComponent(known[name]));
  if (url.includes("{visit}")) return filled;
  const [, address, fragment] = /^([^#]*)(.*)$/s.exec(filled);
  return `${address}${address.includes("?") ? "&" : "?"}kb_visit=${encodeURIComponent(values.visit)}${fragment}`;
}

export function mailAddress(email, subject, values) {
  const body = `${shortened(values.question).replace(/\r\n?/g, "\n")}\n\n[${values.visit}]`.replaceAll("\n", "\r\n");
  return `mailto:${email}?subject=${encodeURIComponent(subject)}&body=${encodeURIComponent(body)}`;
}

function contact(form, tools) {
  const { page, session, thank, whenSeen, hasServer } = tools;
  const words = form.dataset, { question, email } = form.elements;
  const given = new URLSearchParams(location.search), article = given.get("article") || "";
  const failed = document.getElementById("failed");
  const arm = drawnArm(Number(words.holdout), tools);
  const tell = (fields) => tools.send("contact", { article, arm, ...fields });
  let sending = false, hasTyped = false, handedOff = false;

  // Both arms tell it in the same moment: before there is anything that could differ.
  const tellTyped = () => {
    if (hasTyped || !isEnough(plain(question))) return;
    hasTyped = true;
    tell({ value: "typed" });
  };

  whenSeen(() => tell({ value: "open" }));
  question.value ||= kept(tools).question || given.get("q") || "";
  question.addEventListener("input", tellTyped);
  whenSeen(tellTyped);
  if (arm !== "off") suggest(form, tell, tools);

  const values = () => ({ question: question.value, visit: visitToken(tools), article, lang: page.lang });
  const addressOf = { url: (filled) => deskAddress(words.url, filled), email: (filled) => mailAddress(words.email, words.subject, filled) };
  const handOff = (way) => {
    const filled = values();
    // who presses twice, or takes the mail after the form, goes on to a person once
    if (!handedOff) tell({ value: "handoff", token: filled.visit });
    handedOff = true;
    session.set(KEPT, "");
    return addressOf[way](filled);
  };

  async function post() {
    const fields = { ...values(), arm, value: "handoff", email: email?.value ?? "", suggested: kept(tools).opened.join(",") };
    const options = { method: "POST", body: new URLSearchParams(fields), headers: { Accept: "application/json" } };
    const answer = await fetch(form.action, options).catch(() => null);
    if (answer?.ok) {
      session.set(KEPT, "");
      thank(form.parentElement);
    } else {
      failed.hidden = false;
      failed.focus();
    }
  }

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (sending) return;
    sending = true;
    failed.hidden = true;
    if (words.webhook && await hasServer()) await post();
    else if (words.url || words.email) location.assign(handOff(words.url ? "url" : "email"));
    else if (words.webhook) failed.hidden = false; // a site without its server
    sending = false;
  });
  for (const link of form.querySelectorAll("[data-kb-way]")) {
    link.addEventListener("click", () => { link.href = handOff(link.dataset.kbWay); });
  }
}

// The articles that may answer what is being typed, below it.
function suggest(form, tell, tools) {
  const { ask, hit, make, fill, session } = tools;
  const words = form.dataset, { question } = form.elements;
  const shelves = JSON.parse(words.categories), languages = JSON.parse(words.languages);
  const box = form.querySelector("[data-kb-suggested]");
  const live = box.querySelector("[role=status]"), list = box.querySelector("ol");
  let waiting, settling, running, asked = "", none = false;
  const told = new Set(); // what stood there, each once a page

  // Room is made with the key that is pressed, so that nothing jumps when the answer comes later.
  const makeRoom = () => box.classList.toggle("kb-asking", isEnough(plain(question)) && !none);

  function show(results) {
    const count = results.length;
    none = !count && isEnough(asked);
    list.replaceChildren(...results.map((result) => make("li", {}, hit(result, shelves, languages))));
    live.textContent = count ? fill(count === 1 ? words.one : words.many, { n: count }) : "";
    box.classList.toggle("kb-found", count > 0);
  }

  function settle(results) {
    const ids = results.map((result) => result.id).join();
    settling = setTimeout(() => {
      if (!told.has(ids)) tell({ value: "shown", results: results.length });
      told.add(ids);
    }, SETTLED_MS);
  }

  async function search() {
    const query = plain(question).slice(0, MOST_QUERY);
    if (query === asked) return;
    running?.abort();
    asked = query;
    if (!isEnough(query)) { show([]); return; }
    running = new AbortController();
    try {
      const { results } = await ask({ query }, Object.keys(languages), MOST_SHOWN, running.signal);
      if (query !== asked) return; // the reader has gone on
      show(results);
      settle(results);
    } catch { /* without suggestions the form is still a form */ }
  }

  question.addEventListener("input", () => {
    makeRoom();
    clearTimeout(waiting);
    clearTimeout(settling);
    waiting = setTimeout(search, WAIT_MS);
  });
  list.addEventListener("click", (event) => {
    const link = event.target.closest("a.kb-hit");
    if (!link) return;
    const opened = link.dataset.article, position = [...list.querySelectorAll("a.kb-hit")].indexOf(link) + 1;
    const before = kept(tools).opened.filter((one) => one !== opened);
    session.set(KEPT, JSON.stringify({ question: question.value, opened: [...before, opened] }));
    tell({ article: opened, value: "opened", position });
  });
  makeRoom();
  search();
}

function askIfSolved(section, { page, send, session, thank }) {
  document.querySelector("[data-kb-vote]").hidden = true;
  section.hidden = false;
  section.querySelector("form").addEventListener("submit", (event) => {
    event.preventDefault();
    send("contact", { article: page.article, value: "solved", arm: session.get(ARM) });
    session.set(KEPT, "");
    thank(section);
  });
}
