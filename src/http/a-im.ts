// Delta encoding for feeds: RFC 3229 (https://www.rfc-editor.org/rfc/rfc3229) with the instance manipulation `feed`, by which
// an answer holds the new and changed entries only.
import { memoize } from "../lib/memoize.ts";
import { parseQvalueList } from "./qvalue.ts";

/**
 * Whether an A-IM header accepts the instance manipulation `feed`. A-IM lists instance manipulations, each with an optional
 * weight (RFC 3229 §10.5.3, https://www.rfc-editor.org/rfc/rfc3229#section-10.5.3).
 */
export const acceptsFeedDelta: (header: string | null) => boolean = memoize((header) =>
  parseQvalueList(header ?? "").some(({ name, qvalue }) => name === "feed" && qvalue > 0),
);

/**
 * The headers of a 226 that differ from those of the whole document: IM (RFC 3229 §10.5.2), Delta-Base (§10.5.1) and
 * Cache-Control, whose `im` lets only those caches store the answer that know deltas (§10.8.2). `base` is the entity tag of the
 * document that the delta is to be applied to.
 */
export const deltaHeaders = (base: string): Readonly<Record<string, string>> => ({
  im: "feed",
  "delta-base": base,
  "cache-control": "no-store, im",
});
