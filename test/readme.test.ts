import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  ask,
  type CommandResult,
  createWorkplace,
  freePort,
  run,
  type Serving,
  serve,
  type Workplace,
} from "./end-to-end/workplace.ts";

const readme = readFileSync(resolve(import.meta.dirname, "../README.md"), "utf8");

const blocks = (language: string): readonly string[] =>
  Array.from(readme.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\`$`, "gms")), ([, text = ""]) => text);

const inBlocks = blocks("sh").flatMap((block) =>
  block
    .split("\n")
    .map((line) => line.replace(/\s+#.*$/, "").trim())
    .filter((line) => line !== ""),
);

const inText = Array.from(readme.matchAll(/`(npm [^`]+)`/g), ([, command = ""]) => command);

const commands = [...new Set([...inBlocks, ...inText])];

const [exampleStory = ""] = blocks("markdown");
const [exampleFeed = ""] = blocks("xml");
const [exampleReport = ""] = blocks("text");

// How each command of the README is run here. `npm ci && npm test` is what CI runs, of which this test is a part.
const trials: Readonly<Record<string, (workplace: Workplace) => CommandResult>> = {
  "npm ci && npm test": () => ({ status: 0, output: readFileSync(resolve(import.meta.dirname, "../.ci/run"), "utf8") }),
  'npm run new "The title of the story"': (workplace) => run(workplace, 'npm run new "The title of the story"'),
  "npm run check": (workplace) => run(workplace, "npm run check"),
  "npm run release -- content/the-title-of-the-story.md": (workplace) =>
    run(workplace, "npm run release -- content/the-title-of-the-story.md"),
  "npm run deploy": (workplace) => run(workplace, "npm run deploy -- --dry-run"),
  "npm run bench": (workplace) => run(workplace, "npm run bench -- --quick rendering"),
};

const wanted: Readonly<Record<string, RegExp>> = {
  "npm ci && npm test": /^npm ci && npm test \|\| exit$/m,
  'npm run new "The title of the story"': /Wrote content\/the-title-of-the-story\.md/,
  "npm run check": /can be published/,
  "npm run release -- content/the-title-of-the-story.md": /is no draft any longer: published 20/,
  "npm run deploy": /--dry-run: exiting now/,
  "npm run bench": /ratio to feed/,
};

const OF_A_FOLDER = [
  "npm ci",
  'npm run init -- ../my-paper --title "My Paper" --url https://my-paper.example',
  "cd ../my-paper && npm install && npm start",
];

describe("the README", () => {
  let workplace: Workplace;
  let serving: Serving;

  beforeAll(async () => {
    workplace = createWorkplace();
    writeFileSync(join(workplace.folder, "content/hello.md"), exampleStory);
    // As many as a feed and a page of its archive hold.
    for (let number = 1; number <= 20; number++) {
      const old = exampleStory.replace(":hello", `:old-${number}`).replace("2026-11-20", "2020-11-20");
      writeFileSync(join(workplace.folder, `content/old-${number}.md`), old);
    }
    const port = await freePort();
    serving = await serve(workplace, `npm start -- --port ${port}`, port);
  });

  afterAll(async () => {
    await serving?.stop();
    workplace?.remove();
  });

  it("shows how to make a folder of one's own first, then the two commands of the repository", () => {
    expect(commands.slice(0, 5)).toEqual([...OF_A_FOLDER, "npm ci && npm start", "npm ci && npm test"]);
  });

  it("names only commands that are tried here", () => {
    // Tried below by asking what it serves, and in test/end-to-end: newsroom.test.ts, package.test.ts, start.test.ts.
    const elsewhere = [
      ...OF_A_FOLDER,
      "npm ci && npm start",
      "npm start",
      "npm start -- --drafts",
      "npm run start:newsroom",
    ];
    expect(commands.filter((command) => !elsewhere.includes(command)).toSorted()).toEqual(
      Object.keys(trials).toSorted(),
    );
  });

  it.each(Object.keys(trials))("is right about `%s`", (command) => {
    const { status, output } = trials[command]?.(workplace) ?? { status: 1, output: "not tried" };
    expect(output).toMatch(wanted[command] ?? /never/);
    expect(output).not.toContain("WARNING");
    expect(status).toBe(0);
  });

  it("shows what its example story becomes", async () => {
    const feed = await (await ask(`${serving.url}/rss.xml`)).text();
    expect(exampleFeed.length).toBeGreaterThan(100);
    expect(feed).toContain(exampleFeed.replaceAll("http://localhost:8787", serving.url));
  });

  it("shows what a misspelt key is answered with", () => {
    const folder = createWorkplace();
    rmSync(join(folder.folder, "content"), { recursive: true });
    mkdirSync(join(folder.folder, "content"));
    writeFileSync(
      join(folder.folder, "content/site.yaml"),
      "id: tag:example.org,2026:feeds\nurl: https://example.org\ntitle: T\ndescription: D\nlanguage: en\n",
    );
    writeFileSync(join(folder.folder, "content/hello.md"), exampleStory.replace("published", "pubilshed"));
    const { status, output } = run(folder, "npm run check");
    folder.remove();
    expect(status).toBe(1);
    expect(output.replaceAll(/ +/g, " ")).toContain(exampleReport.trimEnd());
  });

  // {tag} and the like stand for what the example story and the sample publication hold.
  const values: Readonly<Record<string, string>> = {
    tag: "telephones",
    author: "news-desk",
    section: "world",
    name: "middle-east",
    slug: "hello",
    n: "1",
  };
  const rows = readme.split("\n").filter((line) => line.startsWith("| `/"));
  const paths = rows.flatMap((row) =>
    Array.from(row.split("|")[1]?.matchAll(/`([^`]+)`/g) ?? [], ([, path = ""]) => path),
  );

  it("names paths", () => {
    expect(paths.length).toBeGreaterThan(15);
  });

  const ASKED_OTHERWISE = ["/media/{file}", "/hub", "/rsscloud/pleaseNotify"];

  it.each(paths.filter((path) => !ASKED_OTHERWISE.includes(path)))("names %s, which answers", async (path) => {
    const url = serving.url + path.replaceAll(/\{(\w+)\}/g, (_, name: string) => values[name] ?? "unknown");
    const response = await ask(url, { redirect: "manual" });
    const isMoved = rows.find((row) => row.includes(`\`${path}\``))?.includes("| 301") === true;
    expect(response.status).toBe(isMoved ? 301 : 200);
    if (isMoved) expect((await ask(url)).status).toBe(200);
  });

  it("names /rsscloud/pleaseNotify, where readers subscribe by rssCloud", async () => {
    const form = { domain: "127.0.0.1", port: "9", path: "/", url1: `${serving.url}/rss.xml` };
    const response = await ask(`${serving.url}/rsscloud/pleaseNotify`, {
      method: "POST",
      body: new URLSearchParams(form),
    });
    expect(await response.text()).toContain('<notifyResult success="true"');
  });

  it("names /hub, where readers subscribe", async () => {
    const body = new URLSearchParams({
      "hub.mode": "subscribe",
      "hub.topic": `${serving.url}/rss.xml`,
      "hub.callback": "http://127.0.0.1:9/",
    });
    expect((await ask(`${serving.url}/hub`, { method: "POST", body })).status).toBe(202);
    const link = (await ask(`${serving.url}/rss.xml`)).headers.get("link");
    expect(link).toContain(`<${serving.url}/hub>; rel="hub"`);
  });

  it("names /media/{file}, which answers with what the sample publication's feed refers to", async () => {
    const feed = await (await ask(`${serving.url}/rss.xml`)).text();
    const [url = ""] = /http:[^"<]*\/media\/[^"<]+/.exec(feed) ?? [];
    const response = await ask(url);
    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toMatch(/^image\//);
  });

  it("links only to files that exist", () => {
    const links = Array.from(readme.matchAll(/\]\(([^)#]+)\)/g), ([, link = ""]) => link);
    for (const link of links) expect(() => readFileSync(resolve(import.meta.dirname, "..", link))).not.toThrow();
  });
});
