import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { releaseDraft } from "../../../src/cli/content/release-draft.ts";
import { parseStory } from "../../../src/content/story/story.ts";

const DATE = "2026-11-26T08:00:00Z";

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const released = (text: string): string =>
  new TextDecoder("utf-8", { ignoreBOM: true, fatal: false }).decode(releaseDraft("x.md", bytes(text), DATE));

describe("a released draft", () => {
  it.each([
    [
      "the line",
      "---\nid: a:b\ndraft: true\ntitle: T\n---\nT.\n",
      "---\nid: a:b\npublished: DATE\ntitle: T\n---\nT.\n",
    ],
    [
      "the date that it had",
      "---\nid: a:b\npublished: '2020-01-01T00:00:00Z' # old\ndraft: true\n---\nT.\n",
      "---\nid: a:b\npublished: DATE # old\n---\nT.\n",
    ],
    [
      "all but a comment, if the date has its place",
      "---\ndraft: true  # Ann: not yet\npublished: 2020-01-01T00:00:00Z\n---\n",
      "---\n# Ann: not yet\npublished: DATE\n---\n",
    ],
    ["no comment", "---\n# a\ndraft: true # b\nid: a:b\n---\n", "---\n# a\npublished: DATE # b\nid: a:b\n---\n"],
    ["the last line", "---\nid: a:b\ndraft: true\n---", "---\nid: a:b\npublished: DATE\n---"],
    [
      "lines that end in CRLF, and the byte order mark",
      "\uFEFF---\r\nid: a:b\r\npublished: 2020-01-01T00:00:00Z\r\ndraft: true\r\ntitle: é𝒜\r\n---\r\n\r\nT.\r\n",
      "\uFEFF---\r\nid: a:b\r\npublished: DATE\r\ntitle: é𝒜\r\n---\r\n\r\nT.\r\n",
    ],
    ["lines that end in CR", "---\rid: a:b\rdraft: true\r---\rT.", "---\rid: a:b\rpublished: DATE\r---\rT."],
    [
      "different line ends",
      "---\nid: a:b\r\ndraft: true\rtitle: T\n---\r\n",
      "---\nid: a:b\r\npublished: DATE\rtitle: T\n---\r\n",
    ],
    ["a key in quotes", '---\n"draft": true\nid: a:b\n---\n', "---\npublished: DATE\nid: a:b\n---\n"],
    ["a mapping on one line", "---\n{ id: a:b, draft: true }\n---\n", "---\n{ id: a:b, published: DATE }\n---\n"],
    [
      "a mapping on one line with a date",
      "---\n{ draft: true, published: 2020-01-01T00:00:00Z }\n---\n",
      "---\n{ draft: false, published: DATE }\n---\n",
    ],
    ["a story that lacks only the date", "---\r\nid: a:b\r\n---\r\n", "---\r\npublished: DATE\r\nid: a:b\r\n---\r\n"],
    [
      "its line with blanks behind it",
      "---\ndraft: true \t \nid: a:b\npublished: 2020-01-01T00:00:00Z\n---\n",
      "---\nid: a:b\npublished: DATE\n---\n",
    ],
    [
      "a date before it in the same line",
      "---\n{ published: 2020-01-01T00:00:00Z, draft: true }\n---\n",
      "---\n{ published: DATE, draft: false }\n---\n",
    ],
    [
      "a longer date before it",
      "---\npublished: 2020-01-01T00:00:00.000000+00:00\nid: a:b\ndraft: true\n---\nT.\n",
      "---\npublished: DATE\nid: a:b\n---\nT.\n",
    ],
    ["a byte order mark and no date", "\uFEFF---\nid: a:b\n---\n", "\uFEFF---\npublished: DATE\nid: a:b\n---\n"],
    ["CR, where the date is added", "---\rid: a:b\r---\rT.", "---\rpublished: DATE\rid: a:b\r---\rT."],
    ["text like front matter", "---\ndraft: true\n---\n\ndraft: true\n", "---\npublished: DATE\n---\n\ndraft: true\n"],
  ])("has the date in place of `draft`: %s", (_, text, expected) => {
    expect(released(text)).toBe(expected.replace("DATE", DATE));
  });

  it.each(["no front matter", "---\ntitle: [\ndraft: true\n---\n", "---\ndraft: true\n\u0001---\n"])(
    "is what it was if it can't be read: %j",
    (text) => {
      expect(released(text)).toBe(text);
    },
  );

  it("is what it was, to the byte, if it is not UTF-8", () => {
    const source = Uint8Array.from([...bytes("---\ndraft: true\n---\n"), 0xe9]);
    expect(releaseDraft("x.md", source, DATE)).toEqual(source);
  });

  it("differs from the draft in these two keys only", () => {
    const end = fc.constantFrom("\n", "\r\n", "\r");
    const lines = fc.subarray(["title: T # x", "published: 2020-01-01T00:00:00Z", "tags: [a, b]", "# draft: true", ""]);
    fc.assert(
      fc.property(end, lines, lines, fc.boolean(), (eol, before, after, isMarked) => {
        const some = [...before, "draft: true", ...after.filter((line) => line === "" || !before.includes(line))];
        const text = `${isMarked ? "\uFEFF" : ""}${["---", "id: a:b", ...some, "---", "", "Text.", ""].join(eol)}`;
        const { draft: _, published: __, ...rest } = parseStory("x.md", bytes(text)).yaml?.data ?? {};
        const after_ = released(text);
        expect(parseStory("x.md", bytes(after_)).yaml?.data).toEqual({ ...rest, published: DATE });
        const others = (one: string) => one.split(eol).filter((line) => !/^(?:\uFEFF)?(?:draft|published):/.test(line));
        expect(others(after_)).toEqual(others(text));
      }),
    );
  });
});
