"use strict";
// The page's address ends in "#ANCHOR;MODE": where to scroll, and which columns to show.
(() => {
  const root = document.documentElement;
  const bar = document.querySelector(".modes");
  const buttons = [...bar.querySelectorAll("button")];
  const sentences = [...document.querySelectorAll(".s")];
  let lit = [];

  const address = () => location.hash.slice(1).split(";");

  function show(mode) {
    root.classList.toggle("only-fr", mode === "fr");
    root.classList.toggle("only-en", mode === "en");
    for (const button of buttons) {
      button.setAttribute("aria-pressed", String(button.dataset.mode === mode));
    }
  }

  function follow() {
    const [anchor, mode] = address();
    show(mode === "fr" || mode === "en" ? mode : "both");
    if (mode && anchor) document.getElementById(anchor)?.scrollIntoView();
  }

  function light(target) {
    const sentence = target instanceof Element ? target.closest(".s") : null;
    for (const each of lit) each.classList.remove("on");
    lit = [];
    if (!sentence) return;
    const place = sentence.id.slice(3);
    lit = [document.getElementById("fr-" + place), document.getElementById("en-" + place)];
    for (const each of lit) each.classList.add("on");
  }

  function step(event) {
    const here = document.activeElement;
    const way = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!way || !here.classList.contains("s")) return;
    const column = sentences.filter((each) => each.id.slice(0, 3) === here.id.slice(0, 3));
    const next = column[column.indexOf(here) + way];
    if (!next) return;
    here.tabIndex = -1;
    next.tabIndex = 0;
    next.focus();
    event.preventDefault();
  }

  bar.hidden = false;
  bar.addEventListener("click", (event) => {
    const mode = event.target.dataset.mode;
    if (!mode) return;
    const anchor = address()[0];
    const hash = mode === "both" ? anchor : anchor + ";" + mode;
    history.replaceState(null, "", hash ? "#" + hash : location.pathname + location.search);
    show(mode);
  });
  // A link inside the edition keeps the columns as they are.
  document.addEventListener("click", (event) => {
    light(event.target);
    const link = event.target instanceof Element ? event.target.closest('a[href^="#"]') : null;
    const mode = address()[1];
    if (!link || !mode) return;
    event.preventDefault();
    location.hash = link.getAttribute("href") + ";" + mode;
  });
  for (const sentence of sentences) sentence.tabIndex = -1;
  for (const key of ["fr-", "en-"]) {
    const first = sentences.find((each) => each.id.startsWith(key));
    if (first) first.tabIndex = 0;
  }
  document.addEventListener("pointerover", (event) => light(event.target));
  document.addEventListener("focusin", (event) => light(event.target));
  document.addEventListener("keydown", step);
  window.addEventListener("hashchange", follow);
  follow();
})();
