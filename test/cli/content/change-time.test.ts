import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { changeTime, lastChangeBelow } from "../../../src/cli/content/change-time.ts";
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

  it.each<[string, Files]>([
    ["the icon", { "site.yaml": site({ icon: "media/x.gif" }) }],
    ["the picture of a story", { "a.md": story("a", {}, "![X](media/x.gif)") }],
    ["the picture of a story that was withdrawn later", { "gone.md": story("gone", {}, "![X](media/x.gif)") }],
  ])("is now if only the bytes of %s changed", async (_, more) => {
    const former = await compileText({ ...files, ...more, "media/x.gif": GIF });
    const other = await compileText({ ...files, ...more, "media/x.gif": Uint8Array.from([...GIF, 0]) });
    const written = writePublication(readPublication(former), BEFORE);
    expect([changeTime(written, former, 0, NOW), changeTime(written, other, 0, NOW)]).toEqual([BEFORE, SECOND]);
  });

  it("stays as it was if only the bytes of a picture changed that readers can't see", async () => {
    const more = { "draft.md": story("draft", { draft: true }, "![X](media/x.gif)") };
    const former = await compileText({ ...files, ...more, "media/x.gif": GIF });
    const other = await compileText({ ...files, ...more, "media/x.gif": Uint8Array.from([...GIF, 0]) });
    expect(changeTime(writePublication(readPublication(former), BEFORE), other, 0, NOW)).toBe(BEFORE);
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

it("the last change below a folder is that of the file that changed last, however deep it lies", async () => {
  const folder = mkdtempSync(join(tmpdir(), "feedwright-change-"));
  mkdirSync(join(folder, "b/c"), { recursive: true });
  for (const [path, seconds] of [
    ["a.ts", 1000],
    ["b/c/d.ts", 3000],
    ["z.ts", 2000],
  ] as const) {
    writeFileSync(join(folder, path), "");
    utimesSync(join(folder, path), 9000, seconds);
  }
  expect(await lastChangeBelow(folder)).toBe(3_000_000);
  rmSync(folder, { recursive: true });
});
