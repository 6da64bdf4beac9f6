// The query page: YASQE's editor and YASR's views, and between them one place that is asked.
import { openAsked, readAsked, showAsked } from "./asked.js";
import { addCompleters, suggestWhileTyping } from "./completion.js";
import { addStyle, readJson, runScript } from "./packed.js";
import { addViews, label, mend, renderError, showAnswer } from "./results.js";

const LONGEST_ADDRESS = 4000; // characters of a query; longer ones are posted
const GRAPH_FORMS = ["CONSTRUCT", "DESCRIBE"];
const UNREACHED = 599; // no status of HTTP: there is none where nothing came
// What is called in a file's name as in an IRI; other files are found by the site's own links.
const PLAIN_NAME = /^(?!(?:index|con|prn|aux|nul|com\d|lpt\d)$)[\w~][\w~-]{0,159}$/i;
const NARROW = "(max-width: 60rem)";

/** Puts the editor in the place of the form; or the answer of a question that the address asks. */
export async function start() {
  const root = document.getElementById("query-page");
  const data = await readKnown(root.dataset);
  const service = { ask: await findService(root.dataset), isLocal: Boolean(root.dataset.engine) };
  const values = readAddress(location);
  const asked = service.isLocal && values.has("question") ? readAsked(values, data.questions, data.words) : {};
  if (asked.refused) warn(asked.refused);
  find("form").hidden = true;
  find("tools").hidden = false;
  passAddress();
  addEventListener("hashchange", () => location.reload()); // a changed address is asked anew
  const begin = (query) => startEditor(root, data, service, query);
  if (asked.told?.length) await startAsked(root, data, service, asked, begin);
  else await begin(asked.question?.text ?? values.get("query"));
}

/** What the page knows, which stands in it or beside it. */
async function readKnown({ known }) {
  return known ? readJson(absolute(known)) : JSON.parse(find("known").textContent);
}

async function startEditor(root, data, { ask, isLocal }, query) {
  const { editor, style } = root.dataset;
  if (editor) {
    const styled = addStyle(absolute(style), find("style")).catch(console.error); // it works without
    await Promise.all([styled, runScript(absolute(editor))]);
  }
  const { Yasqe, Yasr } = globalThis.Yasgui;
  addCompleters(Yasqe, data);
  addViews(Yasr, data.words, (iri) => findLink(data.spaces, iri));
  const runner = new Runner(ask, openViews(Yasr, data), data.words);
  // YASQE binds this method where it makes an editor: its keys call it.
  Yasqe.prototype.query = function query() {
    return runner.run(this);
  };
  const yasqe = openEditor(Yasqe, data.words, query);
  find("run").addEventListener("click", () => runner.run(yasqe));
  find("stop").addEventListener("click", () => runner.stop());
  let inAddress = query;
  find("share").addEventListener("click", () => {
    if (yasqe.getValue() !== inAddress) writeAddress((inAddress = yasqe.getValue()), isLocal);
    share(data.words);
  });
  offerExamples(yasqe, data.questions);
  root.dataset.isReady = "true";
}

/** A question with values, answered; its SPARQL is there to be changed once it is asked for. */
async function startAsked(root, { words, spaces }, { ask }, asked, begin) {
  const findIri = (iri) => findLink(spaces, iri);
  const page = { root, tools: find("tools"), examples: find("examples"), status: find("status") };
  const { answer, folded } = openAsked(asked, page, words, findIri);
  folded.addEventListener("toggle", () => begin(asked.query), { once: true });
  root.dataset.isAsked = "true";
  const fetchAnswer = (query) => ask(query, false, new AbortController().signal, (part) => tellProgress(words, part));
  tellProgress(words);
  const started = performance.now();
  const response = await fetchAnswer(asked.query);
  const seconds = (performance.now() - started) / 1000;
  const type = response.headers.get("Content-Type") ?? "";
  const told = { status: response.status, type, content: await response.text() };
  const rows = showAsked(answer, asked.question, told, words, findIri);
  const unknown = rows === 0 ? await findUnknown(asked.told, fetchAnswer) : undefined;
  if (unknown) warn(words.unknown.replace("#", () => unknown));
  find("status").textContent = rows === undefined ? words.failed : countRows(words, rows, seconds);
}

