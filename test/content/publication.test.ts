import { describe, expect, it } from "vitest";
import { compilePublication } from "../../src/content/publication.ts";
import { DEFAULT_SITE } from "./case-file.ts";
import { png, storyOf } from "./support.ts";

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

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

describe("compiling a publication", () => {
  it("sorts stories by their paths and lists media by theirs", async () => {
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

  it("reports nothing for a link to a broken story, whose own message is enough", async () => {
    const { messages } = await compileAll({
      "a.md": withId("a", "[b](b.md)"),
      "b.md": withId("b", "Text.", "draft: 1\n"),
    });
    expect(messages).toEqual(["b.md 5:8 value"]);
  });

  it("reports a damaged picture once, not in each story that shows it", async () => {
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

  it("gives no special meaning to names such as constructor and __proto__", async () => {
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

describe("drafts with errors", () => {
  const compileNamed = async (files: Readonly<Record<string, string | Uint8Array>>, named: readonly string[] = []) => {
    const all = Object.entries({ "site.yaml": DEFAULT_SITE, ...files });
    const { publication, brokenDrafts, url } = await compilePublication(
      new Map(all.map(([path, content]) => [path, typeof content === "string" ? bytes(content) : content])),
      undefined,
      named,
    );
    return { slugs: publication?.items.map(({ slug }) => slug), media: publication?.media, brokenDrafts, url };
  };
  const damaged = png(3, 2).subarray(0, 12);

  it.each([
    ["none", {}, [], ["ok"], []],
    ["a wrong key", { "a.md": withId("a", "Text.", "draft: true\ndrift: 1\n") }, [], ["ok"], ["a.md"]],
    [
      "a wrong key, which somebody asks for",
      { "a.md": withId("a", "Text.", "draft: true\ndrift: 1\n") },
      ["a.md"],
      undefined,
      [],
    ],
    [
      "a wrong key, while somebody asks for another",
      { "a.md": withId("a", "Text.", "draft: true\ndrift: 1\n") },
      ["ok.md"],
      ["ok"],
      ["a.md"],
    ],
    [
      "a damaged picture, which one of two shows",
      {
        "a.md": withId("a", "![A](media/x.png)", "draft: true\n"),
        "b.md": withId("b", "Text.", "draft: true\n"),
        "media/x.png": damaged,
      },
      [],
      ["b", "ok"],
      ["a.md"],
    ],
    [
      "two errors",
      { "b.md": withId("b", "![](x)", "draft: true\n"), "a.md": withId("a", "", "draft: true\n") },
      [],
      ["ok"],
      ["a.md", "b.md"],
    ],
  ])(
    "have %s: the publication goes without them, unless they are asked for",
    async (_, files, named, slugs, broken) => {
      expect(await compileNamed({ ...files, "ok.md": withId("ok", "Text.") }, named)).toEqual({
        slugs,
        media: slugs && {},
        brokenDrafts: broken,
        url: "https://example.org",
      });
    },
  );
});

it("a publication lists each name that had another key until 0.2 once, in the order of the keys of today", async () => {
  const { publication } = await compileAll({
    "a.md": withId("a", "Text.", "tags: [Zeta+, C++]\nauthors: [{ name: Li-Wei }]\n"),
    "b.md": withId("b", "Text.", "tags: [C++, C]\n"),
  });
  expect(publication?.formerScopes).toEqual([
    { former: { kind: "author", key: "li-wei" }, scope: { kind: "author", key: "li_wei" } },
    { former: { kind: "tag", key: "c" }, scope: { kind: "tag", key: "c~plus-plus~" } },
    { former: { kind: "tag", key: "zeta" }, scope: { kind: "tag", key: "zeta~plus~" } },
  ]);
});

it.each([
  ["authors", "  news-desk: { nme: x }\n", ["site.yaml 7:16 unknown-key", "a.md 6:10 unknown-section"]],
  ["sections", "  world: [x]\n", ["site.yaml 9:10 value", "a.md 5:11 unknown-author"]],
])("stories are not checked against %s that can't be read, but against the others", async (key, line, expected) => {
  const site = DEFAULT_SITE.replace(
    key === "authors" ? "  news-desk: { name: News Desk }\n" : "  world: World\n",
    line,
  );
  const { messages } = await compileAll({
    "site.yaml": site,
    "a.md": withId("a", "Text.", "authors: [nobody]\nsection: nowhere\n"),
  });
  expect(messages).toEqual(expected);
});
