import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { assemble } from "../../src/editions/assemble-feed.ts";
import { digestOf } from "../../src/editions/edition-etag.ts";
import type { FeedDocument } from "../../src/editions/feed-document.ts";
import { createFragments } from "../../src/editions/fragments.ts";
import type { Format } from "../../src/formats/format.ts";
import { formats } from "../../src/formats/formats.ts";
import type { Feed } from "../../src/model/feed.ts";
import type { Item } from "../../src/model/item.ts";
import { render } from "../formats/support/render.ts";
import { sampleFeed } from "./support/sample-feed.ts";

const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** A format that records which stories it renders. */
const recording = (format: Format) => {
  const rendered: Item[] = [];
  const recordingFormat: Format = {
    ...format,
    renderItem: (item, channel, text) => {
      rendered.push(item);
      return format.renderItem(item, channel, text);
    },
  };
  return { recordingFormat, rendered };
};

const textOf = ({ body }: FeedDocument): string => decoder.decode(body);

describe.each(formats.map((format) => [format.name, format] as const))("a feed in %s, assembled", (_, format) => {
  let feed: Feed;
  beforeAll(async () => {
    feed = await sampleFeed(12);
  });

  it("is what the format renders as a whole", () => {
    const document = assemble(format, feed, createFragments());
    expect(textOf(document)).toBe(render(format, feed));
    expect(feed.notices.length).toBe(1);
  });

  it("has the positions of head, entries and foot", () => {
    const { body, entries, head, foot, separator } = assemble(format, feed, createFragments());
    const texts = entries.map(({ start, end }) => decoder.decode(body.subarray(start, end)));
    expect(decoder.decode(body.subarray(0, head))).toBe(format.renderHead(feed));
    expect(texts).toEqual([
      ...format.renderTombstones(feed),
      ...feed.items.map((item) => format.renderItem(item, feed.channel, "full").join("")),
    ]);
    expect(decoder.decode(body.subarray(body.length - foot))).toBe(format.foot);
    expect(entries.map(({ digest }) => digest)).toEqual(texts.map(digestOf));
    expect(decoder.decode(body)).toBe(format.renderHead(feed) + texts.join(separator) + format.foot);
  });

  it("renders exactly the stories that are new", () => {
    const fragments = createFragments();
    const { recordingFormat, rendered } = recording(format);
    const [newest, ...older] = feed.items;
    assemble(recordingFormat, { ...feed, items: older }, fragments);
    expect(rendered).toEqual(older);
    assemble(recordingFormat, feed, fragments);
    expect(rendered).toEqual([...older, newest]);
    assemble(recordingFormat, feed, fragments);
    expect(rendered.length).toBe(feed.items.length);
  });

  it("renders exactly the story that was edited", () => {
    const fragments = createFragments();
    const { recordingFormat, rendered } = recording(format);
    assemble(format, feed, fragments);
    const items = feed.items.map((item, index) => (index === 5 ? { ...item, title: "Changed" } : item));
    const document = assemble(recordingFormat, { ...feed, items }, fragments);
    expect(rendered.map(({ title }) => title)).toEqual(["Changed"]);
    expect(textOf(document)).toBe(render(format, { ...feed, items }));
  });

  it("has the same bytes and digests whatever fragments there are", () => {
    const fragments = createFragments();
    const documents: FeedDocument[] = [];
    const arbitraryChange = fc.record({
      indexes: fc.array(fc.nat({ max: 11 }), { maxLength: 14 }),
      text: fc.constantFrom("full", "summary"),
      tombstones: fc.nat({ max: 2 }),
      title: fc.string(),
      removed: fc.option(fc.nat({ max: 50 })),
    });
    fc.assert(
      fc.property(arbitraryChange, ({ indexes, text, tombstones, title, removed }) => {
        const [document] = removed === null ? [] : documents.splice(removed, 1);
        if (document !== undefined) fragments.remove(document);
        const one: Feed = {
          ...feed,
          title: `Title ${title.replace(/[^ -~]/g, "")}`,
          view: { scope: { kind: "all" }, text },
          items: [...new Set(indexes)].flatMap((index) => feed.items[index] ?? []),
          tombstones: feed.tombstones.slice(0, tombstones),
          notices: feed.notices.slice(0, tombstones),
        };
        const assembled = assemble(format, one, fragments);
        documents.push(assembled);
        expect(textOf(assembled)).toBe(render(format, one));
        expect(assembled).toEqual(assemble(format, one, createFragments()));
      }),
      { numRuns: 300 },
    );
  });

  it("has another digest for another head, another order and other entries", () => {
    const digest = (one: Feed): string => assemble(format, one, createFragments()).digest;
    const others: readonly Feed[] = [
      { ...feed, title: "Another" },
      { ...feed, items: feed.items.toReversed() },
      { ...feed, items: feed.items.slice(1) },
      { ...feed, tombstones: [], notices: [] },
      { ...feed, items: [] },
    ];
    const digests = [feed, ...others].map(digest);
    expect(new Set(digests).size).toBe(digests.length);
    expect(digest(structuredClone(feed))).toBe(digest(feed));
  });
});
