import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { assemble } from "../../src/editions/assemble.ts";
import { writeDelta } from "../../src/editions/delta.ts";
import type { FeedDocument } from "../../src/editions/document.ts";
import { createFragments } from "../../src/editions/fragments.ts";
import { formats } from "../../src/formats/formats.ts";
import type { Feed } from "../../src/model/feed.ts";
import { render } from "../formats/support/render.ts";
import { someFeed } from "./feeds.ts";

const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

describe.each(formats.map((format) => [format.name, format] as const))("a delta in %s", (_, format) => {
  let feed: Feed;
  let document: FeedDocument;
  beforeAll(async () => {
    feed = await someFeed(8);
    document = assemble(format, feed, createFragments());
  });

  const delta = (lacking: readonly number[]): string => decoder.decode(writeDelta(document, lacking));
  it("is the whole to who lacks everything", () => {
    expect(delta(document.entries.map((_, index) => index))).toBe(render(format, feed));
  });

  it("is head and foot to who lacks nothing", () => {
    expect(delta([])).toBe(format.renderHead(feed) + format.foot);
  });

  it("is head, what is lacking, and foot", () => {
    fc.assert(
      fc.property(fc.subarray([0, 1, 2, 3, 4, 5, 6, 7, 8]), (lacking) => {
        const entries = lacking.flatMap((index) => document.entries[index] ?? []);
        const texts = entries.map(({ start, end }) => decoder.decode(document.body.subarray(start, end)));
        expect(delta(lacking)).toBe(format.renderHead(feed) + texts.join(format.separator) + format.foot);
      }),
    );
  });

  it("leaves the document as it is", () => {
    const { body } = document;
    const before = body.slice();
    writeDelta(document, []).fill(0);
    expect(body).toEqual(before);
  });
});
