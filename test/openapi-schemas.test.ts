import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import fc from "fast-check";
import type { ObjectEntries } from "valibot";
import { describe, expect, it } from "vitest";
import { checkMapping, type MappingSchema } from "../src/content/schema/mapping.ts";
import { draftSchema, storySchema } from "../src/content/schema/story-schema.ts";
import { isRecord } from "../src/lib/is-record.ts";
import { mergePatch } from "../src/newsroom/stories/merge-patch.ts";
import { describeApi } from "../src/routes/api/openapi.ts";

// The schemas of the API against the compiler: what one takes, the other does.

const ajv = new Ajv2020({ strict: false, allErrors: true });
addFormats.default(ajv);
ajv.addSchema(describeApi({ title: "T", url: "https://example.org" }), "api");

const validators = new Map(
  ["Story", "WholeStory", "StoryPatch"].map((name) => [name, ajv.compile({ $ref: `api#/components/schemas/${name}` })]),
);

const errorsOf = (name: string, value: unknown): string => {
  const validate = validators.get(name);
  if (validate === undefined) throw new Error(`no schema ${name}`);
  return validate(value) ? "" : ajv.errorsText(validate.errors);
};

type Json = Readonly<Record<string, unknown>>;

const ID = "tag:x,2026:x";

/** Values that a writer may write, and some that are none, for anything. */
const texts = fc.constantFrom(
  ...[
    "",
    " ",
    "a",
    "A b",
    "one\ntwo",
    "é",
    "日本",
    "a/b",
    "-a",
    "a.b_c~d",
    "x".repeat(200),
    "x".repeat(201),
    "now",
    "\u00aa",
  ],
  ...["en", "pt-BR", "zh-Hant-TW", "english", "e", "en_US", "x-a", "deutschland", "yes", "no", "true", "perhaps"],
  ...["person", "organization", "robot", "desk@example.org", "desk", "image/png", 'audio/mp4; codecs="a, b"', "png"],
  ...[
    "https://example.org/",
    "HTTP://x.example",
    "https://müller.example/ä b",
    "http:x",
    "ftp://x.example/",
    "//x.example",
  ],
  ...["tag:x,2026:a", "urn:isbn:1", "mailto:a", "x", "tag:a b", "https:", "2026-01-01T00:00:00Z", "2026-01-01"],
  ...["2026-01-01t00:00:00.5+01:00", "2026-02-30T00:00:00Z", "2026-01-01T00:00:00", "2026-01-01T24:00:00Z"],
);
const others = fc.constantFrom<unknown>(
  null,
  true,
  false,
  0,
  1,
  -1,
  1.5,
  100_000,
  100_001,
  31_536_001,
  2 ** 53,
  [],
  {},
);
const scalars = fc.oneof({ weight: 4, arbitrary: texts }, others);
const NAMES = [
  "name",
  "url",
  "email",
  "type",
  "src",
  "alt",
  "credit",
  "width",
  "height",
  "length",
  "duration",
  "title",
];
const MORE_NAMES = [
  "distributable",
  "author",
  "at",
  "reason",
  "note",
  "search",
  "ai-input",
  "ai-train",
  "license",
  "x",
];
const objects = fc.dictionary(fc.constantFrom(...NAMES, ...MORE_NAMES), scalars, { maxKeys: 4 });

/** Valid values of keys that hold others, for one of whose parts another is put. */
const VALID: Readonly<Record<string, unknown>> = {
  authors: ["staff", { name: "N", url: "https://x.example/", email: "n@x.example", type: "person" }],
  image: { src: "media/a.png", alt: "", credit: "C", type: "image/png", width: 1, height: 1, distributable: true },
  attachments: [{ src: "media/a.mp3", type: "audio/mpeg", length: 1, duration: 1.5, title: "T", distributable: false }],
  pictures: [{ src: "media/a.png", distributable: false }],
  source: { title: "T", url: "https://x.example/", author: "A" },
  usage: { search: true, "ai-input": "no", "ai-train": "yes", license: "https://x.example/" },
  feeds: ["a"],
  withdrawn: { at: "2026-01-01T00:00:00Z", reason: "R" },
  corrections: [{ at: "2026-01-01T00:00:00Z", note: "N" }],
  tags: ["a"],
  aliases: ["a"],
};

