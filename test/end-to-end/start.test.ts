import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ask, createWorkplace, eventually, freePort, run, type Serving, serve, type Workplace } from "./workplace.ts";

const story = (id: string, title: string) =>
  `---\nid: tag:example.org,2026:${id}\ntitle: ${title}\npublished: 2026-01-01T00:00:00Z\n---\n\nText.\n`;

describe("npm start", () => {
  let workplace: Workplace;
  let serving: Serving;
  let port: number;

  beforeAll(async () => {
    workplace = createWorkplace();
    port = await freePort();
    serving = await serve(workplace, `npm start -- --port ${port}`, port);
  });

  afterAll(async () => {
    await serving?.stop();
    workplace?.remove();
  });

  const feed = async () => (await ask(`${serving.url}/rss.xml`)).text();

  it("serves content/ with links on the port it was given", async () => {
    expect(await feed()).toContain(`<link>http://localhost:${port}/</link>`);
  });

  it("shows a new story by itself, moves Last-Modified forward, and gives its page", async () => {
    const before = await ask(`${serving.url}/rss.xml`);
    writeFileSync(join(workplace.folder, "content/brand-new.md"), story("brand-new", "Brand new"));
    await eventually(async () => ((await feed()).includes("<title>Brand new</title>") ? true : undefined));
    const after = await ask(`${serving.url}/rss.xml`);
    expect(after.headers.get("etag")).not.toBe(before.headers.get("etag"));
    expect(Date.parse(after.headers.get("last-modified") ?? "")).toBeGreaterThan(
      Date.parse(before.headers.get("last-modified") ?? ""),
    );
    expect((await ask(`${serving.url}/articles/brand-new`)).status).toBe(200);
  });

  it("reports a broken story, and keeps serving the last good edition", async () => {
    writeFileSync(
      join(workplace.folder, "content/broken.md"),
      story("broken", "Broken").replace("published", "pubilshed"),
    );
    await eventually(async () => (serving.output().includes("Did you mean `published`?") ? true : undefined));
    expect(serving.output()).toMatch(
      /content\/broken\.md\n(?:.*\n)*.*\b4:1-4:10 +error +`pubilshed` is not a known key/,
    );
    expect(await feed()).toContain("<title>Brand new</title>");
    expect(await feed()).not.toContain("Broken");
    rmSync(join(workplace.folder, "content/broken.md"));
  });
});

describe("npm start, refused", () => {
  const workplace = createWorkplace();
  afterAll(() => workplace.remove());

  it("does not start with broken content", () => {
    writeFileSync(join(workplace.folder, "content/broken.md"), "no front matter");
    const { status, output } = run(workplace, "npm start");
    rmSync(join(workplace.folder, "content/broken.md"));
    expect(output).toMatch(/content\/broken\.md\n1:1 +error +There is no front matter/);
    expect(status).toBe(1);
  });

  it.each([
    ["--port x", "--port must be from 1 to 65535"],
    ["--port 0", "--port must be from 1 to 65535"],
    ["--prot 9000", "Unknown option '--prot'"],
  ])("explains a wrong command line: %s", (words, message) => {
    const { status, output } = run(workplace, `npm start -- ${words}`);
    expect(output).toContain(message);
    expect(status).toBe(1);
  });
});
