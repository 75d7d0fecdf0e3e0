"use strict";
// The page's address ends in "#ANCHOR;MODE;plain": where to scroll, which columns to show, and
// whether notes and glossary marks are left out. All state is there, so that a link carries it.
(() => {
  const root = document.documentElement;
  const words = document.body.dataset;
  const one = (name) => document.getElementById(name);
  const modes = document.querySelector(".modes");
  const buttons = [...modes.querySelectorAll("button")];
  const names = buttons.map((button) => button.dataset.mode);
  const sentences = [...document.querySelectorAll(".s")];
  const card = one("card");
  const help = one("help");
  let lit = [];
  let mode = "both";
  let plain = false;
  let owner = null;
  let closing = 0;

  // --- the address -------------------------------------------------------------------------
  const address = () => decodeURIComponent(location.hash.slice(1)).split(";");

  function tail() {
    return (mode === "both" && !plain ? "" : ";" + mode) + (plain ? ";plain" : "");
  }

  function record() {
    const hash = address()[0] + tail();
    history.replaceState(null, "", hash ? "#" + hash : location.pathname + location.search);
  }

  function follow() {
    const [anchor, wanted, marks] = address();
    show(names.includes(wanted) ? wanted : "both", marks === "plain");
    const target = anchor && one(anchor);
    if (!target) return;
    uncover(target.closest(".row"), true);
    target.scrollIntoView();
    if (target.classList.contains("s")) focus(target, true);
  }

  // --- modes and marks ---------------------------------------------------------------------
  function show(wanted, without) {
    mode = wanted;
    plain = without;
    root.classList.toggle("only-fr", mode === "fr");
    root.classList.toggle("only-en", mode === "en");
    root.classList.toggle("reveal", mode === "reveal");
    root.classList.toggle("without-marks", plain);
    for (const button of buttons) {
      button.setAttribute("aria-pressed", String(button.dataset.mode === mode));
    }
    one("marks").setAttribute("aria-pressed", String(!plain));
    if (plain) close();
    if (mode === "reveal") cover();
  }

  function change(wanted, without) {
    const row = lit[0]?.closest(".row");
    show(wanted, without);
    record();
    row?.scrollIntoView({ block: "nearest" });
  }

  function cover() {
    for (const cell of document.querySelectorAll(".row[id] .en")) {
      if (!cell.querySelector(".uncover")) {
        const button = document.createElement("button");
        button.type = "button";
        button.className = "uncover";
        cell.prepend(button);
      }
      uncover(cell.closest(".row"), false);
    }
  }

  function uncover(row, open) {
    const button = row?.querySelector(".uncover");
    if (!button) return;
    button.parentElement.classList.toggle("covered", !open);
    button.setAttribute("aria-expanded", String(open));
    button.textContent = `${open ? words.cover : words.show} ${row.id.slice(1)}`;
    // Covered, it lies over its text; open, it stands below.
    if (open) button.parentElement.append(button);
    else button.parentElement.prepend(button);
  }

  // --- sentences ---------------------------------------------------------------------------
  function light(sentence) {
    for (const each of lit) each.classList.remove("on");
    lit = [];
    if (!sentence) return;
    const place = sentence.id.slice(3);
    lit = [one("fr-" + place), one("en-" + place)];
    for (const each of lit) each.classList.add("on");
  }

  const sentenceOf = (target) => (target instanceof Element ? target.closest(".s") : null);

  function focus(sentence, still) {
    for (const each of document.querySelectorAll('.s[tabindex="0"]')) {
      if (each.id.slice(0, 3) === sentence.id.slice(0, 3)) each.tabIndex = -1;
    }
    sentence.tabIndex = 0;
    sentence.focus({ preventScroll: still });
    light(sentence);
  }

  function move(way, byRow) {
    const here = document.activeElement.closest(".s") ?? lit.find(visible);
    const key = here ? here.id.slice(0, 3) : mode === "en" ? "en-" : "fr-";
    const column = sentences.filter((each) => each.id.startsWith(key) && visible(each));
    if (!here) return column.length > 0 && (focus(column[0]), true);
    const row = (each) => each.closest(".row");
    let place = column.indexOf(here) + way;
    if (byRow) {
      while (column[place] && row(column[place]) === row(here)) place += way;
      // Backwards, the first sentence of the row before.
      while (way < 0 && column[place - 1] && row(column[place - 1]) === row(column[place])) place--;
    }
    if (!column[place]) return false;
    focus(column[place]);
    column[place].scrollIntoView({ block: "nearest" });
    return true;
  }

  const visible = (element) => element.checkVisibility({ visibilityProperty: true });

  // --- what a mark stands for --------------------------------------------------------------
  const markOf = (target) =>
    target instanceof Element && !plain ? target.closest("a.t, .flag a") : null;

  function open(mark) {
    clearTimeout(closing);
    if (owner === mark) return;
    close();
    const line = one(mark.getAttribute("href").slice(1));
    if (!line) return;
    const term = [[line.cells[0], " → ", line.cells[1].firstChild]];
    // In print a term has no more than that.
    if (line.cells.length > 4) term.push([line.cells[2], ": ", line.cells[3].firstChild]);
    const texts = mark.matches(".t")
      ? term
      : [[line.cells[2]], [line.cells[3]]];
    for (const remark of line.querySelectorAll(".remark")) texts.push([remark]);
    for (const parts of texts) {
      const paragraph = document.createElement("p");
      paragraph.textContent = parts
        .map((part) => (typeof part === "string" ? part : part.textContent))
        .join("");
      card.append(paragraph);
    }
    card.hidden = false;
    owner = mark;
    mark.setAttribute("aria-describedby", "card");
    const box = mark.getClientRects()[0];
    const width = document.documentElement.clientWidth;
    const left = Math.max(8, Math.min(box.left, width - card.offsetWidth - 8));
    const below = box.bottom + 6 + card.offsetHeight < innerHeight;
    card.style.left = left + scrollX + "px";
    card.style.top = scrollY + (below ? box.bottom + 6 : box.top - 6 - card.offsetHeight) + "px";
  }

  function close() {
    owner?.removeAttribute("aria-describedby");
    owner = null;
    card.hidden = true;
    card.replaceChildren();
  }

  // --- copying -----------------------------------------------------------------------------
  function text(sentence) {
    return sentence.textContent.trim();
  }

  async function copy() {
    if (!lit.length) return say(words.choose);
    const place = lit[0].id.slice(3);
    const where = location.href.split("#")[0] + "#en-" + place;
    const cite = one("citation").textContent;
    const row = place.split("-")[0];
    const lines = [text(lit[0]), text(lit[1]), "", `${cite} ${words.row} ${row}, ${where}`];
    try {
      await navigator.clipboard.writeText(lines.join("\n"));
      say(words.said);
    } catch {
      say(words.refused);
    }
  }

  function say(message) {
    one("said").textContent = message;
    one("copy").textContent = message === words.said ? words.copied : words.copy;
  }

  // --- events ------------------------------------------------------------------------------
  const keys = {
    j: () => move(1, true),
    k: () => move(-1, true),
    ArrowRight: () => move(1, false),
    ArrowLeft: () => move(-1, false),
    m: () => change(names[(names.indexOf(mode) + 1) % names.length], plain),
    n: () => change(mode, !plain),
    r: () => {
      const cell = lit[0]?.closest(".row")?.querySelector(".en");
      if (mode === "reveal" && cell) uncover(cell.closest(".row"), cell.matches(".covered"));
    },
    c: copy,
    "?": () => help.showModal(),
  };

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") return close();
    if (event.ctrlKey || event.metaKey || event.altKey || help.open) return;
    const arrow = event.key.startsWith("Arrow");
    // Arrows scroll a page; they step only from a sentence to another.
    if (arrow ? !sentenceOf(document.activeElement) : !one("shortcuts").checked) return;
    const act = keys[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });

  modes.addEventListener("click", (event) => {
    const wanted = event.target.dataset.mode;
    if (wanted) change(wanted, plain);
  });
  one("marks").addEventListener("click", () => change(mode, !plain));
  one("copy").addEventListener("click", copy);
  one("keys").addEventListener("click", () => help.showModal());

  let touched = false;
  document.addEventListener("pointerdown", (event) => (touched = event.pointerType === "touch"));
  document.addEventListener("click", (event) => {
    if (!(event.target instanceof Element)) return;
    if (event.target.matches(".uncover")) {
      const row = event.target.closest(".row");
      uncover(row, event.target.parentElement.matches(".covered"));
      event.target.focus();
      return;
    }
    const mark = markOf(event.target);
    // A finger cannot hover: its first tap shows what the mark stands for, the second goes there.
    if (mark && touched && !mark.dataset.shown) {
      for (const each of document.querySelectorAll("[data-shown]")) delete each.dataset.shown;
      mark.dataset.shown = "1";
      light(sentenceOf(mark));
      open(mark);
      event.preventDefault();
      return;
    }
    if (!event.target.closest(".bar, dialog, #card")) light(sentenceOf(event.target));
    if (!mark && !event.target.closest("#card")) close();
    const link = event.target.closest('a[href^="#"]');
    if (!link || !tail()) return;
    // A link inside the edition keeps the mode.
    event.preventDefault();
    location.hash = link.getAttribute("href") + tail();
  });
  document.addEventListener("pointerover", (event) => {
    if (event.pointerType === "touch") return;
    const sentence = sentenceOf(event.target);
    if (sentence) light(sentence);
    const mark = markOf(event.target);
    if (mark) open(mark);
    else if (card.contains(event.target)) clearTimeout(closing);
    else if (owner && owner !== document.activeElement) {
      clearTimeout(closing);
      closing = setTimeout(close, 250);
    }
  });
  document.addEventListener("focusin", (event) => {
    const sentence = sentenceOf(event.target);
    if (sentence) light(sentence);
    const mark = markOf(event.target);
    if (mark && mark.matches(":focus-visible")) open(mark);
    else close();
  });

  for (const sentence of sentences) sentence.tabIndex = -1;
  for (const key of ["fr-", "en-"]) {
    const first = sentences.find((each) => each.id.startsWith(key));
    if (first) first.tabIndex = 0;
  }
  for (const each of document.querySelectorAll(".bar > [hidden]")) each.hidden = false;
  window.addEventListener("hashchange", follow);
  follow();
})();
