import { assemble } from "../../../src/editions/assemble-feed.ts";
import { createFragments } from "../../../src/editions/fragments.ts";
import type { Renderer } from "../../../src/formats/renderer.ts";
import type { BareFeed } from "../../../src/model/feed.ts";

/** Renders a feed as the worker does, without fragments from earlier documents. */
export const render = (format: Renderer, feed: BareFeed): string =>
  new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(assemble(format, feed, createFragments()).body);
