import { describe, expect, it } from "vitest";
import { readMedia } from "../../src/content/media/media.ts";
import { compilePublication } from "../../src/content/publication.ts";
import { DEFAULT_SITE } from "./case-file.ts";
import { storyOf } from "./support.ts";

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

const png = (width: number, height: number): Uint8Array => {
  const view = new DataView(new ArrayBuffer(33));
  view.setBigUint64(0, 0x89504e470d0a1a0an);
  view.setUint32(8, 13);
  view.setUint32(12, 0x49484452);
  view.setUint32(16, width);
  view.setUint32(20, height);
  return new Uint8Array(view.buffer);
};

const compileAll = async (files: Readonly<Record<string, string | Uint8Array>>) => {
  const all = Object.entries({ "site.yaml": DEFAULT_SITE, ...files });
  const { files: reports, publication } = await compilePublication(
    new Map(all.map(([path, content]) => [path, typeof content === "string" ? bytes(content) : content])),
  );
  const messages = reports.flatMap(({ path, messages }) =>
    messages.map(({ line, column, ruleId }) => `${path} ${line}:${column} ${ruleId}`),
  );
  return { publication, messages };
};

const withId = (name: string, text: string, keys = ""): string =>
  storyOf(text, keys).replace("2026:hello", `2026:${name}`);

describe("a publication", () => {
  it("has its stories in the order of their paths, and its media by theirs", async () => {
    const { publication, messages } = await compileAll({
      "world/embassy.md": withId("embassy", "![A door](media/a b.png)".replace(" b", "%20b")),
      "a.md": withId("a", "See [the embassy](world/embassy.md)."),
      "media/a b.png": png(3, 2),
    });
    expect(messages).toEqual([]);
    expect(publication?.items.map(({ slug }) => slug)).toEqual(["a", "embassy"]);
    expect(publication?.media).toEqual({ "media/a b.png": { type: "image/png", length: 33, width: 3, height: 2 } });
    expect(publication?.items[0]?.html).toContain('href="https://feedwright.invalid/articles/embassy"');
  });

  it.each([
    ["plain", "slug: other-name\n"],
    ["in quotes, behind a comment", '# slug: wrong\nslug: "other-name" # right\n'],
    ["in a mapping on one line with others", "slug: >-\n  other-name\n"],
  ])("links to a story by the slug it states, %s", async (_, keys) => {
    const { publication } = await compileAll({
      "a.md": withId("a", "[b](b.md)"),
      "b.md": withId("b", "slug: no\n", keys),
    });
    expect(publication?.items[0]?.html).toContain("/articles/other-name");
  });

  it("does not take the text of a story for its slug", async () => {
    const { publication } = await compileAll({ "a.md": withId("a", "[b](b.md)"), "b.md": withId("b", "slug: no") });
    expect(publication?.items[0]?.html).toContain("/articles/b");
  });

  it("lets a link to a broken story be, for that story's own message is enough", async () => {
    const { messages } = await compileAll({
      "a.md": withId("a", "[b](b.md)"),
      "b.md": withId("b", "Text.", "draft: 1\n"),
    });
    expect(messages).toEqual(["b.md 5:8 value"]);
  });

  it("complains of a damaged picture once, not in each story that shows it", async () => {
    const { messages } = await compileAll({
      "a.md": withId("a", "![x](media/x.png)", "image: { src: media/x.png, alt: x, width: 5 }\n"),
      "media/x.png": png(3, 2).subarray(0, 12),
    });
    expect(messages).toEqual(["media/x.png 1:1 media"]);
  });

  it("finds ids and slugs that broken stories share", async () => {
    const { messages } = await compileAll({
      "x/a.md": withId("a", "Text.", "draft: 1\n"),
      "y/a.md": withId("a", "Text."),
    });
    expect(messages).toEqual(["x/a.md 5:8 value", "y/a.md 1:1 duplicate-slug", "y/a.md 2:5 duplicate-id"]);
  });

  it("takes no name of JavaScript's for a thing", async () => {
    const { publication, messages } = await compileAll({
      "site.yaml": `${DEFAULT_SITE}`.replace("news-desk:", "constructor: { name: Con }\n  news-desk:"),
      "__proto__.md": withId("p", "Text.", "slug: proto\nauthors: [constructor]\n"),
      "constructor.md": withId("c", "[p](__proto__.md)"),
    });
    expect(messages).toEqual([]);
    expect(publication?.items.map(({ slug }) => slug)).toEqual(["proto", "constructor"]);
    expect(publication?.items[0]?.authors).toEqual([{ key: "constructor", name: "Con" }]);
  });
});

describe("a media file", () => {
  it.each([
    ["a picture", png(640, 480), { type: "image/png", length: 33, width: 640, height: 480 }],
    [
      "a drawing",
      bytes('<svg xmlns="http://www.w3.org/2000/svg" width="4" height="3"/>'),
      { type: "image/svg+xml", width: 4, height: 3 },
    ],
    ["subtitles", bytes("WEBVTT\n\n"), { type: "text/vtt; charset=utf-8", length: 8 }],
    ["a text", bytes("Some words."), { type: "text/plain; charset=utf-8", length: 11 }],
  ])("is known by its bytes: %s", async (_, content, facts) => {
    expect(await readMedia(content)).toMatchObject(facts);
  });

  it("is known in good time, or this test would never end", async () => {
    expect(await readMedia(bytes(`${"<!--a-->".repeat(5000)}<p>`))).toMatchObject({
      type: "text/plain; charset=utf-8",
    });
  });

  it.each([
    ["is empty", new Uint8Array(), /empty/],
    ["is cut off", Uint8Array.from([0xff, 0xd8, 0xff, 0xe0]), /damaged/],
    ["is nothing known", Uint8Array.from([0xff, 0x00, 0x80, 0x81]), /no kind/],
  ])("is refused where it %s", async (_, content, reason) => {
    expect(await readMedia(content)).toMatch(reason);
  });
});
