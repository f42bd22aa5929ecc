import { describe, expect, it } from "vitest";
import type { Item } from "../../src/model/item.ts";
import { firstNoticeEnd, firstRemoval, noticeEnd, tombstoneOf } from "../../src/model/tombstone.ts";
import { sampleItem } from "../formats/support/samples.ts";

const plain = sampleItem({ published: 1000 });
const expiring = sampleItem({ published: 1000, expires: 3000 });
const withdrawn = { at: 2000, reason: "Wrong." };
const { id, slug, url } = plain;

describe("the tombstone", () => {
  it.each<readonly [string, Item, object | undefined]>([
    ["of a story that stays", plain, undefined],
    ["of a draft", { ...expiring, draft: true }, undefined],
    ["of a story that expires", expiring, { id, slug, url, published: 1000, at: 3000 }],
    ["of a withdrawn story", { ...plain, withdrawn }, { id, slug, url, published: 1000, at: 2000, reason: "Wrong." }],
    [
      "of a story in another language",
      { ...expiring, language: "de" },
      { id, slug, url, published: 1000, at: 3000, language: "de" },
    ],
    ["of a withdrawn draft", { ...plain, withdrawn, draft: true }, undefined],
    ["of a withdrawn story that expires", { ...expiring, withdrawn }, { id, slug, url, published: 1000, ...withdrawn }],
  ])("%s", (_, item, expected) => {
    expect(tombstoneOf(item)).toStrictEqual(expected);
  });
});

it("a notice ends after noticeDays", () => {
  expect(noticeEnd({ id, slug, url, published: 1000, at: 2000 }, 2)).toBe(2000 + 2 * 86_400_000);
});

it.each<readonly [string, readonly Item[], number]>([
  ["of no stories", [], Number.POSITIVE_INFINITY],
  ["of stories that stay", [plain], Number.POSITIVE_INFINITY],
  ["of several stories", [plain, { ...expiring, expires: 9000 }, expiring], 3000],
])("the first removal %s", (_, items, expected) => {
  expect(firstRemoval(items)).toBe(expected);
});

it("the first notice that ends is the one of the first withdrawal; none ends if there are none", () => {
  const notices = [3000, 2000, 4000].map((at) => ({ id, slug, url, published: 1000, at }));
  expect(firstNoticeEnd(notices, 2)).toBe(2000 + 2 * 86_400_000);
  expect(firstNoticeEnd([], 2)).toBe(Number.POSITIVE_INFINITY);
});