const mutated = (value: unknown): fc.Arbitrary<unknown> => {
  if (Array.isArray(value))
    return fc.oneof(fc.tuple(...value.map(mutated)), fc.array(fc.oneof(...value.map(mutated))), scalars);
  if (typeof value !== "object" || value === null)
    return fc.oneof({ weight: 5, arbitrary: fc.constant(value) }, scalars);
  return fc.oneof(
    {
      weight: 5,
      arbitrary: fc.record(Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, mutated(inner)])), {
        requiredKeys: [],
      }),
    },
    objects,
    scalars,
  );
};

const NAMES_OF_KEYS = Object.keys(storySchema.entries).filter((name) => name !== "id");

const keyAndValue = fc
  .constantFrom(...NAMES_OF_KEYS, "unknown")
  .chain((key) =>
    fc.tuple(
      fc.constant(key),
      Object.hasOwn(VALID, key) ? mutated(VALID[key]) : fc.oneof(scalars, fc.array(scalars), objects),
    ),
  );

const stories = fc.array(keyAndValue, { maxLength: 3 }).map((entries): Json => Object.fromEntries(entries));

/** What the compiler says of front matter; `now` is a date before it comes there. */
const issuesOf = (schema: MappingSchema<ObjectEntries>, story: Json) => {
  const now = Object.fromEntries(
    ["published", "updated"].filter((key) => story[key] === "now").map((key) => [key, "2026-01-01T00:00:00Z"]),
  );
  return checkMapping(schema, { ...story, ...now }).issues;
};

/** Days and hours that no calendar has, and web addresses without a host: what JSON Schema can't say so that all programs read it. */
const isBeyondSchema = (value: unknown): boolean => /2026-02-30T|T24:|"https?:x?"/.test(JSON.stringify(value));

/** Whether JSON deletes a key that is none. */
const deletesUnknown = (value: unknown): boolean =>
  isRecord(value) && Object.values(value).some((inner) => inner === null || deletesUnknown(inner));

describe("what the compiler takes, and nothing else, is allowed by", () => {
  it("the schema of a story", () => {
    fc.assert(
      fc.property(stories, (keys) => {
        const story = { id: ID, ...keys };
        const issues = issuesOf(draftSchema, story);
        fc.pre(!isBeyondSchema(story));
        expect({ story, errors: errorsOf("Story", story) !== "", issues: issues.length > 0 }).toEqual({
          ...{ story, errors: issues.length > 0, issues: issues.length > 0 },
        });
      }),
    );
  });

  it("that of a whole one", () => {
    fc.assert(
      fc.property(stories, fc.boolean(), (keys, hasId) => {
        const story = { ...keys, ...(hasId && { id: ID }) };
        fc.pre(!isBeyondSchema(story));
        const isTaken = issuesOf(keys.draft === true ? draftSchema : storySchema, story).length === 0;
        expect({ story, isAllowed: errorsOf("WholeStory", story) === "" }).toEqual({ story, isAllowed: isTaken });
      }),
    );
  });

  it("that of a patch, but for what it deletes", () => {
    const stored = { id: ID, published: "2026-01-01T00:00:00Z", ...VALID };
    fc.assert(
      fc.property(stories, (patch) => {
        fc.pre(!isBeyondSchema(patch));
        const patched = mergePatch(stored, patch);
        // All its keys are deleted, but not the key that holds them.
        fc.pre(JSON.stringify(patched.usage) !== "{}");
        const isAllowed = errorsOf("StoryPatch", patch) === "";
        const rules = new Set(issuesOf(storySchema, patched).map(({ rule }) => rule));
        if (rules.size === 0)
          expect({ patch, isAllowed }).toEqual({ patch, isAllowed: isAllowed || !deletesUnknown(patch) });
        if (isAllowed)
          expect({ patch, rules: [...rules] }).toEqual({
            patch,
            rules: expect.not.arrayContaining(["value", "unknown-key"]),
          });
      }),
    );
  });
});

it.each<[Json, boolean]>([
  [{}, true],
  [{ text: "a", html: null }, true],
  [{ text: "a", html: "b" }, false],
  [{ image: { alt: "A" } }, true],
  [{ image: { alt: null, credit: null }, tags: null, title: null }, true],
  [{ image: { w: 1 } }, false],
  [{ source: { url: null, author: "A" } }, true],
  [{ published: "now", updated: null }, true],
])("a patch of %j is allowed: %j", (patch, isAllowed) => {
  expect(errorsOf("StoryPatch", patch) === "").toBe(isAllowed);
});
