import { appendFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  ask,
  createWorkplace,
  eventually,
  freePort,
  run,
  type Serving,
  serve,
  untilFree,
  type Workplace,
} from "./workplace.ts";

const story = (id: string, title: string) =>
  `---\nid: tag:example.org,2026:${id}\ntitle: ${title}\npublished: 2026-01-01T00:00:00Z\n---\n\nText.\n`;

describe("npm start", () => {
  let workplace: Workplace;
  let serving: Serving;
  let port: number;
  let startOutput: string;

  beforeAll(async () => {
    workplace = createWorkplace();
    writeFileSync(join(workplace.folder, "content/a-draft.md"), story("a-draft", "A draft\ndraft: true"));
    port = await freePort();
    serving = await serve(workplace, `npm start -- --port ${port}`, port);
    startOutput = serving.output();
  });

  afterAll(async () => {
    await serving?.stop();
    workplace?.remove();
  });

  const feed = async () => (await ask(`${serving.url}/rss.xml`)).text();

  it("answers as soon as it says that it is ready, with links on the port that it was given", async () => {
    expect(await feed()).toContain(`<link>http://localhost:${port}/</link>`);
  });

  it("says in at most ten lines what is served, and where", () => {
    const lines = startOutput.trimEnd().split("\n");
    expect(lines.length).toBeLessThanOrEqual(10);
    const isWarning = (line: string): boolean => line.startsWith("content/");
    expect(lines.filter(isWarning)).toEqual([
      expect.stringContaining("no reader can reach https://feedwright.example."),
      expect.stringContaining("ids of the sample"),
    ]);
    expect(lines.filter((line) => line !== "" && !line.startsWith("> ") && !isWarning(line))).toEqual([
      expect.stringMatching(/^Built content\/ in \d+\.\d\d s: 3 stories, and 1 draft\.$/),
      `Ready: The Feedwright Courier at ${serving.url}/`,
      `  feeds: ${serving.url}/rss.xml ${serving.url}/atom.xml ${serving.url}/feed.json`,
      "When content/ changes, it is built and served again. Press Ctrl+C to stop.",
    ]);
  });

  it("refuses a port that is in use before it serves, and says how to choose another", () => {
    const { status, output } = run(workplace, `npm run --silent start -- --port ${port}`);
    expect(output).toBe(`Port ${port} is in use. Choose another one: npm start -- --port ${port + 1}\n`);
    expect(status).toBe(1);
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

  it("prints one line for a build, and nothing for a request", async () => {
    await eventually(async () => (serving.output().includes("4 stories") ? true : undefined));
    // A file that is written slowly may be built twice.
    expect(serving.output().slice(startOutput.length)).toMatch(
      /^(\d\d:\d\d:\d\d Built content\/ in \d+\.\d\d s: 4 stories, and 1 draft\.\n)+$/,
    );
  });

  it("does not move Last-Modified if it builds or starts again what readers see already", async () => {
    const headersOf = async () => {
      const { headers } = await ask(`${serving.url}/rss.xml`);
      return [headers.get("etag"), headers.get("last-modified")];
    };
    const before = await headersOf();
    const built = () => serving.output().split(" Built content/").length;
    const count = built();
    writeFileSync(join(workplace.folder, "content/a-draft.md"), story("a-draft", "Another title\ndraft: true"));
    writeFileSync(join(workplace.folder, "content/brand-new.md"), story("brand-new", "Brand new"));
    await eventually(async () => (built() > count ? true : undefined));
    expect(await headersOf()).toEqual(before);
    await serving.stop();
    serving = await serve(workplace, `npm start -- --port ${port}`, port);
    expect(await headersOf()).toEqual(before);
  });

  it("reports a broken story, and keeps serving the last good edition", async () => {
    writeFileSync(
      join(workplace.folder, "content/broken.md"),
      story("broken", "Broken").replace("published", "pubilshed"),
    );
    await eventually(async () => (serving.output().includes("has not changed.") ? true : undefined));
    expect(serving.output()).toMatch(
      /content\/broken\.md\n(?:.*\n)*.*\b4:1-4:10 +error +`pubilshed` is not a known key/,
    );
    expect(serving.output()).toContain("Did you mean `published`?");
    expect(serving.output()).toMatch(/^\d\d:\d\d:\d\d content\/ was not built/m);
    expect(await feed()).toContain("<title>Brand new</title>");
    expect(await feed()).not.toContain("Broken");
    rmSync(join(workplace.folder, "content/broken.md"));
  });

  it("prints the errors of the worker", async () => {
    appendFileSync(join(workplace.folder, "src/worker.ts"), 'console.error("an error of the worker");\n');
    await eventually(async () => (serving.output().includes("an error of the worker") ? true : undefined));
  });
});

describe("npm start, when its npm is killed,", () => {
  const workplace = createWorkplace();
  afterAll(() => workplace.remove());

  it.each(["SIGTERM", "SIGHUP", "SIGKILL"] as const)("leaves nothing on its port: %s", async (signal) => {
    const port = await freePort();
    const serving = await serve(workplace, `npm start -- --port ${port}`, port);
    try {
      process.kill(serving.pid, signal);
      await untilFree(port);
    } finally {
      await serving.stop();
    }
  });
});

describe("npm start, refused", () => {
  const workplace = createWorkplace();
  afterAll(() => workplace.remove());

  it("does not start with broken content", async () => {
    writeFileSync(join(workplace.folder, "content/broken.md"), "no front matter");
    const { status, output } = run(workplace, `npm start -- --port ${await freePort()}`);
    rmSync(join(workplace.folder, "content/broken.md"));
    expect(output).toMatch(/content\/broken\.md\n1:1 +error +There is no front matter/);
    expect(output).toContain("content/ was not built: mend the errors above.");
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
