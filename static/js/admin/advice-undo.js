/* Counts the seconds in which an answer can be taken back. The number is for eyes; a screen reader hears the end, once. */

function start(bar) {
  if (bar.dataset.started) return;
  bar.dataset.started = "yes";
  const until = performance.now() + Number(bar.dataset.undo) * 1000;
  const left = bar.querySelector("[data-undo-left]");
  const tick = () => {
    const seconds = Math.ceil((until - performance.now()) / 1000);
    if (seconds > 0) {
      left.textContent = ` (nog ${seconds} s)`;
      return;
    }
    clearInterval(timer);
    const told = bar.querySelector("[data-undo-told]");
    const hadFocus = bar.contains(document.activeElement);
    for (const part of bar.querySelectorAll("p:not([data-undo-told]), button")) part.hidden = true;
    told.classList.remove("visually-hidden");
    told.textContent = "Je antwoord is de deur uit.";
    if (hadFocus) {
      told.tabIndex = -1;
      told.focus();
    }
  };
  const timer = setInterval(tick, 1000);
  tick();
}

document.querySelectorAll("[data-undo]").forEach(start);
