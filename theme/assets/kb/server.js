/* Is there a server? It says so with each page. Where something else sends the pages, the API is asked:
   a static site has a file at its address that has no results, so that asking is no error there. */
let known, alone = false, quiet = false; // quiet: somebody answered that there is no server
const hasServer = () => (known ??= findServer());

async function findServer() {
  const [visit] = performance.getEntriesByType("navigation");
  if (visit?.serverTiming?.some(({ name }) => name === "kbtool")) return true;
  const told = session.get(serverKey());
  quiet = told === "no";
  return told ? !quiet : Boolean(await fromServer(""));
}

const serverKey = () => `kb-server ${new URL(page.root, location.href).pathname}`;

async function fromServer(parameters, signal) { // what the API says; null when it says nothing
  try {
    const answer = await fetch(`${page.root}api/search?${parameters}`, { signal });
    const found = answer.ok ? await answer.json().catch(() => null) : null;
    signal?.throwIfAborted();
    const there = Array.isArray(found?.results);
    if (answer.status < 500) {
      quiet = !there;
      session.set(serverKey(), there ? "yes" : "no");
    }
    return there ? found : null;
  } catch (error) {
    if (signal?.aborted) throw error;
    return null;
  }
}
