import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { sync } from "../../src/cli/sync.ts";
import { site } from "../fixtures/publication.ts";

const home = process.cwd();
let folder: string;
let server: Server;
let answers: Readonly<Record<string, object>>;
let printed: string[];

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "feedwright-sync-"));
  process.chdir(folder);
  mkdirSync("content");
  writeFileSync("content/site.yaml", site());
  printed = [];
  for (const name of ["error", "log"] as const)
    vi.spyOn(console, name).mockImplementation((line: string) => void printed.push(line));
  vi.stubEnv("PUBLISH_TOKEN", "a-token-of-the-tests-of-sync-commands");
  server = createServer((request, response) => {
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify(answers[request.url ?? ""] ?? { status: 404, detail: `no ${request.url}` }));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
});

afterEach(async () => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  process.chdir(home);
  rmSync(folder, { recursive: true });
  server.closeAllConnections();
  server.close();
  await once(server, "close");
});

const syncWith = (more: readonly string[] = []): Promise<boolean> => {
  const { port }: Pick<AddressInfo, "port"> = Object(server.address());
  return sync(["--to", `http://127.0.0.1:${port}`, ...more]);
};

const listed = (slug: string) => ({ slug, id: slug, path: `${slug}.md`, digest: "", etag: '"1"', state: "draft" });
const error = (line: number) => ({
  ...{ file: "content/by-program.md", line, column: 3, severity: "error", rule: "html" },
  reason: "Mend it.",
});

it.each([[[]], [["--yes"]]])(
  "sync prints which stories the rules of the newsroom refuse now, and where (%o)",
  async (more) => {
    answers = {
      "/api/items": { items: [listed("by-program"), listed("other")], next: null },
      "/api/items?refused": {
        items: [{ ...listed("by-program"), errors: [error(5), error(7)] }],
        next: "/api/items?after=1&limit=100&refused",
      },
      "/api/items?after=1&limit=100&refused": { items: [{ ...listed("other"), errors: [error(9)] }], next: null },
    };
    expect(await syncWith(more)).toBe(true);
    expect(printed).toContainEqual(expect.stringContaining("rules refuse these stories now"));
    expect(printed).toEqual(
      expect.arrayContaining([5, 7, 9].map((line) => `content/by-program.md:${line}:3 error Mend it.`)),
    );
  },
);

it("sync says nothing of the kind if none is refused, or if the newsroom does not know", async () => {
  const items = { items: [listed("by-program")], next: null };
  for (const refused of [{ items: [], next: null }, items]) {
    answers = { "/api/items": items, "/api/items?refused": refused };
    expect(await syncWith()).toBe(true);
  }
  expect(printed.join("\n")).not.toContain("refuse");
});
