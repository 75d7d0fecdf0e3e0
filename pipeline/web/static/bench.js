// The workbench: one sentence is open at a time; what is typed is kept here at once, and stored by
// the desk when the sentence is left.
"use strict";

(() => {
  const rows = document.getElementById("rows");
  const { job } = document.body.dataset;
  const say = document.body.dataset;
  const address = (part, id) => `/jobs/${encodeURIComponent(job)}/${part}/${id}`;
  const draftKey = (id) => `draft:${location.host}:${job}:${id}`;
  let saving = Promise.resolve();

  // Layers of marks

  for (const box of document.querySelectorAll("[data-layer]")) {
    const key = `layer:${box.dataset.layer}`;
    const apply = () => document.body.classList.toggle(`no-${box.dataset.layer}`, !box.checked);
    const known = localStorage.getItem(key);
    if (known !== null) box.checked = known === "on";
    apply();
    box.addEventListener("change", () => {
      localStorage.setItem(key, box.checked ? "on" : "off");
      apply();
    });
  }
  document.querySelector("[data-layers]").hidden = false;
  for (const select of document.querySelectorAll(".listing select")) {
    select.addEventListener("change", () => select.form.requestSubmit());
  }
  if (!rows) return;

  // Drafts

  const drafts = {
    read(id) {
      try {
        return JSON.parse(localStorage.getItem(draftKey(id)));
      } catch {
        return null;
      }
    },
    keep(id, text, etag) {
      try {
        localStorage.setItem(draftKey(id), JSON.stringify({ text, etag }));
      } catch { /* full: the text is still in the field */ }
    },
    drop(id) {
      localStorage.removeItem(draftKey(id));
    },
  };

  const opened = () => rows.querySelector(".row.is-open");
  const field = (row) => row.querySelector("textarea");
  const work = (row) => row.querySelector(".work");
  const local = (row, words, kind = "") => {
    for (const place of row.querySelectorAll("[data-local]")) {
      place.textContent = words;
      place.dataset.kind = kind;
    }
  };
  const isDirty = (row) => field(row) && field(row).value !== work(row).dataset.text;

  function fit(area) {
    if (CSS.supports("field-sizing", "content")) return;
    area.style.height = "auto";
    area.style.height = `${area.scrollHeight + 2}px`;
  }

  // The address names the open sentence: a reload and the way back show it again.
  function note(id) {
    const here = new URL(location);
    if (id) here.searchParams.set("open", id);
    else here.searchParams.delete("open");
    here.hash = "";
    history.replaceState(history.state, "", here);
  }

  // Opening and closing

  // The sentence that was asked for last: an answer that comes late opens no other.
  let latest = null;

  async function open(row, { focus = true } = {}) {
    latest = row;
    const before = opened();
    if (before === row) {
      if (focus) field(row).focus();
      return;
    }
    if (before) leave(before);
    let html;
    try {
      const answer = await desk.ask(address("sentences", row.id));
      if (!answer.ok) throw new Error(answer.status);
      html = await answer.text();
    } catch {
      desk.warn(desk.words.lost);
      return;
    }
    if (latest !== row || work(row)) return;
    const now = opened();
    if (now) leave(now);
    row.append(desk.fragment(html));
    row.dataset.etag = work(row).dataset.etag;
    row.classList.add("is-open");
    note(row.id);
    prepare(row);
    if (focus) {
      const area = field(row);
      area.focus({ preventScroll: true });
      row.scrollIntoView({ block: "nearest" });
    }
  }

  function prepare(row) {
    const draft = drafts.read(row.id);
    const area = field(row);
    if (draft && draft.text !== work(row).dataset.text) {
      if (draft.etag === work(row).dataset.etag) {
        area.value = draft.text;
        proof(row);
        local(row, say.saidDraft, "draft");
      } else {
        offer(row, draft);
      }
    }
    fit(area);
    aid(row);
  }

  // What helps with a sentence comes after it: nobody waits for it to type.
  async function aid(row) {
    const place = row.querySelector("[data-aids]");
    await saving;
    if (!place.isConnected) return;
    const answer = await desk.ask(place.dataset.aids).catch(() => null);
    if (answer?.ok && place.isConnected) place.replaceChildren(desk.fragment(await answer.text()));
  }

  // Put words where the caret is, or in the place of all that is there; Ctrl+Z takes them back.
  function put(row, words, whole) {
    const area = field(row);
    area.focus();
    if (whole) area.select();
    if (!document.execCommand("insertText", false, words)) {
      area.setRangeText(words, area.selectionStart, area.selectionEnd, "end");
      area.dispatchEvent(new Event("input", { bubbles: true }));
    }
  }

  // Which kind of space it is nobody sees.
  const spaced = (text) => text.replace(/[\u00a0\u202f]/g, " ");

  // Beneath the field stands what the page will print of what is in it, where that differs.
  async function proof(row) {
    const area = field(row);
    const place = row.querySelector("[data-printed]");
    const text = area.value;
    const body = new URLSearchParams({ text });
    const answer = await desk.ask(address("printed", row.id), { method: "POST", body })
      .catch(() => null);
    if (!answer?.ok || !place.isConnected || area.value !== text) return;
    const { printed } = await answer.json();
    place.lastElementChild.textContent = printed;
    place.hidden = spaced(printed) === spaced(text);
  }

  // A draft that began from another text is shown, never laid over the newer one.
  function offer(row, draft) {
    const box = document.createElement("div");
    box.className = "offer";
    const words = document.createElement("p");
    words.textContent = say.saidOld;
    const text = document.createElement("p");
    text.lang = "en";
    text.textContent = draft.text;
    const buttons = document.createElement("p");
    buttons.className = "acts";
    buttons.append(
      button(say.saidUse, () => {
        field(row).value = draft.text;
        drafts.keep(row.id, draft.text, work(row).dataset.etag);
        proof(row);
        box.remove();
        field(row).focus();
        local(row, say.saidDraft, "draft");
      }),
      button(say.saidDrop, () => {
        drafts.drop(row.id);
        box.remove();
        field(row).focus();
      }),
    );
    box.append(words, text, buttons);
    row.querySelector(".write").after(box);
  }

  function button(words, act) {
    const made = document.createElement("button");
    made.type = "button";
    made.textContent = words;
    made.addEventListener("click", act);
    return made;
  }

  function shut(row) {
    work(row)?.remove();
    row.classList.remove("is-open");
  }

  // A sentence that is left is stored, if it was changed; the next one is open at once.
  function leave(row) {
    if (isDirty(row) && !row.querySelector(".conflict")) save(row);
    shut(row);
  }

  // Saving

  function save(row) {
    const area = field(row);
    const text = area.value;
    const { etag } = work(row).dataset;
    if (!text.trim()) {
      drafts.drop(row.id);
      return Promise.resolve(false);
    }
    drafts.keep(row.id, text, etag);
    local(row, say.saidSaving, "saving");
    saving = saving.then(() => send(row.id, text, etag));
    return saving;
  }

  async function send(id, text, etag) {
    const here = () => document.getElementById(id);
    let answer;
    try {
      answer = await desk.ask(address("sentences", id), {
        method: "PUT",
        headers: { "Content-Type": "application/json", "If-Match": `"${etag}"` },
        body: JSON.stringify({ text }),
        keepalive: text.length < 30000,
      });
    } catch {
      desk.warn(desk.words.lost);
      if (here()) local(here(), say.saidOffline, "offline");
      return false;
    }
    const told = await answer.json().catch(() => ({}));
    if (answer.status === 401) {
      desk.warn(desk.words.shut);
      if (here()) local(here(), say.saidOffline, "offline");
      return false;
    }
    if (answer.status === 412) {
      conflict(id, text, told);
      return false;
    }
    if (!answer.ok) {
      if (here()) local(here(), told.problem || say.saidRefused, "refused");
      desk.warn(told.problem || say.saidRefused);
      return false;
    }
    const draft = drafts.read(id);
    if (draft && draft.text === text) drafts.drop(id);
    shown(id, told, text);
    const number = here()?.dataset.number || "";
    desk.say(
      `${say.saidSaved.replace("#", number)}; ` +
        (told.findings ? say.saidFindings.replace("#", told.findings) : say.saidClean),
    );
    return true;
  }

  // Put what the desk says of rows in their places; a field that is being typed in stays.
  function shown(id, told, sent = null) {
    for (const [other, html] of Object.entries(told.rows)) {
      const old = document.getElementById(other);
      if (!old) continue;
      const fresh = desk.fragment(html);
      const panel = work(old);
      const hadFocus = old.contains(document.activeElement) && !panel?.contains(document.activeElement);
      if (panel) {
        for (const part of [".num", ".fr", ".en", ".state"]) {
          old.querySelector(`:scope > ${part}`).replaceWith(fresh.querySelector(`:scope > ${part}`));
        }
        old.querySelector(":scope > .changes")?.remove();
        const changes = fresh.querySelector(":scope > .changes");
        if (changes) old.querySelector(":scope > .state").before(changes);
        old.className = `${fresh.className} is-open`;
        old.dataset.findings = fresh.dataset.findings;
        old.dataset.state = fresh.dataset.state;
        if (other === id) renew(old, told, sent);
        else panel.dataset.etag = "";
        if (other !== id) reopen(old);
      } else {
        old.replaceWith(fresh);
        if (hadFocus) fresh.querySelector(".opens").focus();
      }
    }
    const summary = document.getElementById("summary");
    if (summary && told.summary) summary.replaceWith(desk.fragment(told.summary));
    const row = document.getElementById(id);
    if (row) local(row, sent === null ? "" : say.saidKept, "saved");
  }

  // The panel of the open sentence anew: what is typed meanwhile and the focus are kept.
  function renew(row, told, sent) {
    const old = work(row);
    const area = field(row);
    const fresh = desk.fragment(told.open);
    old.dataset.etag = fresh.dataset.etag;
    const typed = area.value !== (sent ?? old.dataset.text);
    old.dataset.text = fresh.dataset.text;
    row.querySelector(".write [name=etag]").value = fresh.dataset.etag;
    if (!typed) {
      if (area.value !== fresh.dataset.text) area.value = fresh.dataset.text;
      row.querySelector("[data-printed]").replaceWith(fresh.querySelector("[data-printed]"));
    } else {
      drafts.keep(row.id, area.value, fresh.dataset.etag);
    }
    const panel = row.querySelector(".panel");
    const place = [...panel.querySelectorAll("button, summary, input")].indexOf(document.activeElement);
    const unfolded = [...panel.querySelectorAll("details")].map((each) => each.open);
    const aids = panel.querySelector("[data-aids]");
    panel.replaceWith(fresh.querySelector(".panel"));
    row.querySelector("[data-aids]").replaceWith(aids);
    row.querySelectorAll(".panel details").forEach((each, n) => { each.open = unfolded[n] || false; });
    if (place >= 0) {
      const buttons = row.querySelectorAll(".panel button, .panel summary, .panel input");
      (buttons[Math.min(place, buttons.length - 1)] || area).focus();
    }
    row.querySelectorAll(".conflict").forEach((each) => each.remove());
    fit(area);
  }

  async function reopen(row) {
    const answer = await desk.ask(address("sentences", row.id));
    if (answer.ok) renew(row, { open: await answer.text() }, null);
  }

  async function conflict(id, mine, told) {
    if (!document.getElementById(id)) return;
    shown(id, told, mine);
    // The row was made anew, unless it is open.
    const row = document.getElementById(id);
    if (!work(row)) await open(row, { focus: false });
    if (!work(row)) {
      drafts.keep(id, mine, row.dataset.etag || "");
      desk.warn(say.saidConflict);
      return;
    }
    const box = document.createElement("div");
    box.className = "conflict";
    box.setAttribute("role", "alert");
    const line = (words, lang) => {
      const made = document.createElement("p");
      made.textContent = words;
      if (lang) made.lang = lang;
      return made;
    };
    const buttons = document.createElement("p");
    buttons.className = "acts";
    buttons.append(
      button(say.saidKeep, () => {
        field(row).value = mine;
        box.remove();
        save(row);
      }),
      button(say.saidTake, () => {
        drafts.drop(id);
        field(row).value = work(row).dataset.text;
        box.remove();
        local(row, "");
        field(row).focus();
      }),
    );
    box.append(line(say.saidConflict), line(say.saidTheirs), line(told.text || "", "en"),
      line(say.saidMine), line(mine, "en"), buttons);
    row.querySelectorAll(".conflict, .offer").forEach((each) => each.remove());
    row.querySelector(".write").after(box);
    field(row).value = mine;
    drafts.keep(id, mine, work(row).dataset.etag);
    local(row, say.saidRefused, "refused");
  }

  // Going on

  const all = () => [...rows.children];
  function neighbour(row, step, wanted = () => true) {
    const list = all();
    for (let n = list.indexOf(row) + step; n >= 0 && n < list.length; n += step) {
      if (wanted(list[n])) return list[n];
    }
    return null;
  }
  const hasFinding = (row) => Number(row.dataset.findings) > 0;

  function go(row, step, wanted) {
    const next = neighbour(row, step, wanted);
    if (next) open(next);
    else {
      desk.say(say.saidEnd);
      row.querySelector(".opens").focus();
    }
  }

  async function saveAndGo(row, wanted) {
    if (isDirty(row)) save(row);
    else if (say.reviewer && row.dataset.state === "open") saving = saving.then(() => read(row));
    go(row, 1, wanted);
  }

  // Who goes on from a sentence that they leave as it is has read it.
  async function read(row) {
    const { id } = row;
    const etag = row.querySelector(".work")?.dataset.etag || row.dataset.etag;
    const answer = await desk.ask(address("states", id), {
      method: "POST",
      body: new URLSearchParams({ state: "read", etag }),
    }).catch(() => null);
    if (answer?.ok) {
      shown(id, await answer.json());
      desk.say(`${row.dataset.number}: ${say.saidRead}`);
    }
    else if (!answer) desk.warn(desk.words.lost);
  }

  // What a run changed, beside a sentence that is open; where something is being typed nothing moves.
  async function refresh() {
    await saving;
    const answer = await fetch(location.href).catch(() => null);
    if (!answer?.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const row = opened();
    const id = row?.id || "";
    const fresh = [...page.querySelectorAll(".row")];
    const open = page.querySelector(".row.is-open .work")?.outerHTML;
    const stays = row && (isDirty(row) || row.querySelector(".conflict") || !open);
    const told = fresh.filter((each) => !stays || each.id !== id).map((each) => [each.id, each.outerHTML]);
    const summary = page.getElementById("summary").outerHTML;
    const before = row?.querySelector("[data-local]");
    const [words, kind] = [before?.textContent || "", before?.dataset.kind || ""];
    shown(id, { rows: Object.fromEntries(told), open, summary });
    if (stays) local(row, words, kind);
  }

  // Events

  rows.addEventListener("click", (event) => {
    const row = event.target.closest(".row");
    if (event.target.closest(".opens")) {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      open(row);
    } else if (event.target.closest(".en") && !String(getSelection())) {
      open(row);
    }
  });

  let timer = 0;
  rows.addEventListener("input", (event) => {
    const area = event.target.closest("textarea[name=text]");
    if (!area) return;
    const row = area.closest(".row");
    fit(area);
    clearTimeout(timer);
    timer = setTimeout(() => {
      if (!area.isConnected) return;
      proof(row);
      if (isDirty(row)) {
        drafts.keep(row.id, area.value, work(row).dataset.etag);
        local(row, say.saidDraft, "draft");
      } else {
        drafts.drop(row.id);
        local(row, "");
      }
    }, 400);
  });

  // Leaving the sentence for another part of the page stores it too.
  rows.addEventListener("focusout", (event) => {
    const row = event.target.closest(".row.is-open");
    if (!row || !event.relatedTarget || row.contains(event.relatedTarget)) return;
    if (isDirty(row) && !row.querySelector(".conflict")) save(row);
  });
  addEventListener("pagehide", () => {
    const row = opened();
    if (row && isDirty(row)) drafts.keep(row.id, field(row).value, work(row).dataset.etag);
  });
  document.addEventListener("visibilitychange", () => {
    const row = opened();
    if (document.hidden && row && isDirty(row)) drafts.keep(row.id, field(row).value, work(row).dataset.etag);
  });

  rows.addEventListener("submit", async (event) => {
    const form = event.target;
    const row = form.closest(".row");
    if (form.matches(".write")) {
      event.preventDefault();
      saveAndGo(row);
    } else if (form.matches("[data-uses]")) {
      event.preventDefault();
      put(row, form.elements.text.value, true);
    } else if (form.matches("[data-loads]")) {
      event.preventDefault();
      load(row, form);
    } else if (form.matches("[data-decides]")) {
      event.preventDefault();
      if (isDirty(row) && !form.querySelector("[name=text], [name=engine]")) await save(row);
      const data = new FormData(form, event.submitter);
      if (data.has("etag")) data.set("etag", work(row).dataset.etag);
      const answer = await desk.ask(form.action, { method: "POST", body: new URLSearchParams(data) })
        .catch(() => null);
      if (!answer) {
        desk.warn(desk.words.lost);
        return;
      }
      const told = await answer.json().catch(() => ({}));
      if (answer.ok || answer.status === 412) {
        drafts.drop(row.id);
        if (told.rows) shown(row.id, told);
        if (answer.status === 412) desk.warn(say.saidConflict);
      } else desk.warn(told.problem || say.saidRefused);
    }
  });

  // A part of what helps is asked for and takes the place of the form that asked.
  async function load(row, form) {
    const part = form.closest("[data-part]");
    const { activeElement } = document;
    for (const each of form.querySelectorAll("button")) each.disabled = true;
    local(row, say.saidAsking, "saving");
    const query = new URLSearchParams(new FormData(form));
    const answer = await desk.ask(`${form.action}?${query}`).catch(() => null);
    local(row, "");
    if (!answer?.ok) {
      desk.warn(answer ? say.saidRefused : desk.words.lost);
      for (const each of form.querySelectorAll("button")) each.disabled = false;
      return;
    }
    const fresh = desk.fragment(await answer.text());
    part.replaceWith(fresh);
    if (activeElement.isConnected && activeElement !== document.body) return;
    (fresh.querySelector("[data-came]") || fresh.querySelector("button"))?.focus();
  }

  rows.addEventListener("click", (event) => {
    const word = event.target.closest("[data-insert]");
    if (word) put(word.closest(".row"), word.textContent, false);
  });

  addEventListener("keydown", (event) => {
    if (event.isComposing || event.getModifierState("AltGraph")) return;
    const row = event.target.closest?.(".row");
    if (!row || !rows.contains(row)) return;
    const command = event.ctrlKey || event.metaKey;
    const inField = event.target.matches("textarea[name=text]");
    if (command && event.key === "Enter" && inField) {
      event.preventDefault();
      saveAndGo(row, event.shiftKey ? hasFinding : undefined);
    } else if (event.altKey && !command && ["ArrowUp", "ArrowDown", "PageUp", "PageDown"].includes(event.key)) {
      event.preventDefault();
      const step = event.key.endsWith("Up") ? -1 : 1;
      go(row, step, event.key.startsWith("Page") ? hasFinding : undefined);
    } else if (event.key === "F2" && !inField) {
      event.preventDefault();
      open(row);
    } else if (event.key === "Escape" && row.classList.contains("is-open")) {
      event.preventDefault();
      if (isDirty(row)) {
        drafts.keep(row.id, field(row).value, work(row).dataset.etag);
        local(row, say.saidDraft, "draft");
      }
      shut(row);
      note("");
      row.querySelector(".opens").focus();
    }
  });

  // Words that are selected begin a new glossary entry.
  document.addEventListener("selectionchange", () => {
    const row = opened();
    if (!row) return;
    const fill = (side, words) => {
      const place = row.querySelector(`[data-from="${side}"]`);
      if (place && words.trim() && words.length < 300) place.value = words.trim();
      const wanted = row.querySelector("[data-words]");
      if (wanted && words.trim() && words.length < 200) wanted.value = words.trim();
    };
    const area = field(row);
    if (document.activeElement === area) {
      fill("en", area.value.slice(area.selectionStart, area.selectionEnd));
      return;
    }
    const selection = getSelection();
    if (row.querySelector(":scope > .fr").contains(selection.anchorNode)) fill("fr", String(selection));
  });

  // A draft that was left here is shown as one.
  for (const row of all()) {
    if (drafts.read(row.id)) local(row, say.saidDraft, "draft");
  }
  const first = opened();
  if (first) {
    prepare(first);
    field(first).focus();
  }
  document.addEventListener("run-over", (event) => {
    if (event.detail.job !== job || event.detail.state !== "done") return;
    if (opened()) refresh();
    else location.reload();
  });
})();