/** The first of the values of which no statement is made. */
async function findUnknown(told, fetchAnswer) {
  for (const { iri, value } of told) {
    if (!iri) continue;
    const response = await fetchAnswer(`ASK { <${iri}> ?p ?o }`);
    if (response.ok && !(await response.json()).boolean) return value;
  }
  return undefined;
}

function warn(text) {
  const notice = find("notice");
  notice.textContent = text;
  notice.hidden = false;
}

/** The other language is asked the same. */
function passAddress() {
  for (const link of document.querySelectorAll("header a[hreflang]")) {
    if (location.search) link.search = location.search;
    link.hash = location.hash;
  }
}

function find(name) {
  return document.getElementById(`query-${name}`);
}

function absolute(address) {
  return new URL(address, location.href).href;
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
    tellProgress(this.words);
    const told = await this.#answer(yasqe, mine.signal);
    if (this.#running !== mine) return; // another has begun
    this.#running = undefined;
    find("stop").disabled = true;
    find("status").textContent = told;
  }

  /** Shows the answer; what is to be told of it. */
  async #answer(yasqe, signal) {
    const { words, yasr } = this;
    const started = performance.now();
    try {
      const isGraph = GRAPH_FORMS.includes(yasqe.getQueryType());
      const response = await this.ask(yasqe.getValue(), isGraph, signal, (part) => tellProgress(words, part));
      const content = await response.text();
      const seconds = (performance.now() - started) / 1000;
      yasr.rootEl.hidden = false;
      const type = response.headers.get("Content-Type") ?? "";
      showAnswer(yasr, { status: response.status, statusText: response.statusText, type, content });
      const rows = yasr.results.getBindings()?.length;
      return response.ok ? countRows(words, rows, seconds) : words.failed;
    } catch (error) {
      if (signal.aborted) return words.stopped;
      yasr.rootEl.hidden = false;
      showAnswer(yasr, { status: UNREACHED, content: error.message });
      return words.failed;
    }
  }
}

/** How much of the data has come, as a fraction; undefined while the query itself is answered. */
function tellProgress(words, part) {
  const percent = Math.min(100, Math.round(part * 100));
  find("status").textContent = part === undefined ? words.running : `${words.loading} ${percent} %`;
}

/** Puts the query into the address; of what is answered in this browser no host is told. */
function writeAddress(query, isLocal) {
  const address = new URL(location.href.replace(/[?#].*/s, ""));
  const values = new URLSearchParams({ query });
  if (isLocal) address.hash = values;
  else address.search = values;
  history.replaceState(null, "", address);
  passAddress();
}

/** Puts the address where it can be pasted. */
async function share(words) {
  const isCopied = await navigator.clipboard?.writeText(location.href).then(() => true, () => false);
  find("status").textContent = isCopied ? words.copied : words.inAddress;
}

/** Lets the questions fill the editor, not the page anew. */
function offerExamples(yasqe, questions) {
  const examples = find("examples");
  const narrow = matchMedia(NARROW);
  examples.open = !narrow.matches && !document.querySelector(".is-asked");
  examples.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-question], a[href*='query=']");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    yasqe.setValue(questions[link.dataset.question]?.text ?? readAddress(link).get("query"));
    examples.querySelector("[aria-current]")?.removeAttribute("aria-current");
    link.setAttribute("aria-current", "true");
    if (narrow.matches) examples.open = false;
    find("status").textContent = "";
    yasqe.focus();
  });
}

/** What answers: the server's endpoint, or the engine in this browser. */
async function findService({ endpoint, engine, module, data }) {
  if (engine) {
    const { openEngine } = await import("./engine.js");
    const answer = openEngine({ engine: absolute(engine), module: absolute(module), data: absolute(data) });
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

/** The values that an address holds after its `?` or `#`, if they ask for something. */
function readAddress({ search, hash }) {
  const places = [search, hash].map((place) => new URLSearchParams(place.slice(1)));
  return places.find((values) => values.get("query") || values.has("question")) ?? new URLSearchParams();
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
function countRows(words, rows, seconds) {
  const time = seconds.toLocaleString(document.documentElement.lang, { maximumFractionDigits: 2 });
  const count = rows?.toLocaleString(document.documentElement.lang);
  const what = rows === undefined ? words.answered : rows === 1 ? words.row : words.rows.replace("#", count);
  return `${what}, ${time} s`;
}
