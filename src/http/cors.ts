import { NO_STORE } from "./cache-control.ts";

// Cross-origin resource sharing (Fetch, https://fetch.spec.whatwg.org/#http-cors-protocol). What readers get is public, and no
// answer depends on a cookie, so a script of any site may request it with any header field.

/** The field by which scripts of any site may read a response. */
export const ANY_ORIGIN = { "access-control-allow-origin": "*" } as const;

/**
 * What scripts of web readers send beside what needs no permission. `*` means all others, but not Authorization, and nothing to
 * browsers that are older than it. Cache-Control, Pragma and X-Requested-With come from libraries that bypass caches or mark their
 * requests; Accept and Content-Type need permission where their values are unusual.
 */
const REQUEST_FIELDS = [
  ...["*", "A-IM", "Accept", "Authorization", "Cache-Control", "Content-Type"],
  ...["If-Match", "If-Modified-Since", "If-None-Match", "If-Range", "If-Unmodified-Since"],
  ...["Last-Event-ID", "Pragma", "Range", "User-Agent", "X-Requested-With"],
].join(", ");

const permission = (methods: string) => ({
  ...ANY_ORIGIN,
  "access-control-allow-methods": methods,
  "access-control-allow-headers": REQUEST_FIELDS,
  "access-control-max-age": "86400",
});

/** The response to OPTIONS at a path with these methods; at a public one, also that to a CORS preflight. */
export const optionsResponse = (methods: string, isPublic: boolean): Response =>
  new Response(null, {
    status: 204,
    headers: {
      allow: methods,
      ...(isPublic && permission(methods)),
      "cache-control": NO_STORE,
      "x-content-type-options": "nosniff",
    },
  });
