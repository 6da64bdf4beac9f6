// Files that are stored gzipped, whether or not their host tells the browser so.
const GZIP = [0x1f, 0x8b];

export async function fetchFile(address) {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${new URL(address).pathname}: ${response.status} ${response.statusText}`);
  return response;
}

/**
 * The bytes of a response as a stream, unpacked: a host may already have told the browser to do
 * that. `tell` is called with how many bytes have come, and how many there are.
 */
export async function unpack(response, tell = () => {}) {
  const total = Number(response.headers.get("Content-Length"));
  const reader = response.body.getReader();
  let first = await reader.read();
  let loaded = 0;
  const isPacked = GZIP.every((byte, index) => first.value?.[index] === byte);
  const body = new ReadableStream({
    async pull(controller) {
      const { done, value } = first ?? (await reader.read());
      first = undefined;
      if (done) {
        controller.close();
        return;
      }
      loaded += value.length;
      tell(loaded, total);
      controller.enqueue(value);
    },
  });
  return isPacked ? body.pipeThrough(new DecompressionStream("gzip")) : body;
}

async function read(address) {
  return new Response(await unpack(await fetchFile(address)));
}

/** What JSON that is stored so says. */
export async function readJson(address) {
  return (await read(address)).json();
}

/** Loads a script or a style that is stored so, and what comes of it. */
async function load(address, type, place) {
  const url = URL.createObjectURL(new Blob([await (await read(address)).arrayBuffer()], { type }));
  try {
    return await place(url);
  } finally {
    URL.revokeObjectURL(url);
  }
}

/** The module of a script. */
export function importModule(address) {
  return load(address, "text/javascript", (url) => import(url));
}

/** Runs a script that is no module. */
export function runScript(address) {
  const script = document.createElement("script");
  return load(address, "text/javascript", (src) => awaitElement(Object.assign(script, { src }), document.head));
}

/** Puts a style before another, whose rules win. */
export function addStyle(address, other) {
  const link = Object.assign(document.createElement("link"), { rel: "stylesheet" });
  return load(address, "text/css", (href) => awaitElement(Object.assign(link, { href }), other));
}

/** Puts an element at the end of the head, or before an element of it, until it has loaded. */
function awaitElement(element, place) {
  return new Promise((resolve, reject) => {
    element.onload = resolve;
    element.onerror = () => reject(new Error(`a ${element.localName} cannot be loaded`));
    if (place === document.head) place.append(element);
    else place.before(element);
  });
}
