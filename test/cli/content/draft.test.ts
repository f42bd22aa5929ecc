import { describe, expect, it } from "vitest";
import { draftOf } from "../../../src/cli/content/draft.ts";
import { compilePublication } from "../../../src/content/publication.ts";

const NOW = Date.UTC(2026, 10, 22, 18, 30, 5);

const bytes = (text: string) => new TextEncoder().encode(text);

const site = bytes(
  "id: tag:example.org,2026:feeds\nurl: https://example.org\ntitle: T\ndescription: D\nlanguage: en\n",
);

describe("a new draft", () => {
  it.each([
    ["A plain title", "a-plain-title.md"],
    ["Über: ein Ärger & mehr", "über-ein-ärger-mehr.md"],
    ["أخبار اليوم", "أخبار-اليوم.md"],
    ["- dash # hash: colon 'quote' \"double\"", "dash-hash-colon-quote-double.md"],
    ["true", "true.md"],
    ["2026", "2026.md"],
    ["🎉🎉", "story-2026-11-22-183005.md"],
    ["❤️ love", "love.md"],
    [`${"x".repeat(79)}𝒜𝒷𝒸`, `${"x".repeat(79)}.md`],
    [`${"long ".repeat(60)}title`, `${"long-".repeat(16).slice(0, 79)}.md`],
  ])("with the title %j goes to %s, and compiles to an invisible story with that title", async (title, path) => {
    const draft = draftOf(title, "https://example.org", NOW);
    expect(draft.path).toBe(path);
    const { files, publication } = await compilePublication(
      new Map([
        ["site.yaml", site],
        [draft.path, bytes(draft.text)],
      ]),
    );
    expect(files.flatMap(({ messages }) => messages.map(String))).toEqual([]);
    expect(publication?.items).toMatchObject([{ title, draft: true, published: NOW }]);
    expect(publication?.items[0]?.id).toBe(`tag:example.org,2026-11-22:${path.slice(0, -3)}`);
  });
});
