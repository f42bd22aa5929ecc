import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { readFolder } from "../../../src/cli/files/read-folder.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "feedwright-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

it("a folder is read with all below it, but for what begins with a dot", async () => {
  for (const path of ["a.md", ".hidden.md", "world/b.md", "world/.b.md.swp", "world/.git/c.md", "media/x y.gif"]) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), path);
  }
  const files = await readFolder(folder);
  expect([...files.keys()].sort()).toEqual(["a.md", "media/x y.gif", "world/b.md"]);
  expect(new TextDecoder().decode(files.get("world/b.md"))).toBe("world/b.md");
});
