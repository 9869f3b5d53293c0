// Keeps "Zo staat de bron in de lijst" up to date while somebody types. The server makes the line: there is one renderer.
const WAIT = 400;

function start(panel) {
  const form = panel.closest("form");
  if (!form || panel.dataset.started) return;
  panel.dataset.started = "yes";
  let timer = 0;
  let request = null;

  async function refresh() {
    request?.abort();
    request = new AbortController();
    try {
      const answer = await fetch(panel.dataset.referencePreview, { method: "POST", body: new FormData(form), signal: request.signal });
      if (answer.ok) panel.innerHTML = (await answer.json()).html; // sanitised by the server
    } catch (error) {
      if (error.name !== "AbortError") throw error;
    }
  }

  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(refresh, WAIT);
  });
}

function startAll() {
  document.querySelectorAll("[data-reference-preview]").forEach(start);
}

if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", startAll);
else startAll();
