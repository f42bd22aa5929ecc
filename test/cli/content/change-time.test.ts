import { describe, expect, it } from "vitest";
import { changeTime } from "../../../src/cli/content/change-time.ts";
import { readPublication, writePublication } from "../../../src/model/publication.ts";
import { compileText, type Files, GIF, instant, site, story } from "../../fixtures/publication.ts";

const NOW = instant("2026-03-01T12:00:00Z") + 345;
const SECOND = instant("2026-03-01T12:00:00Z");
const BEFORE = instant("2026-02-01T00:00:00Z");

const files: Files = {
  "site.yaml": site(),
  "a.md": story("a"),
  "gone.md": story("gone", { withdrawn: { at: "2026-01-02T00:00:00Z", reason: "Mistaken." } }),
  "draft.md": story("draft", { draft: true }),
  "planned.md": story("planned", { published: "2026-03-02T00:00:00Z" }),
};

const timeAfter = async (edited: Files, { former = BEFORE, code = 0 } = {}): Promise<number> =>
  changeTime(
    writePublication(readPublication(await compileText(files)), former),
    await compileText({ ...files, ...edited }),
    code,
    NOW,
  );

describe("when what npm start serves last changed", () => {
  it.each<[string, Files]>([
    ["nothing", {}],
    ["a draft", { "draft.md": story("draft", { draft: true }, "Other text.") }],
    ["a planned story", { "planned.md": story("planned", { published: "2026-03-03T00:00:00Z" }, "Other text.") }],
    [
      "the picture of a draft, which is new,",
      { "media/x.gif": GIF, "draft.md": story("draft", { draft: true }, "![X](media/x.gif)") },
    ],
    ["a story that is added to the planned ones", { "b.md": story("b", { published: "2026-03-03T00:00:00Z" }) }],
  ])("stays as it was if the edit changed %s", async (_, edited) => {
    expect(await timeAfter(edited)).toBe(BEFORE);
  });

  it.each<[string, Files]>([
    ["a story", { "a.md": story("a", {}, "Other text.") }],
    ["a withdrawal", { "gone.md": story("gone", { withdrawn: { at: "2026-01-02T00:00:00Z", reason: "Wrong." } }) }],
    ["a draft to a story", { "draft.md": story("draft") }],
    ["a story to a draft", { "a.md": story("a", { draft: true }) }],
    ["site.yaml", { "site.yaml": site({ noticeDays: 3 }) }],
  ])("is now, in whole seconds, if the edit changed %s", async (_, edited) => {
    expect(await timeAfter(edited)).toBe(SECOND);
  });

  it("is now if the code was changed since", async () => {
    expect(await timeAfter({}, { code: BEFORE })).toBe(BEFORE);
    expect(await timeAfter({}, { code: BEFORE + 1 })).toBe(SECOND);
  });

  it("moves by a second at least", async () => {
    expect(await timeAfter({ "a.md": story("a", {}, "Other text.") }, { former: SECOND })).toBe(SECOND + 1000);
  });

  it("is now if there was no build before, or one for a deployment", async () => {
    const text = await compileText(files);
    expect(changeTime(undefined, text, 0, NOW)).toBe(SECOND);
    expect(changeTime(text, text, 0, NOW)).toBe(SECOND);
  });
});
