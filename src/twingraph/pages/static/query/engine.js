// The engine of a site without a server: one worker, which is ended where it must stop.
const SECONDS = 60; // that a query may take

/**
 * A function that answers a query as the server would: with a Response, also of what is wrong with
 * it. `addresses` has those of the engine, of its WebAssembly (`module`) and of the data, as N-Quads;
 * all are gzipped.
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

  /** The answer of the worker; undefined where it takes too long. */
  const answer = async (query) => {
    let timer;
    const late = new Promise((resolve) => {
      timer = setTimeout(resolve, seconds * 1000);
    });
    try {
      return await Promise.race([send({ query }, (message) => "answer" in message), late]);
    } finally {
      clearTimeout(timer);
    }
  };

  const respond = async (query, tell) => {
    try {
      await (opened ??= open(tell));
    } catch (error) {
      close();
      return refuse(503, `the data cannot be loaded: ${error.message}`);
    }
    tell();
    const asked = worker;
    try {
      const found = await answer(query);
      if (found) return new Response(found.answer.body, { headers: { "Content-Type": found.answer.type } });
    } catch (error) {
      return refuse(400, error.message);
    }
    if (worker === asked) close(); // else it has been stopped, and another is at work
    return refuse(504, `timeout: the query takes longer than ${seconds} seconds`);
  };

  return (query, signal, tell) =>
    new Promise((resolve, reject) => {
      const stop = () => {
        close(); // at once, so that what is asked next has a worker of its own
        reject(signal.reason);
      };
      signal.addEventListener("abort", stop);
      respond(query, tell)
        .then(resolve, reject)
        .finally(() => signal.removeEventListener("abort", stop));
    });
}

function refuse(status, text) {
  return new Response(text, { status, headers: { "Content-Type": "text/plain" } });
}
