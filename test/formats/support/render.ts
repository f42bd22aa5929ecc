import { assemble } from "../../../src/editions/assemble-feed.ts";
import { createFragments } from "../../../src/editions/fragments.ts";
import type { Format } from "../../../src/formats/format.ts";
import type { Feed } from "../../../src/model/feed.ts";

/** Renders a feed as the worker does, without fragments from earlier documents. */
export const render = (format: Format, feed: Feed): string =>
  new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(assemble(format, feed, createFragments()).body);
