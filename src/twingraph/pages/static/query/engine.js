// The engine of a site without a server: one worker, which is ended where it must stop.
const SECONDS = 60; // that a query may take

/**
 * A function that answers a query as the server would: with a Response, also of what is wrong with
 * it. `addresses` has those of the engine's WebAssembly and of the data, as gzipped N-Quads.
 *
 * The function takes the query, a signal that ends it, and what to call with a fraction of the data
 * that has come, or with nothing once the query begins. It asks one thing at a time.
 */
export function openEngine(addresses, seconds = SECONDS) {
  let worker;
  let opened;

  const close = () => {
    worker?.terminate();
    worker = opened = undefined;
  };

  const open = (tell) => {
    worker = new Worker(new URL("engine-worker.js", import.meta.url), { type: "module" });
    return send({ open: addresses }, (message) => "ready" in message, tell);
  };

  /** The first message of the worker that is one of those awaited, or says that it cannot. */
  const send = (message, isAwaited, tell = () => {}) =>
    new Promise((resolve, reject) => {
      worker.onerror = (event) => reject(new Error(event.message || "the engine has not started"));
      worker.onmessage = ({ data }) => {
        if ("refused" in data) {
          if (data.isLost) close();
          reject(new Error(data.refused));
        }
        if (isAwaited(data)) resolve(data);
        else if (data.total) tell(data.loaded / data.total);
      };
      worker.postMessage(message);
    });

  return async (query, signal, tell) => {
    const stopped = new Promise((_, reject) => {
      signal.addEventListener("abort", () => reject(signal.reason), { once: true });
    });
    stopped.catch(close);
    try {
      opened ??= open(tell);
      await Promise.race([opened, stopped]);
    } catch (error) {
      close();
      if (signal.aborted) throw error;
      return refuse(503, `The data cannot be loaded: ${error.message}`);
    }
    tell();
    let timer;
    const late = new Promise((resolve) => {
      timer = setTimeout(resolve, seconds * 1000);
    });
    try {
      const found = await Promise.race([
        send({ query }, (message) => "answer" in message),
        stopped,
        late,
      ]);
      if (found) return new Response(found.answer.body, { headers: { "Content-Type": found.answer.type } });
      close();
      return refuse(504, `timeout: the query takes longer than ${seconds} seconds`);
    } catch (error) {
      if (signal.aborted) throw error;
      return refuse(400, error.message);
    } finally {
      clearTimeout(timer);
    }
  };
}

function refuse(status, text) {
  return new Response(text, { status, headers: { "Content-Type": "text/plain" } });
}
