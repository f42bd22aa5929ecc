import * as v from "valibot";
import { describe, expect, it } from "vitest";
import { checkMapping, type MappingIssue, mapping, table } from "../../../src/content/schema/mapping.ts";
import { draftSchema, storySchema } from "../../../src/content/schema/story-schema.ts";
import { key, text, wholeNumber } from "../../../src/content/schema/values.ts";

const SCHEMA = {
  entries: {
    name: text,
    size: v.exactOptional(wholeNumber(1, 9)),
    parts: v.exactOptional(mapping({ first: text, last: text }, { first: "Write the first." })),
    notes: v.exactOptional(table(key, wholeNumber(1, 9), "must be keys with numbers.")),
  },
  hints: { name: "Name it." },
  foreignNames: new Map([["label", "name"]]),
};

const check = (input: Record<string, unknown>) => {
  const { issues, partial, complete } = checkMapping(SCHEMA, input);
  const told = issues.map(
    ({ rule, message, path }) =>
      `${path.map(({ key: step, origin }) => `${String(step)}${origin === "key" ? "!" : ""}`).join(".")} ${rule}: ${message}`,
  );
  return { told, partial, isComplete: complete !== undefined };
};

const KNOWN = "Known keys: name, size, parts, notes.";

describe("a mapping", () => {
  it.each<readonly [Record<string, unknown>, Record<string, unknown>]>([
    [{ name: " a " }, { name: "a" }],
    [
      { name: "a", size: 9, parts: { first: "b", last: "c" }, notes: { x: 1, constructor: 2 } },
      {
        name: "a",
        size: 9,
        parts: { first: "b", last: "c" },
        notes: [
          ["x", 1],
          ["constructor", 2],
        ],
      },
    ],
    [
      { name: "a", notes: {} },
      { name: "a", notes: [] },
    ],
  ])("%j is valid", (input, output) => {
    expect(check(input)).toEqual({ told: [], partial: output, isComplete: true });
  });

  it.each<readonly [Record<string, unknown>, Record<string, unknown>, readonly string[]]>([
    [{}, {}, ["name! missing-key: is missing. Name it."]],
    [{ size: 1 }, { size: 1 }, ["name! missing-key: is missing. Name it."]],
    [{ name: null }, {}, ["name value: has no value. Name it."]],
    [{ name: "a", size: null }, { name: "a" }, ["size value: has no value. Write one, or delete it."]],
    [
      { name: "a", size: 0, notes: { x: 1 } },
      { name: "a", notes: [["x", 1]] },
      ["size value: must be a whole number from 1 to 9."],
    ],
    [{ name: "a", colour: 1 }, { name: "a" }, [`colour! unknown-key: is not a known key. ${KNOWN}`]],
    [{ name: "a", siez: 1 }, { name: "a" }, ["siez! unknown-key: is not a known key. Did you mean `size`?"]],
    [{ name: "a", size: 1, siez: 1 }, { name: "a", size: 1 }, [`siez! unknown-key: is not a known key. ${KNOWN}`]],
    [{ nmae: "a" }, {}, ["nmae! unknown-key: is not a known key. Did you mean `name`?"]],
    [{ LABEL: "a" }, {}, ["LABEL! unknown-key: is not a known key. Did you mean `name`?"]],
    [{ name: "a", label: "b" }, { name: "a" }, [`label! unknown-key: is not a known key. ${KNOWN}`]],
    [
      { name: "a", parts: {} },
      { name: "a" },
      ["parts.first! missing-key: is missing. Write the first.", "parts.last! missing-key: is missing. Add it."],
    ],
    [
      { name: "a", parts: { first: 1, last: "b", lats: 1 } },
      { name: "a" },
      [
        "parts.lats! unknown-key: is not a known key. Known keys: first, last.",
        "parts.first value: must be text. Put it in quotes.",
      ],
    ],
    [{ name: "a", parts: [] }, { name: "a" }, ["parts value: must be keys with values, such as { first: … }."]],
    [{ name: "a", notes: [1] }, { name: "a" }, ["notes value: must be keys with numbers."]],
    [
      { name: "a", notes: { "x y": 1, z: 0, ok: 1 } },
      { name: "a" },
      [
        "notes.x y! value: must be a name for URLs: letters, digits, - . _ ~ and no spaces.",
        "notes.z value: must be a whole number from 1 to 9.",
      ],
    ],
    [
      { name: "a", notes: { "\u{e9}": 1, "e\u{301}": 2 } },
      { name: "a" },
      ["notes.e\u{301}! value: stands here twice, written with other code points. Delete one."],
    ],
  ])("%j is not, which hides nothing of what is", (input, partial, told) => {
    expect(check(input)).toEqual({ told, partial, isComplete: false });
  });
});

// The names in Hugo, Jekyll, Eleventy, Ghost and Astro.
it.each([
  ["published", "date pubDate publishDate"],
  ["updated", "lastmod modified"],
  ["authors", "author"],
  ["section", "category"],
  ["tags", "categories keywords"],
  ["summary", "description excerpt"],
  ["image", "cover"],
  ["slug", "permalink"],
  ["id", "guid"],
  ["language", "lang"],
  ["aliases", "redirect_from"],
  ["canonical", "canonical_url"],
  ["expires", "expiryDate"],
])("%s is meant by %s, and then is not missing", (meant, names) => {
  const whole = { id: "tag:example.org,2026:x", published: "2026-11-22T18:00:00Z" };
  const rest = Object.fromEntries(Object.entries(whole).filter(([key]) => key !== meant));
  for (const name of names.split(" ")) {
    const { issues } = checkMapping(storySchema, { ...rest, [name]: "x" });
    expect(issues.map(({ message }) => message)).toEqual([`is not a known key. Did you mean \`${meant}\`?`]);
  }
});

it("a draft needs an id, and any other story a date, too", () => {
  const told = (issues: readonly MappingIssue[]) =>
    issues.map(({ rule, message, path }) => [path[0].key, rule, message]);
  const missingId = [
    "id",
    "missing-key",
    "is missing. Add a permanent one, such as tag:example.org,2026:my-story; `npm run new` writes one.",
  ];
  expect(told(checkMapping(draftSchema, {}).issues)).toEqual([missingId]);
  expect(told(checkMapping(storySchema, {}).issues)).toEqual([
    missingId,
    ["published", "missing-key", "is missing. Write when it appears, such as 2026-11-22T18:00:00Z."],
  ]);
});
