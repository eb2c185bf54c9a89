/* Was this helpful? And the permanent link. */
function thank(section) {
  section.classList.add("kb-voted");
  section.querySelector(".kb-thanks").focus();
}

function vote(section) {
  const [ask, why] = section.querySelectorAll("form"), id = newId();
  const say = (fields) => send("vote", { article: page.article, ...fields }, id);
  ask.addEventListener("submit", (event) => {
    event.preventDefault();
    const { value } = event.submitter;
    say({ value });
    if (value === "yes") { thank(section); return; }
    section.classList.add("kb-asked");
    why.parentElement.open = true;
    why.querySelector("legend").focus();
  });
  why.addEventListener("submit", (event) => {
    event.preventDefault();
    const { reason, text } = Object.fromEntries(new FormData(why));
    if (reason || text.trim()) say({ value: "no", reason, text: text.trim() }); // completes the "no" of this id
    thank(section);
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
