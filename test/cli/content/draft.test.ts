import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { draftOf } from "../../../src/cli/content/draft.ts";
import { compilePublication } from "../../../src/content/publication.ts";
import { idProblems } from "../../../src/content/schema/id-syntax.ts";
import { NO_DATE } from "../../../src/model/instant.ts";

const NOW = Date.UTC(2026, 10, 22, 18, 30, 5);

const bytes = (text: string) => new TextEncoder().encode(text);

const site = bytes(
  "id: tag:example.org,2026:feeds\nurl: https://example.org\ntitle: T\ndescription: D\nlanguage: en\n",
);

const NONE: ReadonlySet<string> = new Set();

const idOf = (text: string): string => /^id: (.*)$/m.exec(text)?.[1] ?? "";

describe("a new draft", () => {
  it.each([
    ["A plain title", "a-plain-title.md", "a-plain-title"],
    ["Über: ein Ärger & mehr", "über-ein-ärger-mehr.md", "uber-ein-arger-mehr"],
    ["أخبار اليوم", "أخبار-اليوم.md", "story-183005"],
    ["日本語 ニュース", "日本語-ニュース.md", "story-183005"],
    ["日本語 2026", "日本語-2026.md", "story-183005"],
    ["- dash # hash: colon 'quote' \"double\"", "dash-hash-colon-quote-double.md", "dash-hash-colon-quote-double"],
    ["true", "true.md", "true"],
    ["2026", "2026.md", "2026"],
    ["🎉🎉", "story-2026-11-22-183005.md", "story-2026-11-22-183005"],
    ["❤️ love", "love.md", "love"],
    [`${"x".repeat(79)}𝒜𝒷𝒸`, `${"x".repeat(79)}.md`, "x".repeat(79)],
    [`${"long ".repeat(60)}title`, `${"long-".repeat(16).slice(0, 79)}.md`, "long-".repeat(16).slice(0, 79)],
  ])("with the title %j goes to %s, and compiles to an invisible story with that title", async (title, path, name) => {
    const draft = draftOf(title, "https://example.org", NOW, NONE);
    expect(draft.path).toBe(path);
    const { files, publication } = await compilePublication(
      new Map([
        ["site.yaml", site],
        [draft.path, bytes(draft.text)],
      ]),
    );
    expect(files.flatMap(({ messages }) => messages.map(String))).toEqual([]);
    expect(publication?.items).toMatchObject([{ title, draft: true, published: NO_DATE, updated: NO_DATE }]);
    expect(publication?.items[0]?.id).toBe(`tag:example.org,2026-11-22:${name}`);
  });

  it("has no date: whoever finishes it in a week does not publish it a week ago", () => {
    expect(draftOf("A title", "https://example.org", NOW, NONE).text).not.toMatch(/^published/m);
  });

  it("has an id that no other story has", () => {
    const taken = new Set<string>();
    for (const title of ["日本語 ニュース", "中文 新闻", "한국어 뉴스"])
      taken.add(idOf(draftOf(title, "https://example.org", NOW, taken).text));
    expect([...taken]).toEqual(
      ["story-183005", "story-183005-2", "story-183005-3"].map((name) => `tag:example.org,2026-11-22:${name}`),
    );
  });

  it.each([
    ["https://news.example.org:8443", "news.example.org"],
    ["https://münchen.example", "xn--mnchen-3ya.example"],
    ["http://my_host.example", "my-host.example"],
    ["http://[2001:db8::1]:8787", "2001-db8-1"],
  ])("of %s has %s in its id, as RFC 4151 wants it", (url, authority) => {
    const id = idOf(draftOf("A title", url, NOW, NONE).text);
    expect(id).toBe(`tag:${authority},2026-11-22:a-title`);
    expect(idProblems(id)).toEqual([]);
  });

  it("has an id that every rule allows, whatever the title is", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (title) => {
        const id = idOf(draftOf(title, "https://example.org", NOW, NONE).text);
        expect(id).toMatch(/^tag:example\.org,2026-11-22:[a-z0-9-]+$/);
        expect(idProblems(id)).toEqual([]);
      }),
    );
  });
});
