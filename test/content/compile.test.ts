import { describe, expect, it } from "vitest";
import { compile } from "../../src/content/compile.ts";
import { CONTEXT, FRONT_MATTER, htmlOf, itemOf, messagesOf, storyOf } from "./support.ts";

describe("compile", () => {
  it("makes an Item of a story that has only the required keys", () => {
    expect(itemOf(storyOf("Some *text*."))).toEqual({
      id: "tag:example.org,2026:hello",
      slug: "hello",
      url: "https://feedwright.invalid/articles/hello",
      title: "Hello",
      summary: "Some text.",
      html: "<p>Some <em>text</em>.</p>",
      blocks: [{ end: 26, kind: "p", elements: ["em", "p"], depth: 2, textLength: 10, media: [] }],
      unfitFor: ["msn", "newsbreak"],
      published: Date.UTC(2026, 10, 22, 18),
      updated: Date.UTC(2026, 10, 22, 18),
      authors: [],
      tags: [],
      attachments: [],
      aliases: [],
      draft: false,
      corrections: [],
      media: [],
    });
  });

  it.each([
    ["the file's name in any folder", "world/embassy.md", "", "embassy"],
    ["a name with an accent, composed", "cafe\u{301}.md", "", "café"],
    ["the key, if there is one", "no name.md", "slug: name\n", "name"],
  ])("takes the slug from %s", (_, path, keys, slug) => {
    expect(itemOf(storyOf("Text.", keys), path)).toMatchObject({
      slug,
      url: `https://feedwright.invalid/articles/${encodeURIComponent(slug)}`,
    });
  });

  it.each([
    ["the update", "updated: 2026-11-23T00:00:00Z\n", Date.UTC(2026, 10, 23)],
    ["a correction that is newer", "corrections: [{ at: 2026-11-24T00:00:00Z, note: x }]\n", Date.UTC(2026, 10, 24)],
  ])("counts a story as changed with %s", (_, keys, updated) => {
    expect(itemOf(storyOf("Text.", keys)).updated).toBe(updated);
  });

  it("keeps the dates of a story of 1950", () => {
    const source = storyOf("Text.").replace("2026-11-22", "1950-01-01");
    expect(itemOf(source)).toMatchObject({ published: Date.UTC(1950, 0, 1, 18), updated: Date.UTC(1950, 0, 1, 18) });
  });

  it.each([
    ["in winter", "2026-11-22", "2026-11-23", undefined],
    ["in summer", "2026-06-22", "2026-06-23", { published: 3600, updated: 3600 }],
    ["in winter and changed in summer", "2026-11-22", "2027-06-23", { published: 0, updated: 3600 }],
    ["in summer and changed in winter", "2026-06-22", "2026-11-23", { published: 3600, updated: 0 }],
  ])(
    "has the offsets of London for a story of London %s, unless both are that of UTC",
    (_, published, updated, offsets) => {
      const source = storyOf("Text.", `updated: ${updated}T18:00:00Z\n`).replace("2026-11-22", published);
      const channel = { ...CONTEXT.channel, timeZone: "Europe/London" };
      expect(compile("hello.md", source, { ...CONTEXT, channel }).item?.utcOffsetSeconds).toEqual(offsets);
    },
  );

  it.each([
    ["", undefined],
    ["language: en\n", undefined],
    ["language: EN\n", undefined],
    ["language: en-GB\n", "en-GB"],
    ["language: de\n", "de"],
  ])("has a language only if it is not the publication's: %j", (keys, language) => {
    expect(itemOf(storyOf("Text.", keys)).language).toBe(language);
  });

  it("lists authors and tags once each, in the order of the front matter", () => {
    const keys = "authors: [news-desk, { name: Ann }, news-desk]\ntags: [World Cup, news, world  cup]\n";
    const { authors, tags } = itemOf(storyOf("Text.", keys));
    expect(authors).toEqual([
      { key: "news-desk", name: "News Desk" },
      { key: "ann", name: "Ann" },
    ]);
    expect(tags).toEqual([
      { key: "world-cup", name: "World Cup" },
      { key: "news", name: "news" },
    ]);
  });

  it.each(["constructor", "__proto__", "hasOwnProperty"])(
    "gives no special meaning to %s as a tag or an author",
    (name) => {
      expect(itemOf(storyOf("Text.", `tags: [${name}]\n`)).tags).toHaveLength(1);
      expect(messagesOf(storyOf("Text.", `authors: [${name}]\n`))).toEqual(["5:11 unknown-author"]);
    },
  );

  it("puts the corrections and the credit after the text", () => {
    const keys =
      "source: { title: The Times, url: https://example.com }\ncorrections: [{ at: 2026-11-24T00:00:00Z, note: A < B }]\n";
    expect(itemOf(storyOf("Text.", keys)).html).toBe(
      '<p>Text.</p>\n<p><strong>Correction</strong> (<bdi><time datetime="2026-11-24T00:00:00.000Z">November 24, 2026, 12:00 AM</time></bdi>): A &#x3C; B</p>\n' +
        '<p>Source: <a href="https://example.com/">The Times</a></p>',
    );
  });

  it("looks for the front matter in time that grows with the length only, or this test would never end", () => {
    expect(messagesOf(`${"\n".repeat(300_000)}x`)).toContain("1:1 front-matter");
  });

  it("takes the size of a picture from the file", () => {
    expect(itemOf(storyOf("Text.", "image: { src: media/x.png, alt: A door }\n")).image).toEqual({
      url: "https://feedwright.invalid/media/x.png",
      alt: "A door",
      type: "image/png",
      length: 100,
      width: 640,
      height: 480,
    });
  });

  it("requires no text of a story that was withdrawn", () => {
    const keys = "withdrawn: { at: 2026-11-23T00:00:00Z, reason: Wrong }\n";
    expect(itemOf(storyOf("", keys)).withdrawn?.reason).toBe("Wrong");
    expect(messagesOf(storyOf(""))).toEqual(["8:1 empty"]);
  });

  it.each([
    [
      "the front matter is no YAML",
      `---\n${FRONT_MATTER}tags: [\n---\n\n![](x)\n`,
      ["5:7 yaml", "8:1 missing-alt", "8:1 link"],
    ],
    ["there is none", "![](x)\n", ["1:1 front-matter", "1:1 missing-alt", "1:1 link"]],
    ["its end is missing", `---\n${FRONT_MATTER}\n![](x)\n`, ["1:1 front-matter", "6:1 missing-alt", "6:1 link"]],
    ["a key is wrong", storyOf("![](x)", "draft: 1\n"), ["5:8 value", "8:1 missing-alt", "8:1 link"]],
  ])("checks the text also if %s", (_, source, messages) => {
    expect(messagesOf(source)).toEqual(messages);
  });

  it("counts places after a byte order mark and with line breaks of any kind", () => {
    expect(messagesOf(`\u{feff}${storyOf("Text.", "drift: 1\n").replaceAll("\n", "\r\n")}`)).toEqual([
      "5:1 unknown-key",
    ]);
  });

  it("does not take dashes in the text for the end of the front matter", () => {
    expect(htmlOf("One.\n\n---\n\nTwo.")).toBe("<p>One.</p>\n<hr>\n<p>Two.</p>");
  });
});

it("a file that a story uses several times is one of its media files once", () => {
  const keys = "image: { src: media/x.png, alt: X }\nattachments: [{ src: media/x.png }]\n";
  expect(itemOf(storyOf("![x](media/x.png) ![x](media/x.png)", keys)).media).toEqual(["media/x.png"]);
});
