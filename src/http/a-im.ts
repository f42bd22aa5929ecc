import { memoize } from "../lib/memoize.ts";
import { readQvalueList } from "./qvalue.ts";

/**
 * Whether an A-IM header asks for the `feed` instance manipulation (RFC 3229 §10.5.3): a list of manipulations, each with a
 * weight.
 */
export const asksForDelta: (header: string | null) => boolean = memoize((header) =>
  readQvalueList(header ?? "").some(({ name, qvalue }) => name === "feed" && qvalue > 0),
);

/** The headers by which a delta differs from the whole (§10.5.1, §10.5.2, §10.8.2). `base` is the tag that it is a delta to. */
export const deltaHeaders = (base: string): Readonly<Record<string, string>> => ({
  im: "feed",
  "delta-base": base,
  "cache-control": "no-store, im",
});
