/* Search over names in the browser, by the rules of the server: whole names, beginnings, beginnings
   of words, parts of words, slips of a letter. The names are in search-index.js. */
"use strict";
(function () {
  const names = window.twingraphNames;
  const form = document.querySelector("form.find");
  const place = document.getElementById("found");
  if (!form || !place) return;
  const words = JSON.parse(place.dataset.words);
  const input = form.querySelector("input[name=q]");
  const kinds = place.querySelector(".kinds");
  const status = place.querySelector("[role=status]");
  const list = place.querySelector("ol");
  const more = place.querySelector(".more");
  const [WHOLE, BEGINNING, WORDS, WITHIN, NEAR, NOT] = [0, 1, 2, 3, 4, 5];
  const FEW = 10;
  const language = document.documentElement.lang;
  const tongue = names ? Math.max(0, names.languages.indexOf(language)) : 0; // its place where all are told
  const kindNames = names ? names.kinds[tongue] : [];
  const PAGE = 50;
  const LETTERS = {
    "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ħ": "h",
    "ı": "i", "ŋ": "n", "ə": "a", "ς": "σ", "ʻ": "", "ʼ": "", "’": "", "'": "",
  };
  const UMLAUTS = { "ä": "ae", "ö": "oe", "ü": "ue" };
  const UNSPACED = /[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\u{20000}-\u{3ffff}]/u;

  function plain(lowered) {
    return lowered
      .replace(/[ßæœøđðþłħıŋəςʻʼ’']/g, (letter) => LETTERS[letter])
      .normalize("NFKD").replace(/\p{M}/gu, "").normalize("NFKC")
      .replace(/[^\p{L}\p{N}]+/gu, " ").trim();
  }

  function spellings(name) {
    const lowered = name.normalize("NFC").toLowerCase();
    const spelt = lowered.replace(/[äöü]/g, (letter) => UMLAUTS[letter]);
    return [...new Set([plain(lowered), plain(spelt)])].filter(Boolean);
  }

  /* What a row of the index tells in the language of the page. */
  function inLanguage(told) {
    return Array.isArray(told) ? told[tongue] : told;
  }

  /* A language to be told: not that of the page. */
  function foreign(spoken) {
    return spoken === language ? "" : spoken;
  }

  /* The page in the language: that of the first has no mark in its file's name. */
  function findPage(link) {
    return tongue > 0 ? link.replace(/\.html(?=$|#)/, `.${language}.html`) : link;
  }

  /* Of a row of the index: its names as they are compared, that by which it is shown first. */
  function prepare(row) {
    const [kind, link, called, shown, telling, hidden] = row;
    const forms = [];
    const add = (text, spoken, isHidden) => spellings(text).forEach(
      (plainForm) => forms.push({ form: plainForm, own: plainForm.split(" "), text, spoken, isHidden }));
    const first = 2 * inLanguage(shown);
    const [name, spoken] = [called[first], foreign(called[first + 1])];
    add(name, spoken, false);
    for (let i = 0; i < called.length; i += 2) {
      if (called[i] !== name) add(called[i], foreign(called[i + 1]), false);
    }
    hidden.forEach((text) => add(text, "", true));
    return { kind, name, language: spoken, link: findPage(link), telling: inLanguage(telling), forms };
  }

  function isNear(one, other) {
    let [short, long] = [[...one], [...other]];
    if (short.length > long.length) [short, long] = [long, short];
    if (long.length - short.length > 1) return false;
    let start = 0;
    while (start < short.length && short[start] === long[start]) start += 1;
    const rest = short.slice(start).join("");
    const others = long.slice(start).join("");
    if (short.length < long.length) return rest === others.slice(1);
    return rest.slice(1) === others.slice(1) ||
      (rest[0] === others[1] && rest[1] === others[0] && rest.slice(2) === others.slice(2));
  }

  function wordWay(word, own, isForgiving) {
    if (own.some((each) => each.startsWith(word))) return WORDS;
    const isUnspaced = UNSPACED.test(word);
    if ((word.length >= 3 || isUnspaced) && own.some((each) => each.includes(word))) return WITHIN;
    const canSlip = word.length >= (isUnspaced ? 3 : 4) && !/^\p{N}+$/u.test(word);
    return isForgiving && canSlip && own.some((each) => isNear(word, each)) ? NEAR : NOT;
  }

  function way(name, asked, kind, isForgiving) {
    if (!name.isHidden && name.form.startsWith(asked.form)) {
      return name.form === asked.form && kind !== names.term ? WHOLE : BEGINNING;
    }
    let worst = WORDS;
    for (const word of asked.words) {
      worst = Math.max(worst, wordWay(word, name.own, isForgiving));
      if (worst === NOT) break;
    }
    return worst;
  }

  function match(entry, asked, isForgiving) {
    let best = null;
    let shownHow = NOT; // how that name is found by which it is shown
    for (const name of entry.forms) {
      for (const each of asked) {
        const how = way(name, each, entry.kind, isForgiving);
        if (name.text === entry.name) shownHow = Math.min(shownHow, how);
        const isBetter = !best || how < best.how || (how === best.how && name.form < best.name.form);
        if (how < NOT && isBetter) best = { entry, name, how };
      }
    }
    if (best) best.isByShown = shownHow <= best.how ||
      entry.forms.some((each) => each.text === entry.name && each.form === best.name.form);
    return best;
  }

  function order(one, other) {
    return one.how - other.how || one.entry.kind - other.entry.kind ||
      (one.name.form < other.name.form ? -1 : one.name.form > other.name.form ? 1 : 0);
  }

  /* What is found, the best first. */
  function find(text, entries) {
    const asked = spellings(text.slice(0, 200)).map(
      (each) => ({ form: each, words: [...new Set(each.split(" "))].slice(0, 24) }));
    if (!asked.length) return [];
    let found = entries.map((entry) => match(entry, asked, false)).filter(Boolean);
    if (found.length < FEW) found = entries.map((entry) => match(entry, asked, true)).filter(Boolean);
    return found.sort(order);
  }

  /* The names, or where there are many the parts of them that a text needs. */
  const loaded = new Map();
  let whole = null;

  /* A name has all words, so the parts with one of them suffice: the longest, as it is rarest. */
  function partsOf(text) {
    const files = spellings(text.slice(0, 200)).flatMap((each) => {
      const longest = each.split(" ").reduce((one, other) => (other.length > one.length ? other : one));
      const first = [...longest];
      const key = UNSPACED.test(first[0]) ? first[0] : first.slice(0, 2).join("");
      const last = first.length < 2 ? `${key}\uffff` : key;
      return names.parts.filter(([start], at) => {
        const next = names.parts[at + 1];
        return start <= last && (!next || next[0] > key);
      }).map(([, file]) => file);
    });
    return [...new Set(files)];
  }

  function load(file) {
    if (!loaded.has(file)) {
      loaded.set(file, new Promise((resolve, reject) => {
        const script = document.createElement("script");
        script.src = new URL(file, document.querySelector("script[src*='search-index']").src).href;
        script.onerror = reject;
        names.waiting[file] = resolve;
        document.head.append(script);
      }));
    }
    return loaded.get(file);
  }

  async function entriesFor(text) {
    if (names.rows) {
      whole = whole || names.rows.map(prepare);
      return whole;
    }
    const parts = await Promise.all(partsOf(text).map(load));
    const byLink = new Map(parts.flat().map((entry) => [entry.link, entry]));
    return [...byLink.values()];
  }

  if (names) {
    names.waiting = {};
    names.add = (file, rows) => names.waiting[file](rows.map(prepare));
    names.find = async (text) => find(text, await entriesFor(text));
  }

  /* Showing */

  let hits = [];
  let chosen = -1;
  let shown = 0;
  let asking = 0;

  function element(tag, text, attributes) {
    const made = document.createElement(tag);
    if (text) made.textContent = text;
    for (const [key, value] of Object.entries(attributes || {})) if (value) made.setAttribute(key, value);
    return made;
  }

  function item(hit) {
    const { entry, name } = hit;
    const li = element("li");
    if (!hit.isByShown && !name.isHidden) {
      li.append(element("bdi", name.text, { lang: name.spoken }), " ",
        element("span", "→", { "aria-hidden": "true" }),
        element("span", words.isNameOf, { class: "unseen" }), " ");
    }
    const link = element(entry.link ? "a" : "span", "", { href: entry.link });
    link.append(element("bdi", entry.name, { lang: entry.language }));
    const told = element("span", "", { class: "told" });
    told.append(element("span", kindNames[entry.kind], { class: "mark" }), " ", element("bdi", entry.telling));
    li.append(link, " ", told);
    return li;
  }

  function show() {
    const those = hits.filter((hit) => chosen < 0 || hit.entry.kind === chosen);
    list.append(...those.slice(shown, shown + PAGE).map(item));
    shown = Math.min(shown + PAGE, those.length);
    more.hidden = shown >= those.length;
    const number = those.length.toLocaleString(document.documentElement.lang);
    let told = those.length === 1 ? words.one : words.many.replace("{}", number);
    if (!those.length) told = words.none;
    else if (those[0].how === NEAR) told = `${words.near} ${number}`;
    status.textContent = told;
  }

  function restart() {
    list.replaceChildren();
    shown = 0;
    show();
  }

  function offer() {
    const counts = new Map();
    hits.forEach((hit) => counts.set(hit.entry.kind, (counts.get(hit.entry.kind) || 0) + 1));
    kinds.replaceChildren();
    if (counts.size < 2) return;
    const all = [[-1, hits.length], ...[...counts].sort((one, other) => one[0] - other[0])];
    for (const [kind, number] of all) {
      const button = element("button", `${kind < 0 ? words.all : kindNames[kind]} `, { type: "button" });
      button.append(element("b", String(number)));
      button.setAttribute("aria-pressed", String(kind === chosen));
      button.addEventListener("click", () => {
        chosen = kind;
        kinds.querySelectorAll("button").forEach((each) => each.setAttribute("aria-pressed", String(each === button)));
        restart();
      });
      const li = element("li");
      li.append(button);
      kinds.append(li);
    }
  }

  /* The other language searches the same. */
  function passOn(text) {
    for (const link of document.querySelectorAll("header a[hreflang]")) {
      link.search = text ? `?${new URLSearchParams({ q: text })}` : "";
    }
  }

  async function search() {
    const text = input.value.trim();
    passOn(text);
    const mine = ++asking;
    place.hidden = !text;
    if (!text) return;
    if (!names) {
      status.textContent = words.failed;
      return;
    }
    if (!names.rows) status.textContent = words.reading;
    try {
      const found = await names.find(text);
      if (mine !== asking) return;
      hits = found;
      chosen = -1;
      offer();
      restart();
    } catch {
      status.textContent = words.failed;
    }
  }

  let timer = 0;
  input.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(search, 150); });
  more.addEventListener("click", () => {
    const next = shown;
    show();
    const link = list.children[next] && list.children[next].querySelector("a");
    if (link) link.focus();
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    try { // a page that is opened as a file may not change its address
      history.replaceState(null, "", `?${new URLSearchParams({ q: input.value.trim() })}`);
    } catch { /* the address stays */ }
    search();
  });
  document.addEventListener("keydown", (event) => {
    const links = [...list.querySelectorAll("a")];
    const at = links.indexOf(document.activeElement);
    const isInside = at >= 0 || document.activeElement === input;
    if (!isInside || event.isComposing) return;
    if (event.key === "ArrowDown" && links[at + 1]) links[at + 1].focus();
    else if (event.key === "ArrowUp" && at >= 0) (at ? links[at - 1] : input).focus();
    else if (event.key === "Escape" && at >= 0) input.focus();
    else return;
    event.preventDefault();
  });
  input.value = new URLSearchParams(location.search).get("q") || input.value;
  search();
})();
