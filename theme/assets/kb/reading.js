/* Views, and of articles how they were read: when one is left, its view is told again with the seconds
   that it was in sight and the per cent of it that came into sight. */
const DWELLS = [0, 10, 30, 60, 180, 600], SCROLLS = [0, 25, 50, 75, 100]; // as in kbtool/events/reading.py
const bucket = (buckets, value) => Math.max(...buckets.filter((one) => one <= value));
let view, looked, since, deepest;

function countView() {
  view = newId();
  looked = deepest = 0;
  since = performance.now();
  send("view", { article: page.article }, view);
  see();
}

function see() {
  const text = document.querySelector(".kb-article")?.getBoundingClientRect();
  if (text && since) deepest = Math.max(deepest, Math.round((innerHeight - text.top) / text.height * 100));
}

function leave() {
  if (!since) return;
  see();
  looked += performance.now() - since;
  since = 0;
  const { article } = page;
  if (article) send("view", { article, dwell: bucket(DWELLS, looked / 1000), scroll: bucket(SCROLLS, deepest) }, view);
}

function watchReading() {
  whenSeen(countView);
  addEventListener("scroll", see, { passive: true });
  addEventListener("pagehide", leave);
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) leave();
    else if (view) since ||= performance.now();
  });
  // a page that the browser had kept is opened again
  addEventListener("pageshow", (event) => { if (event.persisted) whenSeen(countView); });
}
