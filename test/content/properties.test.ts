import * as fc from "fast-check";
import type { Nodes, Root } from "hast";
import { raw } from "hast-util-raw";
import { sanitize } from "hast-util-sanitize";
import { toHtml } from "hast-util-to-html";
import { visit } from "unist-util-visit";
import { describe, expect, it } from "vitest";
import { allowedHtml } from "../../src/content/body/allowed-html.ts";
import { parseSrcset } from "../../src/content/body/srcset.ts";
import { compile } from "../../src/content/compile.ts";
import { findIllegalCharacters } from "../../src/content/illegal-characters.ts";
import type { Item } from "../../src/model/item.ts";
import { CONTEXT, FRONT_MATTER, storyOf } from "./support.ts";

// What holds for every Item, whatever source the compiler was given.

const PIECES = [
  "# ",
  "> ",
  "- ",
  "1. ",
  "- [x] ",
  "***",
  "**",
  "*",
  "_",
  "~~",
  "`",
  "```",
  "|",
  "|-|\n",
  "\n",
  "\n\n",
  "  \n",
  "    ",
  "\t",
  "[",
  "]",
  "](",
  ")",
  "![",
  "[^1]",
  "[^1]: ",
  "[a]: ",
  "<",
  ">",
  "</",
  "/>",
  '"',
  "'",
  "=",
  "&",
  ";",
  "\\",
  "#",
  "{",
  "}",
  ": ",
  "<b",
  "<i>",
  "</i>",
  "<p>",
  "<div>",
  "</div>",
  "<table>",
  "<td>",
  "<svg>",
  "<math>",
  "<script>",
  "</script>",
  "<style>",
  "<iframe>",
  "<template>",
  "<textarea>",
  "<!--",
  "-->",
  "<![CDATA[",
  "]]>",
  "<?",
  "<img src=",
  " alt=''>",
  "<a href=",
  "<a name=x>",
  "<video poster=",
  "<source srcset=",
  "<input>",
  "<form action=",
  " onclick=x",
  " style=x",
  " id=__proto__",
  " constructor=x",
  "javascript:alert(1)",
  "java\nscript:x",
  "data:x",
  "https://example.org/",
  "//example.org",
  "other.md",
  "nope.md",
  "media/x.png",
  "https://feedwright.invalid",
  "feedwright.invalid",
  "https://",
  "www.",
  "a@b.org",
  "#x",
  "mailto:a",
  "x 2x, y 1w",
  "%",
  "%00",
  "&#1;",
  "&#x0;",
  "&#xD800;",
  "&#xFFFE;",
  "&lt;",
  "&colon;",
  "&Tab;",
  "\u{1}",
  "\u{fffe}",
  "\u{d800}",
  "\u{feff}",
  "é",
  "e\u{301}",
  "漢",
  "👩‍👩‍👧",
  "مرحبا",
  "\u{202e}",
  "\u{2028}",
  "\r",
  "---\n",
  "title: ",
  "tags: ",
  "!!binary ",
  "&a ",
  "*a",
  "- - - ",
  "? ",
  "> [!NOTE]\n> ",
  "[[x]]",
  "{{< ",
  " >}}",
  "$a_b$",
  "==",
  ":smile:",
  "。",
  "请看https://example.org/a。",
  "**“",
  "”**",
  "<sup>",
  "</sup>",
  "<del>",
  "<q>",
  "<pre>\n\n",
  "<noscript>",
  "</noscript>",
  "<img data-src=media/x.png alt=x>",
  "<iframe src=//youtube.com/embed/x>",
  "</iframe>",
  "<object data=javascript:x>",
  "</object>",
  "<video src=https://example.org/v><p>",
  "</video>",
  "sms:1",
  "data:image/png;base64,AA==",
  "http://[::1]/",
  "\u{92}",
  "â€™",
  "\u{fffd}",
];

const pieces = fc.array(
  fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...PIECES) }, fc.string({ unit: "binary", maxLength: 4 })),
  {
    maxLength: 40,
  },
);
const text = pieces.map((parts) => parts.join(""));

/** Any value that YAML may hold, as JSON, which is YAML too. */
const value = fc.jsonValue({ maxDepth: 2 }).map((json) => JSON.stringify(json));
const KEYS = [
  "id",
  "title",
  "published",
  "updated",
  "slug",
  "authors",
  "section",
  "tags",
  "summary",
  "image",
  "attachments",
  "language",
  "aliases",
  "canonical",
  "source",
  "license",
  "draft",
  "expires",
  "withdrawn",
  "corrections",
];
const key = fc.constantFrom(...KEYS, "__proto__", "constructor", "x");
const line = fc.tuple(key, fc.oneof(value, text)).map(([name, written]) => `${name}: ${written}\n`);

