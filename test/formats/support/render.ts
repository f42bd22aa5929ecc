import { assemble } from "../../../src/editions/assemble.ts";
import { createFragments } from "../../../src/editions/fragments.ts";
import type { Format } from "../../../src/formats/format.ts";
import type { Feed } from "../../../src/model/feed.ts";

/** A feed as the worker writes it, with nothing rendered before. */
export const render = (format: Format, feed: Feed): string =>
  new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(assemble(format, feed, createFragments()).body);
