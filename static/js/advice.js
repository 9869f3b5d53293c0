// Makes a form of the advice desk kinder. Without this file it works the same: the server keeps what was typed and says what is wrong.
// - The message on top gets the focus, in browsers that don't know `autofocus` outside fields.
// - A counter tells how many characters are left.
// - Without a connection, or with a text without end, the form stays where it is instead of giving way to an error of the browser.
// - Whoever leaves with something written is asked first.

const OFFLINE = "Je hebt nu geen verbinding. Er is nog niets verstuurd en je tekst staat er nog. Probeer het zo weer.";
const ENDLESS = "Je tekst is veel te lang om te versturen. Er is nog niets verstuurd en je tekst staat er nog.";
const PATIENCE = 8000; // ms to find out whether the site can be reached

function count(counter) {
  const field = document.getElementById(counter.dataset.counter);
  const most = Number(counter.dataset.most);
  const show = () => {
    const left = most - field.value.trim().length;
    const many = Math.abs(left) === 1 ? "1 teken" : `${Math.abs(left)} tekens`;
    counter.toggleAttribute("data-over", left < 0);
    counter.textContent = left < 0 ? `Je tekst is ${many} te lang.` : `Je hebt nog ${many}.`;
  };
  counter.setAttribute("role", "status");
  field.addEventListener("input", () => {
    clearTimeout(counter.timer);
    counter.timer = setTimeout(show, 600); // not with every key: a screen reader says it
  });
  if (field.value) show();
}

async function canReach(site) {
  try {
    await fetch(new URL("/robots.txt", site), { method: "HEAD", cache: "no-store", signal: AbortSignal.timeout(PATIENCE) });
    return true;
  } catch {
    return false;
  }
}

function tell(form, text) {
  const line = form.querySelector("[data-told]") ?? document.createElement("p");
  Object.assign(line, { className: "wrong", textContent: text });
  line.dataset.told = "";
  line.setAttribute("role", "alert");
  form.querySelector(".form-send").before(line);
}

// So long that the server wouldn't even read it, and couldn't give it back.
function isEndless(form) {
  return [...form.querySelectorAll("textarea")].some((field) => field.value.length > 20 * Number(form.dataset.longest));
}

function guard(form) {
  let isDirty = document.querySelector("[data-focus-first]") !== null; // what came back unsent
  let isChecked = false;
  form.addEventListener("input", () => { isDirty = true; });
  addEventListener("beforeunload", (event) => { if (isDirty) event.preventDefault(); });
  addEventListener("pageshow", () => { isChecked = false; });
  form.addEventListener("submit", async (event) => {
    if (isChecked) return;
    event.preventDefault();
    if (isEndless(form)) return tell(form, ENDLESS);
    if (!(await canReach(form.action))) return tell(form, OFFLINE);
    isChecked = true;
    isDirty = false;
    form.submit();
  });
}

export function start(root = document) {
  root.querySelector("[data-focus-first]")?.focus();
  root.querySelectorAll("[data-counter]").forEach(count);
  root.querySelectorAll("form[data-advice-form]").forEach(guard);
}

start();
