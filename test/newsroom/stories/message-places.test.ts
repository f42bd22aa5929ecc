/// <reference types="vite/types/importMeta.d.ts" />
import { describe, expect, it } from "vitest";
import { compilePublication } from "../../../src/content/publication.ts";
import { splitSource } from "../../../src/content/story/edit-front-matter.ts";
import { parseStory } from "../../../src/content/story/story.ts";
import { PLACEHOLDER_ORIGIN } from "../../../src/model/address.ts";
import { compileStory } from "../../../src/newsroom/stories/compile-story.ts";
import { type StoryMessage, toPointer } from "../../../src/newsroom/stories/message-places.ts";
import { readStory } from "../../../src/newsroom/stories/story-source.ts";
import { DEFAULT_SITE, readCase } from "../../content/case-file.ts";

// All that the compiler says of any case of content, as it says it to whoever sends the same as JSON.

const sources = import.meta.glob<string>("../../cases/**/*.case", { query: "?raw", import: "default", eager: true });

const NOW = Date.UTC(2026, 11, 31);

type Json = Readonly<Record<string, unknown>>;

const { publication } = await compilePublication(new Map([["site.yaml", new TextEncoder().encode(DEFAULT_SITE)]]), NOW);
if (publication === undefined) throw new Error("the site does not compile");
const channel = { ...publication.channel, url: PLACEHOLDER_ORIGIN };
const context = {
  channel,
  siteUrl: "https://example.org",
  media: {},
  slugs: {},
  now: NOW,
  undistributable: new Set<string>(),
};

/** The stories of all cases, as JSON without a body, and their bodies. */
const stories = Object.entries(sources).flatMap(([place, source]) =>
  Array.from(readCase(source).files).flatMap(([path, bytes]) => {
    if (!path.endsWith(".md") || path.startsWith("pages/")) return [];
    const keys = parseStory(path, bytes).yaml?.data;
    const body = splitSource(bytes).rest.slice(1).join("");
    return keys === undefined ? [] : [{ place, path, keys, body }];
  }),
);

const sendAsJson = async (path: string, story: Json): Promise<readonly StoryMessage[]> => {
  const headers = { "content-type": "application/json" };
  const sent = await readStory(
    new Request("https://example.org/", { method: "POST", headers, body: JSON.stringify(story) }),
  );
  const source = sent instanceof Response ? sent : sent.toSource(path, {});
  return source instanceof Response ? [] : compileStory(path, source.source, context, source.places).messages;
};

/** The pointers of all values in JSON, and of the keys that its objects might have. */
const pointersIn = (value: unknown, path: readonly string[] = []): readonly string[] => [
  toPointer(path),
  ...(typeof value === "object" && value !== null
    ? Object.entries(value).flatMap(([key, inner]) => pointersIn(inner, [...path, key]))
    : []),
];

const parentOf = (pointer: string): string => pointer.replace(/\/[^/]*$/, "");

/** What means nothing to whoever sent JSON. */
const OF_FILES = /npm run|The front matter|below the front matter|The file name|content\/media|lines ---/;
const OF_MARKDOWN = /backquotes|Put a blank line between the tag/;

describe.each(["text", "html"])("what the compiler says of a story in JSON with `%s`", (key) => {
  it("has a place in it, and advice that can be followed there", async () => {
    let count = 0;
    for (const { place, path, keys, body } of stories) {
      const story = { ...keys, [key]: body };
      const pointers = pointersIn(story);
      for (const { reason, ...message } of await sendAsJson(path, story)) {
        count++;
        if (!("pointer" in message)) throw new Error(`${place}: no pointer, but ${JSON.stringify(message)}`);
        const { pointer, rule, line = 1, column = 1 } = message;
        const isPlace = pointers.includes(pointer) || (rule === "missing-key" && pointers.includes(parentOf(pointer)));
        const lines = body.split(/\r\n?|\n/);
        const isPoint =
          line >= 1 && line <= lines.length && column >= 1 && column <= (lines[line - 1] ?? "").length + 1;
        expect({ place, pointer, isPlace, line, column, isPoint, reason }).toEqual({
          ...{ place, pointer, isPlace: true, line, column, isPoint: true },
          reason: expect.not.stringMatching(
            key === "html" ? new RegExp(`${OF_FILES.source}|${OF_MARKDOWN.source}`) : OF_FILES,
          ),
        });
      }
    }
    expect(count).toBeGreaterThan(300);
  });
});

it.each<[string, Json, RegExp]>([
  ["a key without a value", { id: null, published: null, text: "T." }, /`now` is the present time/],
  [
    "keys that are too long",
    { title: "x".repeat(70_000), text: "T." },
    /^The keys have \d+ characters; 65536 are the most\. Leave something out\.$/,
  ],
  [
    "an unknown key of a key",
    { image: { src: "a", caption: "" }, text: "T." },
    /caption` is not a known key\. .*distributable\.$/,
  ],
  ["a heading in HTML", { html: "<p>\n# A\n</p>" }, /Write <h2>, or send Markdown in `text`\.$/],
  ["a file that is not there", { text: "![x](media/x.png)" }, /PUT it to \/api\/media\/x\.png, or mend/],
])("speaks of %s to whoever sent JSON", async (_, story, reason) => {
  const messages = await sendAsJson("a.md", story);
  expect(messages.map(({ reason: given }) => given)).toContainEqual(expect.stringMatching(reason));
});
