import { describe, expect, it } from "vitest";
import type { Item } from "../../src/model/item.ts";
import { isPublicEdit, takesFromReaders, transitionsOf, visibilityOf } from "../../src/model/visibility.ts";
import { sampleItem } from "../formats/support/samples.ts";

const DAY = 86_400_000;
const NOTICE_DAYS = 14;
const withdrawn = (at: number) => ({ withdrawn: { at, reason: "Wrong." } });

const plain = sampleItem({ published: 1000 });
const draft = sampleItem({ published: 1000, draft: true });
const expiring = sampleItem({ published: 1000, expires: 3000 });
const retracted = sampleItem({ published: 1000, ...withdrawn(2000) });

describe("the visibility of a story", () => {
  it.each<readonly [string, Item, number, string]>([
    ["that is published later", plain, 999, "hidden"],
    ["when it is published", plain, 1000, "visible"],
    ["that is a draft", draft, 5000, "hidden"],
    ["just before it expires", expiring, 2999, "visible"],
    ["when it expires", expiring, 3000, "expired"],
    ["that is withdrawn", retracted, 2000, "withdrawn"],
    ["whose withdrawal is dated in the future", retracted, 1500, "withdrawn"],
    ["that is withdrawn before it is published", retracted, 999, "hidden"],
    ["that is withdrawn and has expired", { ...expiring, ...withdrawn(2000) }, 5000, "withdrawn"],
  ])("%s", (_, item, now, expected) => {
    expect(visibilityOf(item, now)).toBe(expected);
  });
});

describe("the transitions of a story", () => {
  it.each<readonly [string, Item, readonly number[]]>([
    ["that stays", plain, [1000]],
    ["that is a draft", draft, []],
    ["that expires", expiring, [1000, 3000]],
    ["that is withdrawn, with the end of its notice", retracted, [1000, 2000, 2000 + NOTICE_DAYS * DAY]],
  ])("%s", (_, item, expected) => {
    expect(transitionsOf(item, NOTICE_DAYS)).toEqual(expected);
  });
});

describe("an edit that hides a story at a time at which readers would have seen it", () => {
  it.each<readonly [string, Item, Item]>([
    ["makes a draft of it", plain, draft],
    ["publishes it later", plain, { ...plain, published: 1500 }],
    ["sets an expiry", plain, expiring],
    ["sets an earlier expiry", expiring, { ...expiring, expires: 2000 }],
    ["withdraws it", plain, retracted],
  ])("%s", (_, former, item) => {
    expect(takesFromReaders(former, item)).toBe(true);
  });
});

describe("an edit that hides nothing from readers", () => {
  it.each<readonly [string, Item, Item]>([
    ["changes the text", plain, { ...plain, title: "Another" }],
    ["publishes a draft", draft, plain],
    ["publishes a story earlier", plain, { ...plain, published: 500 }],
    ["removes an expiry", expiring, plain],
    ["sets a later expiry", expiring, { ...expiring, expires: 4000 }],
    ["undoes a withdrawal", retracted, plain],
    ["changes the text of a withdrawn story", retracted, { ...retracted, title: "Another" }],
  ])("%s", (_, former, item) => {
    expect(takesFromReaders(former, item)).toBe(false);
  });
});

describe("an edit", () => {
  it.each<readonly [string, boolean, Item | undefined, Item | undefined, number]>([
    ["of a draft", false, draft, { ...draft, title: "Another" }, 5000],
    ["that saves a draft", false, undefined, draft, 5000],
    ["that deletes a draft", false, draft, undefined, 5000],
    ["that publishes a draft", true, draft, plain, 5000],
    ["that schedules a draft", false, draft, plain, 999],
    ["that makes a visible story a draft", true, plain, draft, 5000],
    ["that postpones a scheduled story", false, plain, { ...plain, published: 3000 }, 999],
    ["that postpones a visible story", true, plain, { ...plain, published: 3000 }, 1000],
    ["that brings a story forward", true, { ...plain, published: 3000 }, plain, 2000],
    ["of a story that has expired", true, expiring, { ...expiring, title: "Another" }, 5000],
    ["that erases a withdrawn story", true, retracted, undefined, 5000],
  ])("%s is public: %s", (_, expected, former, item, now) => {
    expect(isPublicEdit(former, item, now)).toBe(expected);
  });
});
