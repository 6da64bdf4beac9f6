// The query page: YASQE's editor and YASR's views, and between them one place that is asked.
import { addCompleters, suggestWhileTyping } from "./completion.js";
import { runScript } from "./packed.js";
import { addViews, label, mend, renderError, showAnswer } from "./results.js";

const LONGEST_ADDRESS = 4000; // characters of a query; longer ones are posted
const GRAPH_FORMS = ["CONSTRUCT", "DESCRIBE"];
const UNREACHED = 599; // no status of HTTP: there is none where nothing came
const OUTSIDE_IRI = /[\s<>"{}|\\^`]/; // what cannot stand in an IRI
const NUMBER = /^[0-9]{1,9}$/;
// What is called in a file's name as in an IRI; other files are found by the site's own links.
const PLAIN_NAME = /^(?!(?:index|con|prn|aux|nul|com\d|lpt\d)$)[\w~][\w~-]{0,159}$/i;
const NARROW = "(max-width: 60rem)";

/** Puts the editor in the place of the form. */
export async function start() {
  const page = document.getElementById("query-page");
  const data = JSON.parse(document.getElementById("query-data").textContent);
  const { editor } = page.dataset;
  if (editor) await runScript(new URL(editor, location.href).href);
  const ask = await findService(page.dataset);
  const { Yasqe, Yasr } = globalThis.Yasgui;
  addCompleters(Yasqe, data);
  addViews(Yasr, data.words, (iri) => findLink(data.spaces, iri));
  find("form").hidden = true;
  find("tools").hidden = false;
  const runner = new Runner(ask, openViews(Yasr, data), data.words);
  // YASQE binds this method where it makes an editor: its keys call it.
  Yasqe.prototype.query = function query() {
    return runner.run(this);
  };
  const asked = readAddress(location, data.questions);
  const yasqe = openEditor(Yasqe, data.words, asked.query);
  find("run").addEventListener("click", () => runner.run(yasqe));
  find("stop").addEventListener("click", () => runner.stop());
  find("share").addEventListener("click", () => share(yasqe.getValue(), data.words));
  offerExamples(yasqe, data.questions);
  if (asked.isWhole) runner.run(yasqe);
  page.dataset.isReady = "true";
}

function find(name) {
  return document.getElementById(`query-${name}`);
}

function openViews(Yasr, { words, prefixes }) {
  const yasr = new Yasr(find("answer"), {
    persistenceId: null,
    prefixes,
    plugins: { table: { enabled: true, dynamicConfig: { compact: true, isEllipsed: false } } },
    errorRenderers: [async (error) => renderError(words, error)],
    getDownloadFileName: () => "twingraph",
  });
  yasr.rootEl.hidden = true;
  label(yasr.resultsEl, { tabindex: "0", role: "group", "aria-label": words.answer });
  yasr.on("drawn", () => queueMicrotask(() => mend(yasr, words))); // YASR itself is not done yet
  return yasr;
}

function openEditor(Yasqe, words, asked) {
  const yasqe = new Yasqe(find("editor"), {
    value: document.getElementById("query").value,
    persistenceId: `query ${location.pathname}`, // what was written last is there on the way back
    consumeShareLink: null,
    createShareableLink: null,
    showQueryButton: false,
    resizeable: false,
    editorHeight: "auto",
    viewportMargin: Infinity,
    extraKeys: { Tab: false, "Shift-Tab": false },
  });
  if (asked) yasqe.setValue(asked);
  suggestWhileTyping(yasqe);
  label(yasqe.getInputField(), { "aria-label": words.editor, "aria-describedby": "query-keys" });
  label(yasqe.getScrollerElement(), { tabindex: "0", role: "group", "aria-label": words.scrolled });
  return yasqe;
}

/** Asks one query at a time, and shows what comes of it. */
class Runner {
  #running; // what ends the query that is being answered

  constructor(ask, yasr, words) {
    Object.assign(this, { ask, yasr, words });
  }

  stop() {
    this.#running?.abort();
  }

  async run(yasqe) {
    this.stop();
    const mine = (this.#running = new AbortController());
    find("stop").disabled = false;
    this.#progress();
    const told = await this.#answer(yasqe, mine.signal);
    if (this.#running !== mine) return; // another has begun
    this.#running = undefined;
    find("stop").disabled = true;
    this.#tell(told);
  }

  /** Shows the answer; what is to be told of it. */
  async #answer(yasqe, signal) {
    const { words, yasr } = this;
    const started = performance.now();
    try {
      const isGraph = GRAPH_FORMS.includes(yasqe.getQueryType());
      const response = await this.ask(yasqe.getValue(), isGraph, signal, (part) => this.#progress(part));
      const content = await response.text();
      const seconds = (performance.now() - started) / 1000;
      yasr.rootEl.hidden = false;
      const type = response.headers.get("Content-Type") ?? "";
      showAnswer(yasr, { status: response.status, statusText: response.statusText, type, content });
      return response.ok ? countRows(words, yasr, seconds) : words.failed;
    } catch (error) {
      if (signal.aborted) return words.stopped;
      yasr.rootEl.hidden = false;
      showAnswer(yasr, { status: UNREACHED, content: error.message });
      return words.failed;
    }
  }

  /** How much of the data has come, as a fraction; undefined while the query itself is answered. */
  #progress(part) {
    const percent = Math.min(100, Math.round(part * 100));
    this.#tell(part === undefined ? this.words.running : `${this.words.loading} ${percent} %`);
  }

  #tell(text) {
    find("status").textContent = text;
  }
}

/** Puts the query into the address, and that where it can be pasted. */
async function share(query, words) {
  const address = new URL(location.href.replace(/[?#].*/s, ""));
  address.searchParams.set("query", query);
  history.replaceState(null, "", address);
  const isCopied = await navigator.clipboard?.writeText(address.href).then(() => true, () => false);
  find("status").textContent = isCopied ? words.copied : words.inAddress;
}

/** Lets the questions fill the editor, not the page anew. */
function offerExamples(yasqe, questions) {
  const examples = find("examples");
  const narrow = matchMedia(NARROW);
  examples.open = !narrow.matches;
  examples.addEventListener("click", (event) => {
    const link = event.target.closest("a[href*='query='], a[href*='question=']");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    yasqe.setValue(readAddress(link, questions).query);
    examples.querySelector("[aria-current]")?.removeAttribute("aria-current");
    link.setAttribute("aria-current", "true");
    if (narrow.matches) examples.open = false;
    find("status").textContent = "";
    yasqe.focus();
  });
}

/** What answers: the server's endpoint, or the engine in this browser. */
async function findService({ endpoint, engine, data }) {
  const absolute = (address) => new URL(address, location.href).href;
  if (engine) {
    const { openEngine } = await import("./engine.js");
    const answer = openEngine({ engine: absolute(engine), data: absolute(data) });
    return (query, _, signal, progress) => answer(query, signal, progress);
  }
  return (query, isGraph, signal) => {
    const parameters = new URLSearchParams({ query });
    const isShort = query.length <= LONGEST_ADDRESS;
    return fetch(isShort ? `${absolute(endpoint)}?${parameters}` : absolute(endpoint), {
      method: isShort ? "GET" : "POST",
      body: isShort ? undefined : parameters,
      headers: { Accept: isGraph ? "text/turtle" : "application/sparql-results+json" },
      signal,
    });
  };
}

/**
 * The query that an address holds after its `?` or `#`: as `query=`, or as the name of a question
 * and values of its parameters. `isWhole` where it was asked for by values, and waits for no change.
 */
function readAddress({ search, hash }, questions = {}) {
  for (const place of [search, hash]) {
    const values = new URLSearchParams(place.slice(1));
    const question = questions[values.get("question")];
    if (question) return { query: bind(question, values), isWhole: values.size > 1 };
    if (values.get("query")) return { query: values.get("query") };
  }
  return {};
}

/** The text of a question with values in its VALUES lines: ids of resources, or numbers. */
function bind({ text, parameters }, values) {
  for (const [name, space] of Object.entries(parameters)) {
    const value = values.get(name)?.trim();
    if (!value || (space ? OUTSIDE_IRI.test(value) : !NUMBER.test(value))) continue;
    const line = new RegExp(`^([ \\t]*VALUES \\?${name} \\{ )\\S+( \\}[ \\t]*)$`, "gm");
    const iri = value.includes(":") ? value : space + value;
    text = text.replace(line, (_, before, after) => before + (space ? `<${iri}>` : value) + after);
  }
  return text;
}

/** Where an IRI leads: within the site, nowhere, or to where it says itself. */
function findLink(spaces, iri) {
  const own = spaces.find(({ space }) => iri.startsWith(space));
  if (!own?.path) return { href: own ? "" : iri, id: iri };
  const id = iri.slice(own.space.length);
  const [page, fragment] = id.split("#");
  let path = page.replace(/\/page\.txt$/, ""); // the page of a source tells of its words
  if (own.suffix.startsWith(".")) {
    const names = path.replace(/\/$/, "").split("/");
    if (!names.every((name) => PLAIN_NAME.test(name))) return { href: "", id };
    path = path.replace(/\/$/, "/index"); // a file
  }
  const address = `${own.path}${path}${own.suffix}${fragment === undefined ? "" : `#${fragment}`}`;
  return { href: new URL(address, location.href).href, id };
}

/** How many rows there are, and how long it took. */
function countRows(words, yasr, seconds) {
  const rows = yasr.results.getBindings()?.length;
  const time = seconds.toLocaleString(document.documentElement.lang, { maximumFractionDigits: 2 });
  const count = rows?.toLocaleString(document.documentElement.lang);
  const what = rows === undefined ? words.answered : rows === 1 ? words.row : words.rows.replace("#", count);
  return `${what}, ${time} s`;
}
