// Oxigraph in a worker: loads a file of N-Quads, then answers queries over the union of its graphs.
import init, { Store } from "../vendor/oxigraph/web.js";

const JSON_RESULTS = "application/sparql-results+json";
const TURTLE = "text/turtle";
const N_QUADS = "application/n-quads";
const GZIP = [0x1f, 0x8b];
// What holds no keyword of SPARQL: IRIs, texts, comments, variables, names with a prefix.
const SAID =
  /<[^<>"{}|^`\\\x00-\x20]*>|"""(?:[^"\\]|\\.|"(?!""))*"""|'''(?:[^'\\]|\\.|'(?!''))*'''|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|#[^\n]*|[?$:]\w+|\w+:/gs;

let store;

self.onmessage = async ({ data: message }) => {
  try {
    if (message.open) {
      await open(message.open.engine, message.open.data);
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

async function open(engine, data) {
  const [chunks] = await Promise.all([download(data), init({ module_or_path: await fetchEngine(engine) })]);
  store = new Store();
  store.load(handOver(chunks), { format: N_QUADS, no_transaction: true });
}

/** The engine's bytes, or a response that can be compiled while it comes. */
async function fetchEngine(address) {
  const response = await fetchFile(address);
  const isWasm = response.headers.get("Content-Type")?.startsWith("application/wasm");
  return isWasm ? response : response.arrayBuffer();
}

async function fetchFile(address) {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${new URL(address).pathname}: ${response.status} ${response.statusText}`);
  return response;
}

/** The file, unpacked: a host may already have told the browser to do that. */
async function download(address) {
  const response = await fetchFile(address);
  const total = Number(response.headers.get("Content-Length"));
  const reader = response.body.getReader();
  let first = await reader.read();
  let loaded = 0;
  const body = new ReadableStream({
    async pull(controller) {
      const { done, value } = first ?? (await reader.read());
      first = undefined;
      if (done) {
        controller.close();
        return;
      }
      loaded += value.length;
      self.postMessage({ loaded, total });
      controller.enqueue(value);
    },
  });
  const isPacked = GZIP.every((byte, index) => first.value?.[index] === byte);
  const unpacked = isPacked ? body.pipeThrough(new DecompressionStream("gzip")) : body;
  const chunks = [];
  for (const stream = unpacked.getReader(); ;) {
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
