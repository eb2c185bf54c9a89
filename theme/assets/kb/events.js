/* What happened is told (POST api/events); what the fields mean says the site's page on counting. No
   cookie, nobody's name. What happens in one moment goes in one request. One that nobody answered is
   tried again, three times in all: an event has an id, so that it counts once. When the page is left,
   a beacon takes what is still to be told. */
const TRIES = 3, AGAIN_MS = 2000;
const newId = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (b) => b.toString(16).padStart(2, "0")).join("");
const queue = [], late = new Set();
let left = false;

function send(kind, fields, id) {
  const event = { id: id || newId(), kind, lang: page.lang };
  if (navigator.webdriver) event.automated = 1;
  // the widget leads to the contact page: what is done there is its contact
  if (kind === "contact" && /[?&]source=widget(&|$)/.test(location.search)) event.source = "widget";
  for (const [name, value] of Object.entries(fields || {})) {
    if (value !== "" && value !== null && value !== undefined) event[name] = value;
  }
  if (queue.push(event) > 1) return;
  if ("hits" in page) queueMicrotask(hand); // the log of a web server takes them, see README
  else hasServer().then(hand);
}

function hand() {
  const events = queue.splice(0);
  if ("hits" in page) for (const event of events) deliver(`api/hit?${new URLSearchParams(event)}`);
  else if (!quiet) deliver("api/events", JSON.stringify(events));
}

async function deliver(path, body, nth = 1) {
  const url = page.root + path, type = "application/json";
  const leaves = left || document.hidden || !("keepalive" in Request.prototype);
  if ((leaves || !body) && navigator.sendBeacon?.(url, body && new Blob([body], { type }))) return;
  const options = { method: "POST", keepalive: true, headers: { "Content-Type": type }, body };
  const answer = await fetch(url, options).catch(() => null);
  if (answer?.status < 500 || nth === TRIES) return;
  const again = () => {
    clearTimeout(timer);
    late.delete(again);
    deliver(path, body, nth + 1);
  };
  const timer = setTimeout(again, nth * nth * AGAIN_MS);
  late.add(again);
}

// Not before it is in sight: a page may be loaded ahead, or in a tab that is never opened.
function whenSeen(act) {
  const kinds = ["visibilitychange", "prerenderingchange"];
  const look = () => {
    if (document.hidden || document.prerendering) return;
    for (const kind of kinds) document.removeEventListener(kind, look);
    act();
  };
  for (const kind of kinds) document.addEventListener(kind, look);
  look();
}

addEventListener("pagehide", () => { left = true; for (const again of late) again(); });
addEventListener("pageshow", () => { left = false; });
