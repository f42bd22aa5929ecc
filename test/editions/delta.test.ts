import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { assemble } from "../../src/editions/assemble-feed.ts";
import { findDelta, writeDelta } from "../../src/editions/delta.ts";
import { deltaTag, digestOf, entityTagOf, markOf } from "../../src/editions/edition-etag.ts";
import type { FeedDocument } from "../../src/editions/feed-document.ts";
import { createFragments } from "../../src/editions/fragments.ts";
import { formats } from "../../src/formats/formats.ts";
import type { Feed } from "../../src/model/feed.ts";
import { render } from "../formats/support/render.ts";
import { sampleFeed } from "./support/sample-feed.ts";

const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

describe.each(formats.map((format) => [format.name, format] as const))("a delta in %s", (_, format) => {
  let feed: Feed;
  let document: FeedDocument;
  beforeAll(async () => {
    feed = await sampleFeed(8);
    document = assemble(format, feed, createFragments());
  });

  const delta = (lacking: readonly number[]): string => decoder.decode(writeDelta(document, lacking));

  it("is the whole document if all entries are lacking", () => {
    expect(delta(document.entries.map((_, index) => index))).toBe(render(format, feed));
  });

  it("is head and foot if no entry is lacking", () => {
    expect(delta([])).toBe(format.renderHead(feed) + format.foot);
  });

  it("is head, lacking entries and foot", () => {
    fc.assert(
      fc.property(fc.subarray([0, 1, 2, 3, 4, 5, 6, 7, 8]), (lacking) => {
        const entries = lacking.flatMap((index) => document.entries[index] ?? []);
        const texts = entries.map(({ start, end }) => decoder.decode(document.body.subarray(start, end)));
        expect(delta(lacking)).toBe(format.renderHead(feed) + texts.join(format.separator) + format.foot);
      }),
    );
  });

  it("shares no bytes with the document", () => {
    const { body } = document;
    const before = body.slice();
    writeDelta(document, []).fill(0);
    expect(body).toEqual(before);
  });
});

describe("the delta for a client", () => {
  const mark = markOf("https://example.org/rss.xml");
  const otherMark = markOf("https://example.org/atom.xml");

  const documentOf = (names: string): FeedDocument => ({
    body: new Uint8Array(),
    digest: digestOf(names),
    entries: [...names].map((name) => ({ start: 0, end: 0, digest: digestOf(name) })),
    head: 0,
    foot: 0,
    separator: "",
  });

  /** The entity tag of an edition with these entries, one letter each. */
  const tagOf = (names: string, tagMark = mark): string => deltaTag(digestOf(names), tagMark, [...names].map(digestOf));

  it.each<readonly [title: string, tags: readonly string[], base: string | undefined, lacking: readonly number[]]>([
    ["that lacks the newest entry", [tagOf("bcd")], tagOf("bcd"), [0]],
    ["that lacks half of the entries", [tagOf("cd")], tagOf("cd"), [0, 1]],
    ["that lacks more than half", [tagOf("d")], undefined, []],
    ["that lacks nothing but has another head", [tagOf("abcd")], tagOf("abcd"), []],
    ["that has entries which are not in the document", [tagOf("bcdef")], tagOf("bcdef"), [0]],
    ["that has the same entries in another order", [tagOf("dcb")], tagOf("dcb"), [0]],
    ["with several editions is based on the one that lacks least", [tagOf("cd"), tagOf("bcd")], tagOf("bcd"), [0]],
    ["with two editions that lack as much is based on the first", [tagOf("acd"), tagOf("abd")], tagOf("acd"), [1]],
    ["that sends the tag without W/ names it so", [tagOf("bcd").slice(2)], tagOf("bcd").slice(2), [0]],
    ["with a tag of another feed", [tagOf("bcd", otherMark)], undefined, []],
    ["with tags of two feeds uses the one of this feed", [tagOf("abcd", otherMark), tagOf("bcd")], tagOf("bcd"), [0]],
    ["with a plain tag", [entityTagOf(digestOf("bcd"))], undefined, []],
    ["without a tag", [], undefined, []],
    ["with a star", ["*"], undefined, []],
  ])("%s", (_, tags, base, lacking) => {
    const delta = findDelta(documentOf("abcd"), mark, tags.join(", "));
    expect(delta).toEqual(base === undefined ? undefined : { base, lacking });
  });
});
