import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { exportNewsroom } from "../../../src/cli/newsroom/export-newsroom.ts";
import type { RemoteStory } from "../../../src/cli/newsroom/newsroom-client.ts";
import { fakeNewsroom, refusal } from "./fake-newsroom.ts";

let folder: string;
let printed: string[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "feedwright-export-"));
  printed = [];
  for (const name of ["error", "log"] as const)
    vi.spyOn(console, name).mockImplementation((line: string) => void printed.push(line));
});

afterEach(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true });
});

const remote = (path: string, slug: string): RemoteStory => ({
  ...{ path, slug, id: `tag:${slug}`, digest: "", etag: "", state: "published" },
});

const newsroom = (paths: readonly string[]) =>
  fakeNewsroom(
    (request) => (request.endsWith("/gone") ? refusal(404, "There is no such story.") : new Response(request)),
    paths.map((path, index) => remote(path, path === "gone.md" ? "gone" : String(index))),
    [{ path: "media/a b.gif", digest: "" }],
  );

describe("an export", () => {
  it("writes every file into a new folder", async () => {
    const into = join(folder, "deep/new");
    expect(await exportNewsroom(newsroom(["a.md", "world/b.md"]), into)).toBe(true);
    expect(readFileSync(join(into, "world/b.md"), "utf8")).toBe("GET /api/items/1");
    expect(readFileSync(join(into, "media/a b.gif"), "utf8")).toBe("GET /api/media/a%20b.gif");
    expect(printed).toEqual([`2 stories and 1 media files are in ${into}/.`]);
  });

  it.each([
    ["a.md", "a.md/b.md", /^a\.md\/b\.md can't be written: another file is where it or its folder/],
    ["a.md/b.md", "a.md", /^a\.md can't be written: another file is where it or its folder/],
    ["a.md", `${"n".repeat(260)}.md`, /^n+\.md can't be written: its name is too long/],
    ["a.md", "gone.md", /^gone\.md: 404 There is no such story\.$/],
    ["a.md", "../out.md", /^\.\.\/out\.md would lie outside/],
  ])("of %s and %s says why it can't write the second, and goes on", async (first, second, error) => {
    expect(await exportNewsroom(newsroom([first, second]), folder)).toBe(false);
    expect(printed).toEqual([expect.stringMatching(error), `2 of 3 files are in ${folder}/. Of the others see above.`]);
    for (const path of [first, "media/a b.gif"]) expect(existsSync(join(folder, path))).toBe(true);
  });

  it("writes into no other folder whose name begins with that of its own", async () => {
    const into = join(folder, "out");
    expect(await exportNewsroom(newsroom(["../out-evil.md", "../out-evil/x.md"]), into)).toBe(false);
    expect(readdirSync(folder)).toEqual(["out"]);
    expect(printed.filter((line) => line.includes("would lie outside"))).toHaveLength(2);
  });

  it.each([
    ["is not empty", "full", /is not empty\. Name a new folder: --into/],
    ["is a file", "file", /can't be the folder .* --into/],
    ["lies in a file", "file/x", /can't be the folder .* --into/],
  ])("is refused if the folder %s", async (_what, name, advice) => {
    mkdirSync(join(folder, "full"));
    writeFileSync(join(folder, "full/erased-since.md"), "");
    writeFileSync(join(folder, "file"), "");
    const one = newsroom(["a.md"]);
    await expect(exportNewsroom(one, join(folder, name))).rejects.toThrow(advice);
    expect(one.requests).toEqual([]);
    expect(readdirSync(join(folder, "full"))).toEqual(["erased-since.md"]);
  });
});
