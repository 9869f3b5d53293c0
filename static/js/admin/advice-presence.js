/* Who else has this request open, and whether something new came in: asked every few seconds while the page is in sight. */

import { post } from "./ask.js";

const EVERY = 5000; // ms; the server forgets who is silent for three times as long

function describe(others) {
  return others.map(([name, isWriting]) => `${name} ${isWriting ? "schrijft ook een antwoord" : "heeft deze vraag ook open"}.`).join(" ");
}

/* `draft` is what advice-draft.js gives, or nothing on a page without an answer. */
export function startPresence(form, draft) {
  const place = document.querySelector("[data-presence]");
  if (!place) return;
  let told = place.textContent.trim();

  function tell(text, isNew) {
    if (text === told) return; // a screen reader hears a change, not a poll
    told = text;
    place.textContent = text;
    if (!isNew) return;
    const link = Object.assign(document.createElement("a"), { href: location.pathname, textContent: "Laad het" });
    link.addEventListener("click", async (event) => {
      event.preventDefault();
      await draft?.save(); // or the new page would show the draft of a moment ago
      location.assign(link.href);
    });
    place.append(" ", link, ".");
  }

  async function ask() {
    if (document.visibilityState !== "visible") return;
    const body = new FormData();
    if (draft?.isWriting()) body.set("writing", "1");
    try {
      const { others, version } = await post(place.dataset.presence, body, { form });
      const isNew = version > Number(place.dataset.version);
      tell([describe(others), isNew ? "Er is iets nieuws bij deze vraag." : ""].join(" ").trim(), isNew);
    } catch {
      tell("", false); // the draft says so when the connection is gone
    }
  }

  ask();
  setInterval(ask, EVERY);
  document.addEventListener("visibilitychange", ask);
}
