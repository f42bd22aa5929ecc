import type { WireResponse } from "./send-request.ts";
import type { WorkerSource } from "./worker-source.ts";

/** Headers of the connection, which workerd writes itself. */
const CONNECTION_HEADERS = new Set(["connection", "date", "keep-alive", "transfer-encoding"]);

const literal = ({ headers }: WireResponse): string =>
  JSON.stringify(Object.fromEntries([...headers].filter(([name]) => !CONNECTION_HEADERS.has(name))));

/**
 * What a bare worker makes responses of: an object literal, as most people write headers, or a Headers object, which is
 * faster.
 */
export type HeadersForm = "literal" | "object";

/** `encodeBody` keeps workerd from compressing a body again that has a Content-Encoding. */
const initOf = ({ headers }: WireResponse): string =>
  headers.has("content-encoding") ? '{ headers: found, encodeBody: "manual" }' : "{ headers: found }";

/**
 * The least that a worker can do to give the same responses at one path: compare If-None-Match as a string, then
 * respond with headers and bytes that are ready. `found` and `notModified` are the responses of our worker.
 */
export const bareWorker = (found: WireResponse, notModified: WireResponse, form: HeadersForm): WorkerSource => {
  const headersOf = (response: WireResponse): string =>
    form === "literal" ? literal(response) : `new Headers(${literal(response)})`;
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
