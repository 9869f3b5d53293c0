/* Passkeys. A form with data-passkey="get" asks the browser for one, "create" makes one, and is then sent as usual.
   The options come from the page, or fresh from the server. Forms stay hidden where a browser, or an address, has no passkeys. */
const NUMBERS = /^[\d.]+$|:/; // an address of numbers can't have passkeys; localhost can

function isSupported() {
  return Boolean(globalThis.webauthnJSON?.supported()) && isSecureContext && !NUMBERS.test(location.hostname);
}

async function optionsOf(form) {
  if (form.dataset.passkeyOptions) return JSON.parse(form.dataset.passkeyOptions);
  const response = await fetch(form.dataset.passkeyOptionsUrl, { headers: { Accept: "application/json" } });
  if (!response.ok) throw new Error(`status ${response.status}`);
  return (await response.json()).request_options;
}

/** A passkey that works without a password must live in the device and know its owner. */
function restrict(options, withoutPassword) {
  const selection = options.publicKey.authenticatorSelection ?? {};
  selection.residentKey = withoutPassword ? "required" : "discouraged";
  selection.requireResidentKey = withoutPassword;
  if (withoutPassword) selection.userVerification = "required";
  options.publicKey.authenticatorSelection = selection;
}

async function ask(form) {
  const options = await optionsOf(form);
  if (form.dataset.passkey === "get") return webauthnJSON.get(options);
  restrict(options, form.elements.passwordless?.checked ?? false);
  return webauthnJSON.create(options);
}

function explain(error) {
  if (error.name === "InvalidStateError") return "Deze passkey had je al. Kies een ander apparaat of een andere sleutel.";
  if (error.name === "SecurityError") return "Passkeys werken alleen op het https-adres van de site.";
  if (error.name === "NotAllowedError") return "Er is geen passkey gekozen. Probeer het opnieuw, of kies een andere manier.";
  return "Het is niet gelukt. Laad de pagina opnieuw en probeer het nog eens.";
}

function start(form) {
  if (form.dataset.passkeyReady) return;
  form.dataset.passkeyReady = "yes";
  form.hidden = false;
  const [problem, button] = [form.querySelector("[data-passkey-error]"), form.querySelector("button[type=submit]")];
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (button.getAttribute("aria-disabled") === "true") return;
    button.setAttribute("aria-disabled", "true");
    problem.hidden = true;
    try {
      form.elements.credential.value = JSON.stringify(await ask(form));
      form.submit();
    } catch (error) {
      problem.textContent = explain(error);
      problem.className = "errornote";
      problem.hidden = false;
      button.removeAttribute("aria-disabled");
    }
  });
}

if (isSupported()) {
  for (const note of document.querySelectorAll("[data-passkey-missing]")) note.hidden = true;
  for (const form of document.querySelectorAll("form[data-passkey]")) start(form);
}
