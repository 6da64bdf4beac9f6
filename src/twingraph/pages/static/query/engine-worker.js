// Oxigraph in a worker: loads a file of N-Quads, then answers queries over the union of its graphs.
import { fetchFile, importModule, unpack } from "./packed.js";

const JSON_RESULTS = "application/sparql-results+json";
const TURTLE = "text/turtle";
const N_QUADS = "application/n-quads";
const WASM = { headers: { "Content-Type": "application/wasm" } }; // it is compiled while it comes
// What holds no keyword of SPARQL: IRIs, texts, comments, variables, names with a prefix.
const SAID =
  /<[^<>"{}|^`\\\x00-\x20]*>|"""(?:[^"\\]|\\.|"(?!""))*"""|'''(?:[^'\\]|\\.|'(?!''))*'''|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|#[^\n]*|[?$:]\w+|\w+:/gs;

let store;

self.onmessage = async ({ data: message }) => {
  try {
    if (message.open) {
      await open(message.open);
      self.postMessage({ ready: store.size });
    } else {
      self.postMessage({ answer: answer(message.query) });
    }
  } catch (error) {
    // After a trap of WebAssembly, or an overflow of its stack, the engine is not to be trusted.
    const isLost = error instanceof WebAssembly.RuntimeError || error instanceof RangeError;
    const refused = isLost ? "the query is beyond what the engine can hold" : error?.message ?? error;
    self.postMessage({ refused: String(refused), isLost });
  }
};

async function open({ engine, module, data }) {
  const [chunks, { Store }] = await Promise.all([download(data), start(engine, module)]);
  store = new Store();
  store.load(handOver(chunks), { format: N_QUADS, no_transaction: true });
}

/** The engine, ready. */
async function start(engine, module) {
  const content = fetchFile(module).then((response) => unpack(response));
  const script = await importModule(engine);
  await script.default({ module_or_path: content.then((stream) => new Response(stream, WASM)) });
  return script;
}

async function download(address) {
  const tell = (loaded, total) => self.postMessage({ loaded, total });
  const chunks = [];
  for (const stream = (await unpack(await fetchFile(address), tell)).getReader(); ;) {
    const { done, value } = await stream.read();
    if (done) return chunks;
    chunks.push(value);
  }
}

/** The chunks in order, each let go of when it has been read. */
function* handOver(chunks) {
  for (const [index, chunk] of chunks.entries()) {
    chunks[index] = undefined;
    yield chunk;
  }
}

function answer(text) {
  const words = text.replace(SAID, " ").toUpperCase().match(/\b[A-Z]+\b/g) ?? [];
  const form = words.find((word) => word !== "PREFIX" && word !== "BASE");
  const type = form === "CONSTRUCT" || form === "DESCRIBE" ? TURTLE : JSON_RESULTS;
  const body = store.query(text, {
    results_format: type,
    use_default_graph_as_union: !words.includes("FROM"),
  });
  return { body, type };
}
