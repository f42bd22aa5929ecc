import { appendFileSync, existsSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { networkInterfaces } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { changedAtOf } from "../../src/model/publication.ts";
import {
  ask,
  createWorkplace,
  eventually,
  freePort,
  read,
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

  it("gives pages a script that reloads them when their entity tag is another", async () => {
    const url = `${serving.url}/articles/brand-new`;
    const page = await ask(url);
    const [, script = ""] = /<script type="module" src="([^"]+)">/.exec(await page.text()) ?? [];
    expect(page.headers.get("content-security-policy")).toMatch(/script-src 'self'.*connect-src 'self'/);
    expect(await (await ask(serving.url + script)).text()).toContain("location.reload()");
    const tag = async () => (await ask(url, { method: "HEAD" })).headers.get("etag");
    const before = await tag();
    expect(before).toMatch(/^W\/"/);
    writeFileSync(join(workplace.folder, "content/brand-new.md"), story("brand-new", "Brand newer"));
    const after = await eventually(async () => {
      const now = await tag();
      return now !== null && now !== before ? now : undefined;
    });
    expect((await ask(url)).headers.get("etag")).toBe(after);
    expect(await (await ask(url)).text()).toContain("Brand newer");
    writeFileSync(join(workplace.folder, "content/brand-new.md"), story("brand-new", "Brand new"));
    await eventually(async () => ((await feed()).includes("<title>Brand new</title>") ? true : undefined));
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

describe("npm start -- --drafts", () => {
  let workplace: Workplace;
  let serving: Serving;

  const BANNER = '<p class="draft-banner"><strong>Draft: not published</strong></p>';

  beforeAll(async () => {
    workplace = createWorkplace();
    const { folder } = workplace;
    writeFileSync(join(folder, "content/a-draft.md"), story("a-draft", "A draft\ndraft: true\ntags: [hush]"));
    const planned = story("planned", "Ein Plan\nlanguage: de").replace("2026-01-01", "2099-01-01");
    writeFileSync(join(folder, "content/planned.md"), planned);
    // What a folder says of other addresses does not count.
    appendFileSync(join(folder, "wrangler.toml"), '\n[dev]\nip = "0.0.0.0"\ninspector_ip = "0.0.0.0"\n');
    const port = await freePort();
    serving = await serve(workplace, `npm start -- --port ${port} --drafts`, port);
  });

  afterAll(async () => {
    await serving?.stop();
    workplace?.remove();
  });

  const textAt = async (path: string): Promise<string> => (await ask(serving.url + path)).text();

  it("shows drafts and scheduled stories on pages and in feeds, with a banner in the language of the story", async () => {
    expect(await textAt("/articles/a-draft")).toContain(BANNER);
    expect(await textAt("/articles/planned")).toContain("<strong>Geplant für 1. Januar 2099, 00:00 Uhr</strong>");
    expect(await textAt("/")).toContain("Draft: not published · Text.");
    expect(await textAt("/tags/hush/rss.xml")).toContain("<title>A draft</title>");
    const rss = await textAt("/rss.xml");
    expect(rss).toContain(BANNER);
    expect(rss).not.toContain('rel="hub"');
    expect(serving.output()).toContain("3 stories, and 1 draft, 1 scheduled");
    expect(serving.output()).toContain("on this machine only");
  });

  it("shows what a writer changes", async () => {
    writeFileSync(join(workplace.folder, "content/a-draft.md"), story("a-draft", "Another\ndraft: true"));
    await eventually(async () => ((await textAt("/articles/a-draft")).includes("Another") ? true : undefined));
    expect(await textAt("/articles/a-draft")).toContain(BANNER);
  });

  it("listens to one address of this machine only", async () => {
    const { port } = new URL(serving.url);
    // All of 127.0.0.0/8 is this machine: a server at 0.0.0.0 would answer here as well.
    await expect(ask(`http://127.0.0.2:${port}/`)).rejects.toThrow();
    const others = Object.values(networkInterfaces()).flatMap((addresses = []) =>
      addresses.filter(({ internal, family }) => !internal && family === "IPv4").map(({ address }) => address),
    );
    for (const address of others) await expect(ask(`http://${address}:${port}/`)).rejects.toThrow();
  });

  it("builds where no deployment looks: one that follows uploads no draft", async () => {
    await serving.stop();
    const { folder } = workplace;
    expect(existsSync(join(folder, ".wrangler/drafts/publication.txt"))).toBe(true);
    const { status, output } = run(workplace, "npm run deploy -- --dry-run");
    expect(output).toContain("--dry-run: exiting now");
    expect(status).toBe(0);
    // The same once more, with what would be uploaded.
    run(workplace, "npx wrangler deploy --dry-run --env= --outdir uploaded");
    const uploaded = [
      ...readdirSync(join(folder, "uploaded")).map((name) => `uploaded/${name}`),
      "build/publication.txt",
    ];
    expect(uploaded.length).toBeGreaterThan(2);
    const texts = uploaded.map((path) => read(workplace, path));
    expect(texts.filter((text) => text.includes("tag:example.org,2026:planned")).length).toBeGreaterThan(1);
    expect(texts.filter((text) => text.includes("tag:example.org,2026:a-draft"))).toEqual([]);
    expect(texts.filter((text) => text.includes("<strong>Geplant für"))).toEqual([]);
    // Nor is there a script, or a switch for it.
    expect(changedAtOf(read(workplace, "build/publication.txt"))).toBeUndefined();
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
    ["--prot 9000", "There is no option `--prot`. Did you mean `--port`?"],
  ])("explains a wrong command line: %s", (words, message) => {
    const { status, output } = run(workplace, `npm start -- ${words}`);
    expect(output).toContain(message);
    expect(status).toBe(1);
  });
});
