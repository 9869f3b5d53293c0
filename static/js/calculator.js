// “Hoeveel heb jij nodig?” answers in place. Without this file the form opens the page with the same answer.

function take(form, page, part) {
  const [mine, theirs] = [form, page].map((root) => root.querySelector(`[data-${part}]`));
  mine.replaceChildren(...theirs.childNodes);
}

async function ask(form) {
  const body = new URLSearchParams(new FormData(form));
  const answer = await fetch(form.action, { method: "POST", body, cache: "no-store", credentials: "omit" });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-calculator]");
  page.querySelectorAll("[autofocus]").forEach((element) => element.removeAttribute("autofocus")); // the focus is given below
  take(form, page, "fields");
  take(form, page, "answer");
  const problems = form.querySelector("[data-focus-first]");
  if (problems) problems.focus();
  else form.querySelector("[data-answer]").scrollIntoView({ block: "nearest" });
}

export function start(root = document) {
  for (const form of root.querySelectorAll("[data-calculator]:not([data-started])")) {
    form.dataset.started = "";
    form.querySelector("[data-focus-first]")?.focus();
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      ask(form).catch(() => form.submit()); // the browser says what is wrong
    });
  }
}

start();
