import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { createOutputFolder, writeOutputFile } from "../../../src/cli/files/output-folder.ts";

let around = "";
let folder = "";
beforeEach(() => {
  around = mkdtempSync(join(tmpdir(), "feedwright-"));
  folder = join(around, "export");
});
afterEach(() => rmSync(around, { recursive: true }));

const BYTES = new TextEncoder().encode("x");

it.each(["a.md", "world/b.md", "a/../c.md", "..d.md", "a..b/e.md"])("%s is written below the folder", async (path) => {
  await writeOutputFile(folder, path, BYTES);
  expect(readFileSync(join(folder, path), "utf8")).toBe("x");
});

it.each(["../x.md", "a/../../x.md", "..", ".", "", "../export-more/x.md", "/tmp/feedwright-outside.md"])(
  "%j leads out of the folder, and is refused",
  async (path) => {
    mkdirSync(folder);
    await expect(writeOutputFile(folder, path, BYTES)).rejects.toThrow("would lie outside of");
    expect([existsSync(join(around, "x.md")), existsSync("/tmp/feedwright-outside.md")]).toEqual([false, false]);
  },
);

it("no file takes the place of another", async () => {
  await writeOutputFile(folder, "a.md", BYTES);
  await expect(writeOutputFile(folder, "a.md", new TextEncoder().encode("other"))).rejects.toThrow("another file is");
  await expect(writeOutputFile(folder, "a.md/b.md", BYTES)).rejects.toThrow("another file is");
  expect(readFileSync(join(folder, "a.md"), "utf8")).toBe("x");
});

it("no file is written through a link", async () => {
  mkdirSync(folder);
  symlinkSync("../elsewhere.md", join(folder, "a.md"));
  await expect(writeOutputFile(folder, "a.md", BYTES)).rejects.toThrow("another file is");
  expect(existsSync(join(around, "elsewhere.md"))).toBe(false);
});

it("a folder that is not empty is refused", async () => {
  await createOutputFolder(folder, "Name another.");
  await createOutputFolder(folder, "Name another.");
  writeFileSync(join(folder, ".hidden"), "");
  await expect(createOutputFolder(folder, "Name another.")).rejects.toThrow("is not empty. Name another.");
});

it("a file in place of the folder is refused with the same advice", async () => {
  writeFileSync(folder, "");
  await expect(createOutputFolder(folder, "Name another.")).rejects.toThrow(/can't be the folder .* Name another\.$/);
});
