// The topics of an article: mark the one being read, and fold the box on a small screen once a topic is chosen.

const WIDE = matchMedia("(min-width: 64rem)");
const READING_LINE = 0.3; // part of the window above which a heading counts as being read

function markCurrent(links, targets) {
  const line = innerHeight * READING_LINE;
  const read = targets.filter((target) => target.getBoundingClientRect().top <= line).at(-1);
  for (const [i, link] of links.entries()) {
    if (targets[i] === read) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
}

function follow(contents, links, targets) {
  const mark = () => markCurrent(links, targets);
  const observer = new IntersectionObserver(mark, { rootMargin: `100000px 0px -${100 * (1 - READING_LINE)}%` });
  targets.forEach((target) => observer.observe(target));
  contents.addEventListener("click", (event) => {
    if (event.target.closest("a") && !WIDE.matches) contents.querySelector("details").open = false;
  });
}

export function start(root = document) {
  for (const contents of root.querySelectorAll("[data-contents]:not([data-started])")) {
    contents.dataset.started = "";
    const details = contents.querySelector("details");
    const links = [...contents.querySelectorAll("a")].filter((link) => root.getElementById(link.hash.slice(1)));
    follow(contents, links, links.map((link) => root.getElementById(link.hash.slice(1))));
    const fit = () => (details.open = WIDE.matches);
    WIDE.addEventListener("change", fit);
    if (WIDE.matches) fit();
  }
}

start();
