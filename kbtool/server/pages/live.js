// Follows the builds of `kbtool serve --watch`: loads the page again when another release is shown,
// and says what keeps the next one from being made. The built site knows nothing of it.
"use strict";

(() => {
  const LOOK = `
    :host { all: initial; }
    div {
      position: fixed; inset-inline: 1rem; bottom: 1rem; z-index: 2147483647; margin-inline: auto;
      max-width: 60rem; max-height: 45vh; overflow: auto; box-sizing: border-box; padding: .8rem 1rem;
      border-radius: 10px; border-inline-start: 6px solid #ff9a8a; background: #2a1416; color: #fff;
      font: 14px/1.5 ui-monospace, "SF Mono", Menlo, Consolas, monospace; overflow-wrap: anywhere;
      box-shadow: 0 8px 30px rgb(0 0 0 / .35);
    }
    strong { display: block; font: 600 14px/1.5 system-ui, sans-serif; }
    ul { margin: .3rem 0 0; padding: 0; list-style: none; }`;
  const { src, dataset: { release: shown } } = document.currentScript;
  const host = document.createElement("kb-live");
  host.setAttribute("role", "alert");
  document.body.append(host);
  const room = host.attachShadow({ mode: "open" });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(LOOK);
  room.adoptedStyleSheets = [sheet];

  const tell = (trouble) => {
    if (trouble.length === 0) return room.replaceChildren();
    const [box, title, list] = ["div", "strong", "ul"].map((tag) => document.createElement(tag));
    title.textContent = "The last change could not be built. You see the page as it was before.";
    list.append(...trouble.map((line) => {
      const item = document.createElement("li");
      item.textContent = line;
      return item;
    }));
    box.lang = "en";
    box.dir = "ltr";
    box.append(title, list);
    room.replaceChildren(box);
  };

  let source = null;
  const listen = () => {
    source = new EventSource(new URL("../api/live", src));
    source.onmessage = (message) => {
      const { release, trouble } = JSON.parse(message.data);
      if (release !== shown) location.reload();
      else tell(trouble);
    };
  };
  const stop = () => {
    source?.close();
    source = null;
  };
  // browsers open six connections to a server at most: tabs that nobody sees leave theirs
  document.addEventListener("visibilitychange", () => {
    stop();
    if (!document.hidden) listen();
  });
  addEventListener("pagehide", stop);
  addEventListener("pageshow", (event) => event.persisted && listen());
  if (!document.hidden) listen();
})();