const mutated = fc
  .tuple(fc.constant(storyOf("Some *text* with [a link](other.md).", "tags: [a]\n")), fc.nat(), fc.nat(12), text)
  .map(([story, at, length, put]) => {
    const start = at % story.length;
    return story.slice(0, start) + put + story.slice(start + length);
  });

const stories = fc.oneof(
  text.map((body) => storyOf(body)),
  fc.tuple(fc.array(line, { maxLength: 4 }), text).map(([lines, body]) => storyOf(body, lines.join(""))),
  fc.tuple(fc.array(line, { maxLength: 6 }), text).map(([lines, body]) => `---\n${lines.join("")}---\n${body}`),
  text.map((written) => `---\n${FRONT_MATTER}summary: ${written}\n---\n\nText.\n`),
  mutated,
);

function* stringsIn(part: unknown): Generator<string> {
  if (typeof part === "string") yield part;
  else if (typeof part === "object" && part !== null) for (const inner of Object.values(part)) yield* stringsIn(inner);
}

const parse = (html: string): Nodes => raw({ type: "root", children: [{ type: "raw", value: html }] } as Root);

const ABSOLUTE = /^(?:https?:\/\/[^/]|mailto:|tel:)/;

const expectSafe = (item: Item): void => {
  for (const string of stringsIn(item)) expect(findIllegalCharacters(string)).toEqual([]);
  expect(item.html).not.toMatch(/\]\]>|\r/);
  const tree = parse(item.html);
  visit(tree, "element", ({ tagName, properties }) => {
    expect(allowedHtml.tagNames).toContain(tagName);
    for (const [name, content] of Object.entries(properties)) {
      expect(name).not.toMatch(/^on|^style$|^action$|^formAction$/i);
      if (["href", "src", "cite", "poster", "longDesc"].includes(name)) expect(content).toMatch(ABSOLUTE);
      if (name === "srcSet") for (const { url } of parseSrcset(String(content))) expect(url).toMatch(ABSOLUTE);
    }
  });
  expect(toHtml(sanitize(tree, { ...allowedHtml, clobber: [] }))).toBe(toHtml(tree));
};

/** Expects the placeholder origin, which the store replaces, only at the beginning of URLs that the compiler made. */
const expectOwnPlaceholders = ({ html, title, summary }: Item): void => {
  expect(title + summary).not.toContain("https://feedwright.invalid");
  const own = /(?:(?:href|src|cite|poster|longdesc)="|srcset="|[\d.][wx], |, )https:\/\/feedwright\.invalid(?=[/"])/g;
  expect(html.replace(own, "")).not.toContain("https://feedwright.invalid");
};

describe("every story", () => {
  it("compiles to a safe Item, or to an error with a place in the file", () => {
    let items = 0;
    fc.assert(
      fc.property(stories, (source) => {
        const { file, item } = compile("hello.md", source, CONTEXT);
        const lines = source.replace(/^\u{feff}/u, "").split(/\r\n?|\n/);
        for (const { line = 0, column = 0, reason } of file.messages) {
          expect(line).toBeLessThanOrEqual(lines.length);
          expect(column).toBeLessThanOrEqual((lines[line - 1]?.length ?? 0) + 1);
          expect(reason).toMatch(/^[^\n]+[.?]$/);
        }
        expect(item === undefined).toBe(file.messages.some(({ fatal }) => fatal === true));
        if (item === undefined) return;
        items++;
        expectSafe(item);
        expectOwnPlaceholders(item);
      }),
      { numRuns: 600 },
    );
    // Otherwise the property would say nothing about Items.
    expect(items).toBeGreaterThan(50);
  });

  it("never makes the compiler throw, whatever its bytes are", () => {
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 200 }),
      text.map((body) => new TextEncoder().encode(storyOf(body))),
    );
    const damaged = fc.tuple(bytes, fc.nat(), fc.uint8Array({ maxLength: 3 })).map(([whole, at, put]) => {
      const start = at % (whole.length + 1);
      return Uint8Array.from([...whole.subarray(0, start), ...put, ...whole.subarray(start)]);
    });
    fc.assert(
      fc.property(damaged, fc.string({ unit: "binary", maxLength: 8 }), (source, name) => {
        const { file, item } = compile(`${name}.md`, source, CONTEXT);
        expect(item !== undefined || file.messages.length > 0).toBe(true);
      }),
      { numRuns: 250 },
    );
  });
});
