import { expect, it } from "vitest";
import { slugify } from "../../../src/model/names/slugify.ts";

it.each([
  ["", ""],
  ["!?", ""],
  ["Hello, World!", "hello-world"],
  ["  --A  --  b--  ", "a-b"],
  ["C++", "c"],
  ["a_b.c/d", "a-b-c-d"],
  ["cafe\u0301", "caf\u00e9"],
  ["\u00c9TAT", "\u00e9tat"],
  ["q\u0307\u0323x", "q\u0323\u0307x"],
  ["\u2764\ufe0f love", "love"],
  ["love \u2764\ufe0f", "love"],
  ["a\u2764\ufe0fb", "a-b"],
  ["1\ufe0f\u20e3 x", "1\ufe0f\u20e3-x"],
  ["\u0939\u093f\u0928\u094d\u0926\u0940 \u0967", "\u0939\u093f\u0928\u094d\u0926\u0940-\u0967"],
])("the slug of %j is %j", (name, slug) => expect(slugify(name)).toBe(slug));
