import type { Exchange } from "./exchange.ts";
import type { WorkerSource } from "./worker-source.ts";

/** Headers of the connection, not of the answer: workerd writes them itself. */
const OF_THE_CONNECTION = new Set(["connection", "date", "keep-alive", "transfer-encoding"]);

const literal = ({ headers }: Exchange): string =>
  JSON.stringify(Object.fromEntries([...headers].filter(([name]) => !OF_THE_CONNECTION.has(name))));

/** How a bare worker holds its headers: as a literal, as most people write them, or as a Headers object, which is faster. */
export type HeadersForm = "literal" | "object";

/** workerd would encode a body again that says it is encoded, unless it is told that this has been done. */
const initOf = ({ headers }: Exchange): string =>
  headers.has("content-encoding") ? '{ headers: found, encodeBody: "manual" }' : "{ headers: found }";

/**
 * The least a worker can do to give the same answers at one address: compare If-None-Match as a string, then
 * answer with headers and bytes that lie ready. `found` and `notModified` are what our worker answered.
 */
export const bareWorker = (found: Exchange, notModified: Exchange, form: HeadersForm): WorkerSource => {
  const headersOf = (answer: Exchange): string =>
    form === "literal" ? literal(answer) : `new Headers(${literal(answer)})`;
  return {
    code: `import body from "./body.bin";
const bytes = new Uint8Array(body);
const etag = ${JSON.stringify(found.headers.get("etag"))};
const found = ${headersOf(found)};
const notModified = ${headersOf(notModified)};
export default {
  fetch(request) {
    return request.headers.get("if-none-match") === etag
      ? new Response(null, { status: 304, headers: notModified })
      : new Response(bytes, ${initOf(found)});
  },
};
`,
    modules: new Map([["body.bin", found.body]]),
    bindings: [],
  };
};
