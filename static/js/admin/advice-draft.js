/* The draft is saved while it is typed, and on leaving. The ticket in the form says whose it is, so it is safe without a session too. */

const EVERY = 3000; // ms between two saves while somebody types
const LARGEST_KEPT_ALIVE = 60_000; // bytes; browsers refuse more in a request that outlives its page
const STAYED = 1000; // ms; on leaving, the page is gone by then
const WRITING = 10_000; // ms after the last key that still counts as writing

const SIGNED_OUT = "Je bent niet meer aangemeld. Je tekst wordt nog wel bewaard. ";
const LOST = "Je tekst is nog niet bewaard: er is geen verbinding. Hij blijft hier staan en ik probeer het opnieuw.";
const REFUSED = "Je tekst wordt niet meer bewaard: dit venster staat te lang open. Meld je opnieuw aan en kopieer je tekst. ";

export function startDraft(form, area) {
  const box = document.querySelector("[data-draft]");
  const [said, alarm] = [box.querySelector("[data-draft-said]"), box.querySelector("[data-draft-alarm]")];
  const note = document.querySelector("[data-note] textarea");
  let [saved, timer, request, typedAt, isSending, isFailing] = [area.value, 0, null, -WRITING, false, false];

  const isChanged = () => area.value !== saved;

  function body() {
    const values = { body: area.value };
    for (const name of ["ticket", "base_version"]) values[name] = form.elements[name].value;
    return new URLSearchParams(values);
  }

  function warn(text, signIn = false) {
    if (alarm.dataset.told === text) return; // said once, not at every save
    alarm.dataset.told = text;
    alarm.textContent = text;
    if (!signIn) return;
    alarm.append(Object.assign(document.createElement("a"), { href: box.dataset.login, target: "_blank", textContent: "Meld je aan op een nieuw tabblad" }), ".");
  }

  function tell(answer) {
    said.textContent = `Concept bewaard om ${answer.saved}.`;
    warn(answer.signed_in ? "" : SIGNED_OUT, !answer.signed_in);
  }

  async function save() {
    clearTimeout(timer);
    timer = 0;
    if (isSending || !isChanged()) return;
    const text = area.value;
    const sent = body();
    request = new AbortController();
    try {
      const keepalive = sent.toString().length < LARGEST_KEPT_ALIVE;
      const response = await fetch(box.dataset.draft, { method: "POST", body: sent, keepalive, signal: request.signal, credentials: "same-origin", redirect: "error" });
      isFailing = !response.ok;
      if (response.ok) {
        const answer = await response.json();
        saved = text;
        tell(answer);
      } else warn(response.status === 403 ? REFUSED : LOST, response.status === 403);
    } catch (error) {
      if (error.name === "AbortError") return;
      isFailing = true;
      warn(LOST);
    }
    if (isChanged()) later();
  }

  function later() {
    if (!timer) timer = setTimeout(save, EVERY);
  }

  area.addEventListener("input", () => {
    typedAt = performance.now();
    if (isChanged()) said.textContent = "Nog niet bewaard …";
    later();
  });
  document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") save(); });
  window.addEventListener("pagehide", save);
  window.addEventListener("pageshow", (event) => { if (event.persisted) isSending = false; });
  window.addEventListener("beforeunload", (event) => {
    save(); // before the next page is asked for, which may be this one again
    const isLost = isFailing && isChanged() && !isSending;
    const isNoteLost = note && note.value !== note.defaultValue && note.form.dataset.sending !== "yes";
    if (!isLost && !isNoteLost) return;
    event.preventDefault();
    setTimeout(() => { // who stays on the page goes on writing
      isSending = false;
      if (isChanged()) later();
    }, STAYED);
  });
  note?.form.addEventListener("submit", () => { note.form.dataset.sending = "yes"; });
  form.addEventListener("submit", (event) => {
    if (isSending) event.preventDefault(); // a second click
    isSending = true; // the form itself carries the text now
    request?.abort();
  });
  return { save, isWriting: () => performance.now() - typedAt < WRITING };
}
