/* Theme, menu and language, and what each page starts. */
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

const tools = { page, session, make, fill, hasServer, send, whenSeen, ask, hit, thank };

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
  watchReading();
  const suggested = page.article && session.get("kb-asked")?.includes(`"${page.article}"`);
  if (page.kind === "contact" || suggested) import(CONTACT).then((it) => it.start(tools)).catch(() => { /* the form works without */ });
});
