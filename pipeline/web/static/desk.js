// What every page of the desk does beyond its forms: progress as it happens, dropped files, dialogs.
"use strict";

const desk = {
  words: document.body.dataset,

  // Say something to a screen reader, and to nobody else.
  say(text) {
    document.getElementById("live").textContent = text;
  },

  // A banner stays until what it says is over.
  warn(text) {
    const banner = document.getElementById("banner");
    if (banner.textContent !== text) banner.textContent = text;
    banner.hidden = !text;
  },

  async ask(address, options = {}) {
    const answer = await fetch(address, {
      ...options,
      headers: { Accept: "application/json", ...(options.headers || {}) },
    });
    desk.warn("");
    return answer;
  },

  fragment(html) {
    const template = document.createElement("template");
    template.innerHTML = html.trim();
    return template.content.firstElementChild;
  },
};

// Progress

const told = new Map();

async function refresh(job) {
  const cards = document.querySelectorAll(`.card[data-job="${CSS.escape(job)}"]`);
  if (!cards.length) return;
  try {
    const answer = await fetch(`/jobs/${encodeURIComponent(job)}/card`);
    if (!answer.ok) return;
    const html = await answer.text();
    for (const card of cards) {
      const focused = card.contains(document.activeElement);
      const fresh = desk.fragment(html);
      card.replaceWith(fresh);
      if (focused) fresh.querySelector("button")?.focus();
    }
  } catch { /* the stream tells when the desk is gone */ }
}

function show(run) {
  const before = told.get(run.job);
  if (before && before.number >= run.number) return;
  told.set(run.job, run);
  const cards = document.querySelectorAll(`.card[data-job="${CSS.escape(run.job)}"]`);
  if (!cards.length) return;
  const moving = ["queued", "running"];
  const over = !moving.includes(run.state);
  // What was over before this page was made is on it already.
  if (over && !before && !moving.includes(cards[0].dataset.condition)) return;
  const shown = cards[0].querySelector("[data-stage]");
  if (over || run.state !== cards[0].dataset.condition || shown?.dataset.stage !== run.stage) {
    refresh(run.job).then(() => {
      if (!over) return;
      const badge = document.querySelector(`.card[data-job="${CSS.escape(run.job)}"] .badge`);
      if (badge) desk.say(badge.textContent);
      document.dispatchEvent(new CustomEvent("run-over", { detail: run }));
    });
    return;
  }
  for (const card of cards) {
    const bar = card.querySelector("progress");
    if (bar && run.total > 1) {
      bar.max = run.total;
      bar.value = run.done;
      card.querySelector("[data-numbers]").textContent = `${run.done}/${run.total}`;
    }
    const left = card.querySelector("[data-left]");
    left.textContent =
      run.seconds_left === null ? "" : left.dataset.words.replace("#", Math.ceil(run.seconds_left));
  }
}

// Sentences, files and figures are there now: the page is made again, unless something is begun on it.
document.addEventListener("run-over", () => {
  if (document.body.classList.contains("bench") || document.querySelector("details.new[open]")) return;
  location.reload();
});

// One stream a browser: six connections to a host are all there are. The tab that holds the lock
// listens and tells the others; a browser without locks asks now and then.
const channel = "BroadcastChannel" in window ? new BroadcastChannel("enregard-runs") : null;
if (channel) {
  channel.onmessage = (event) => {
    if (event.data.run) show(event.data.run);
    else desk.warn(event.data.lost ? desk.words.lost : "");
  };
}

function listen() {
  return new Promise(() => {
    const stream = new EventSource("/events");
    const lost = (is) => {
      desk.warn(is ? desk.words.lost : "");
      channel?.postMessage({ lost: is });
    };
    stream.onopen = () => lost(false);
    stream.onerror = () => {
      lost(true);
      // A stream that was refused does not come back by itself: a desk that was started anew takes
      // this browser again once its new address was opened here.
      if (stream.readyState === EventSource.CLOSED) setInterval(poll, 2000);
    };
    stream.addEventListener("run", (event) => {
      const run = JSON.parse(event.data);
      show(run);
      channel?.postMessage({ run });
    });
    addEventListener("pagehide", () => stream.close());
  });
}

async function poll() {
  try {
    const answer = await desk.ask("/state");
    if (answer.ok) (await answer.json()).runs.forEach(show);
    else desk.warn(desk.words.shut);
  } catch {
    desk.warn(desk.words.lost);
  }
}

if (channel && navigator.locks) {
  navigator.locks.request("enregard-stream", listen);
  // What happened before this tab could listen.
  poll();
} else {
  setInterval(poll, 2000);
}
addEventListener("pageshow", (event) => {
  if (event.persisted) location.reload();
});

document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (!form.closest(".card")) return;
  event.preventDefault();
  const card = form.closest(".card");
  const address = event.submitter?.getAttribute("formaction") || form.action;
  const answer = await desk.ask(address, { method: "POST", body: new URLSearchParams(new FormData(form)) });
  if (answer.ok) refresh(card.dataset.job);
});

// Files

const drop = document.querySelector("[data-drop]");
if (drop) {
  const input = drop.querySelector("input[type=file]");
  const over = (event) => {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    drop.classList.add("is-over");
  };
  addEventListener("dragover", over);
  addEventListener("dragleave", (event) => {
    if (!event.relatedTarget) drop.classList.remove("is-over");
  });
  addEventListener("drop", (event) => {
    if (!event.dataTransfer?.files.length) return;
    event.preventDefault();
    drop.classList.remove("is-over");
    drop.closest("details").open = true;
    input.files = event.dataTransfer.files;
  });
}

// The list of keys

const keys = document.getElementById("keys");
if (keys) {
  for (const button of document.querySelectorAll("[data-keys]")) {
    button.hidden = false;
    button.addEventListener("click", () => keys.showModal());
  }
  addEventListener("keydown", (event) => {
    const field = event.target.closest?.("input:not([type=checkbox]), textarea, select");
    if (event.key !== "?" || field || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    if (!keys.open) keys.showModal();
  });
}

// Ticking all of a table

for (const button of document.querySelectorAll("[data-tick]")) {
  const boxes = () => [...button.form.querySelectorAll("input[type=checkbox][name=use]")];
  button.hidden = false;
  button.addEventListener("click", () => {
    const on = boxes().some((box) => !box.checked);
    boxes().forEach((box) => { box.checked = on; });
  });
}

// What is to be said of a glossary entry, as it is typed

for (const form of document.querySelectorAll("[data-checks]")) {
  let timer = 0;
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(async () => {
      const body = new URLSearchParams(new FormData(form));
      const answer = await desk.ask(form.dataset.checks, { method: "POST", body }).catch(() => null);
      if (!answer?.ok) return;
      const place = form.querySelector(".checked");
      place.replaceChildren(...(await answer.json()).problems.map((words) => {
        const line = document.createElement("p");
        line.className = "problem";
        line.textContent = words;
        return line;
      }));
    }, 400);
  });
}
