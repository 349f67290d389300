/** The only road from this page to the local Telegram: its `/sim/` routes and its stream of events. */

/** What the server said no to, in its own words. */
export class RefusedError extends Error {}

/** The server cannot be reached. */
export class LineError extends Error {}

async function ask(method, path, body) {
  const request = { method, headers: {} };
  if (body !== undefined) {
    request.headers["Content-Type"] = "application/json";
    request.body = JSON.stringify(body);
  }
  const answer = await fetch(path, request).catch(() => {
    throw new LineError("The local Telegram does not answer.");
  });
  const said = await answer.json().catch(() => ({}));
  if (!answer.ok || said.ok === false) {
    throw new RefusedError(said.description || said.error || `${path} answered ${answer.status}`);
  }
  return said.result ?? said;
}

export const wire = {
  state: () => ask("GET", "/sim/state"),
  calls: (since) => ask("GET", `/sim/calls?since=${since}`),
  act: (what, body) => ask("POST", `/sim/${what}`, body),
  endFault: (id) => ask("DELETE", `/sim/faults/${id}`),

  /** Listen for ever; the browser dials again by itself when the line breaks. */
  listen(heard, lineChanged) {
    const stream = new EventSource("/sim/events");
    stream.addEventListener("open", () => lineChanged(true));
    stream.addEventListener("error", () => lineChanged(false));
    stream.addEventListener("message", (event) => heard(JSON.parse(event.data)));
  },
};
