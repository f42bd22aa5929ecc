import { describe, expect, it } from "vitest";
import type { FeedDocument } from "../../src/editions/feed-document.ts";
import { createFragments } from "../../src/editions/fragments.ts";
import type { Item } from "../../src/model/item.ts";
import { sampleFeed } from "./support/sample-feed.ts";

/** A document with one byte for each entry. */
const documentOf = (entries: number): FeedDocument => ({
  body: new Uint8Array(entries),
  digest: "",
  entries: Array.from({ length: entries }, (_, index) => ({ start: index, end: index + 1, digest: `entry ${index}` })),
  head: 0,
  foot: 0,
  separator: "",
});

const KIND = "rss full";

describe("fragments", async () => {
  const { items } = await sampleFeed(3);
  const [first, second, third] = items;
  const create = () => createFragments();

  const find = (fragments: ReturnType<typeof create>, item: Item | undefined, kind = KIND) =>
    item && fragments.find(kind, item);

  it("are found as long as their document is in the index", () => {
    const fragments = create();
    const document = documentOf(3);
    expect(find(fragments, first)).toBeUndefined();
    fragments.add(KIND, items, document);
    expect(find(fragments, first)).toEqual({ start: 0, end: 1, digest: "entry 0", body: document.body });
    expect(find(fragments, third)?.body).toBe(document.body);
    fragments.remove(document);
    expect(items.map((item) => find(fragments, item))).toEqual([undefined, undefined, undefined]);
  });

  it("are the last entries of the document, after the tombstones", () => {
    const fragments = create();
    fragments.add(KIND, items, documentOf(5));
    expect(items.map((item) => find(fragments, item)?.digest)).toEqual(["entry 2", "entry 3", "entry 4"]);
  });

  it("stay if a newer document has them, too", () => {
    const fragments = create();
    const [older, newer] = [documentOf(3), documentOf(2)];
    fragments.add(KIND, items, older);
    fragments.add(KIND, items.slice(0, 2), newer);
    fragments.remove(older);
    expect([first, second].map((item) => find(fragments, item)?.body)).toEqual([newer.body, newer.body]);
    expect(find(fragments, third)).toBeUndefined();
    fragments.remove(newer);
    expect(find(fragments, first)).toBeUndefined();
  });

  it("of different kinds are separate", () => {
    const fragments = create();
    const [full, summary] = [documentOf(3), documentOf(3)];
    fragments.add(KIND, items, full);
    expect(find(fragments, first, "rss summary")).toBeUndefined();
    fragments.add("rss summary", items, summary);
    expect(find(fragments, first)?.body).toBe(full.body);
    expect(find(fragments, first, "rss summary")?.body).toBe(summary.body);
    fragments.remove(full);
    expect(find(fragments, first)).toBeUndefined();
    expect(find(fragments, first, "rss summary")?.body).toBe(summary.body);
  });

  it("are not found for an edited story, which is another Item", () => {
    const fragments = create();
    fragments.add(KIND, items, documentOf(3));
    expect(find(fragments, first && { ...first })).toBeUndefined();
  });

  it("allow a document to be removed twice, or without being added", () => {
    const fragments = create();
    const document = documentOf(3);
    fragments.remove(document);
    fragments.add(KIND, items, document);
    fragments.remove(documentOf(3));
    expect(find(fragments, first)?.body).toBe(document.body);
    fragments.remove(document);
    fragments.remove(document);
    expect(find(fragments, first)).toBeUndefined();
  });
});
