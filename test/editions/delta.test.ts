import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { assemble } from "../../src/editions/assemble.ts";
import { writeDelta } from "../../src/editions/delta.ts";
import type { FeedDocument } from "../../src/editions/document.ts";
import { shortDigest } from "../../src/editions/entity-tag.ts";
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

  const delta = (known: readonly string[]): string => decoder.decode(writeDelta(document, new Set(known)));

  it("is the whole to who knows nothing, or nothing of it", () => {
    expect(delta([])).toBe(render(format, feed));
    expect(delta(["", "abcde", "toolong"])).toBe(render(format, feed));
  });

  it("is head and foot to who knows everything", () => {
    const known = document.entries.map(({ digest }) => shortDigest(digest));
    expect(delta(known)).toBe(format.renderHead(feed) + format.foot);
  });

  it("is head, what is not known, and foot", () => {
    fc.assert(
      fc.property(fc.subarray(Array.from({ length: 9 }, (_, index) => index)), (indexes) => {
        const known = indexes.flatMap((index) => document.entries[index]?.digest ?? []).map(shortDigest);
        const lacking = document.entries.filter((_, index) => !indexes.includes(index));
        const entries = lacking.map(({ start, end }) => decoder.decode(document.body.subarray(start, end)));
        expect(delta(known)).toBe(format.renderHead(feed) + entries.join(format.separator) + format.foot);
      }),
    );
  });

  it("leaves the document as it is", () => {
    const { body } = document;
    const before = body.slice();
    writeDelta(document, new Set()).fill(0);
    expect(body).toEqual(before);
  });
});
