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

/** Runs a script that is stored so. */
export async function runScript(address) {
  const content = await new Response(await unpack(await fetchFile(address))).arrayBuffer();
  const script = document.createElement("script");
  script.src = URL.createObjectURL(new Blob([content], { type: "text/javascript" }));
  const done = new Promise((resolve, reject) => {
    script.onload = resolve;
    script.onerror = () => reject(new Error(`${address} cannot be run`));
  });
  document.head.append(script);
  await done;
  URL.revokeObjectURL(script.src);
}
