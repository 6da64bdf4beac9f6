// The query page: YASQE's editor and YASR's views, and between them one place that is asked.
import { addCompleters, suggestWhileTyping } from "./completion.js";
import { addViews, label, mend, renderError, showAnswer } from "./results.js";

const LONGEST_ADDRESS = 4000; // characters of a query; longer ones are posted
const GRAPH_FORMS = ["CONSTRUCT", "DESCRIBE"];
const NARROW = "(max-width: 60rem)";

/** Puts the editor in the place of the form. */
export async function start() {
  const page = document.getElementById("query-page");
  const data = JSON.parse(document.getElementById("query-data").textContent);
  const { words } = data;
  const ask = await findService(page.dataset);
  const { Yasqe, Yasr } = globalThis.Yasgui;
  addCompleters(Yasqe, data);
  addViews(Yasr, words, (iri) => findLink(data.spaces, iri));
  const form = document.getElementById("query-form");
  const field = document.getElementById("query");
  const status = document.getElementById("query-status");
  const buttons = Object.fromEntries(
    ["run", "stop", "share"].map((name) => [name, document.getElementById(`query-${name}`)]),
  );
  form.hidden = true;
  document.getElementById("query-tools").hidden = false;

  const yasr = new Yasr(document.getElementById("query-answer"), {
    persistenceId: null,
    prefixes: data.prefixes,
    plugins: { table: { enabled: true, dynamicConfig: { compact: true, isEllipsed: false } } },
    errorRenderers: [async (error) => renderError(words, error)],
    getDownloadFileName: () => "twingraph",
  });
  yasr.rootEl.hidden = true;
  label(yasr.resultsEl, { tabindex: "0", role: "group", "aria-label": words.answer });
  yasr.on("drawn", () => queueMicrotask(() => mend(yasr, words))); // YASR itself is not done yet

  let stop; // of the query that is being answered
  const run = async (yasqe) => {
    stop?.abort();
    const mine = (stop = new AbortController());
    buttons.stop.disabled = false;
    status.textContent = words.running;
    const started = performance.now();
    const progress = (part) => {
      const percent = part === undefined ? undefined : Math.min(100, Math.round(part * 100));
      status.textContent = percent === undefined ? words.running : `${words.loading} ${percent} %`;
    };
    try {
      const isGraph = GRAPH_FORMS.includes(yasqe.getQueryType());
      const response = await ask(yasqe.getValue(), isGraph, mine.signal, progress);
      const content = await response.text();
      const seconds = (performance.now() - started) / 1000;
      yasr.rootEl.hidden = false;
      showAnswer(yasr, {
        status: response.status,
        statusText: response.statusText,
        type: response.headers.get("Content-Type") ?? "",
        content,
      });
      status.textContent = response.ok ? tell(words, yasr, seconds) : words.failed;
    } catch (error) {
      if (stop !== mine) return; // another has begun
      if (!mine.signal.aborted) showAnswer(yasr, { status: 599, content: error.message });
      yasr.rootEl.hidden &&= mine.signal.aborted;
      status.textContent = mine.signal.aborted ? words.stopped : words.failed;
    } finally {
      if (stop === mine) {
        stop = undefined;
        buttons.stop.disabled = true;
      }
    }
  };
  // YASQE binds this method where it makes an editor: its keys call it.
  Yasqe.prototype.query = function query() {
    return run(this);
  };

  const yasqe = new Yasqe(document.getElementById("query-editor"), {
    value: field.value,
    persistenceId: `query ${location.pathname}`, // what was written last is there on the way back
    consumeShareLink: null,
    createShareableLink: null,
    showQueryButton: false,
    resizeable: false,
    editorHeight: "auto",
    viewportMargin: Infinity,
    extraKeys: { Tab: false, "Shift-Tab": false },
  });
  const asked = readAddress();
  if (asked) yasqe.setValue(asked);
  suggestWhileTyping(yasqe);
  label(yasqe.getInputField(), { "aria-label": words.editor, "aria-describedby": "query-keys" });
  label(yasqe.getScrollerElement(), { tabindex: "0", role: "group", "aria-label": words.scrolled });

  buttons.run.addEventListener("click", () => run(yasqe));
  buttons.stop.addEventListener("click", () => stop?.abort());
  buttons.share.addEventListener("click", async () => {
    const address = new URL(location.href.replace(/[?#].*/s, ""));
    address.searchParams.set("query", yasqe.getValue());
    history.replaceState(null, "", address);
    const isCopied = await navigator.clipboard?.writeText(address.href).then(() => true, () => false);
    status.textContent = isCopied ? words.copied : words.inAddress;
  });
  const examples = document.getElementById("query-examples");
  examples.open = !matchMedia(NARROW).matches;
  examples.addEventListener("click", (event) => {
    const link = event.target.closest("a[href*='query=']");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    yasqe.setValue(new URL(link.href).searchParams.get("query"));
    examples.querySelector("[aria-current]")?.removeAttribute("aria-current");
    link.setAttribute("aria-current", "true");
    if (matchMedia(NARROW).matches) examples.open = false;
    status.textContent = "";
    yasqe.focus();
  });
  page.dataset.isReady = "true";
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

/** A query that the address holds, `?query=` or `#query=`. */
function readAddress() {
  const places = [location.search.slice(1), location.hash.slice(1)];
  return places.map((place) => new URLSearchParams(place).get("query")).find(Boolean);
}

/** Where an IRI leads: within the site, nowhere, or to where it says itself. */
function findLink(spaces, iri) {
  const own = spaces.find(({ space }) => iri.startsWith(space));
  if (!own?.path) return { href: own ? "" : iri, id: iri };
  const id = iri.slice(own.space.length);
  const [path, fragment] = id.split("#");
  const address = `${own.path}${path}${own.suffix}${fragment === undefined ? "" : `#${fragment}`}`;
  return { href: new URL(address, location.href).href, id };
}

/** How many rows there are, and how long it took. */
function tell(words, yasr, seconds) {
  const rows = yasr.results.getBindings()?.length;
  const time = seconds.toLocaleString(document.documentElement.lang, { maximumFractionDigits: 2 });
  const count = rows?.toLocaleString(document.documentElement.lang);
  const what = rows === undefined ? words.answered : rows === 1 ? words.row : words.rows.replace("#", count);
  return `${what}, ${time} s`;
}
