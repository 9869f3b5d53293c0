/* Asking the server something from a form: every way it can go wrong becomes one sentence in Dutch. */

export class Refused extends Error {
  constructor(message, { signIn = false, errors = {} } = {}) {
    super(message);
    this.signIn = signIn;
    this.errors = errors;
  }
}

const SIGNED_OUT = "Je bent niet meer aangemeld. Je tekst staat nog in het veld.";

function refusal(response) {
  if (response.type === "opaqueredirect") return new Refused(SIGNED_OUT, { signIn: true });
  if (response.status === 403) return new Refused("Je mag dit niet, of je hebt je in een ander venster opnieuw aangemeld. Je tekst staat nog in het veld.");
  if (response.status === 413) return new Refused("Het bestand is te groot. Maak het kleiner en probeer het opnieuw.");
  return new Refused(`Er ging iets mis bij ons (fout ${response.status}). Je tekst staat nog in het veld.`);
}

async function send(url, options) {
  try {
    return await fetch(url, { ...options, credentials: "same-origin", redirect: "manual", headers: { Accept: "application/json" } });
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new Refused("Er is geen verbinding. Je tekst staat nog in het veld.");
  }
}

async function answer(response) {
  const isJson = (response.headers.get("Content-Type") || "").startsWith("application/json");
  if (response.ok && isJson) return response.json();
  if (response.status === 400 && isJson) throw new Refused("Nog niet gelukt.", { errors: (await response.json()).errors || {} });
  throw refusal(response);
}

/* Signing in again in another tab changes the token against forgery: take the new one over, so that this form can still be saved. */
async function renewToken(form) {
  const page = await send(location.href, {});
  if (page.type === "opaqueredirect") throw refusal(page);
  if (!page.ok) return false;
  const fresh = new DOMParser().parseFromString(await page.text(), "text/html").querySelector("[name=csrfmiddlewaretoken]");
  const field = form.elements.csrfmiddlewaretoken;
  if (!fresh || !field) return false;
  field.value = fresh.value;
  return true;
}

/* Resolve with the answer to `body` (FormData), or reject with Refused or an AbortError. `form` holds the token against forgery. */
export async function post(url, body, { form, signal }) {
  const attempt = () => {
    body.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    return send(url, { method: "POST", body, signal });
  };
  let response = await attempt();
  if (response.status === 403 && (await renewToken(form))) response = await attempt();
  return answer(response);
}

export async function get(url, { signal } = {}) {
  return answer(await send(url, { signal }));
}
