import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { checkPackage, createPackageFromTarballData } from "@arethetypeswrong/core";
import { publint } from "publint";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { editsIn, pasteEdits } from "../cli/wrangler/settings/paste-edits.ts";
import { createWorkplace, eventually, freePort, run, serve, type Workplace } from "./workplace.ts";

// Feedwright as others get it: packed, installed into a folder of their own, and taken up there.

let workplace: Workplace;
let home: string;
let tarball: string;

const succeed = (folder: string, command: string): string => {
  const { status, output } = run({ folder, remove: () => {} }, command);
  expect([command, status, output]).toEqual([command, 0, expect.any(String)]);
  return output;
};

beforeAll(() => {
  workplace = createWorkplace();
  home = mkdtempSync(join(tmpdir(), "feedwright-package-"));
  succeed(workplace.folder, "npm run --silent package");
  succeed(workplace.folder, `npm pack --silent --pack-destination ${home}`);
  tarball = join(home, readdirSync(home).find((name) => name.endsWith(".tgz")) ?? "");
  writeFileSync(join(home, "package.json"), '{ "private": true }');
  succeed(home, `npm install --prefer-offline --no-audit --no-fund ${tarball}`);
});

afterAll(() => {
  workplace?.remove();
  rmSync(home, { recursive: true, force: true });
});

describe("the package", () => {
  it("has nothing that publint finds wrong", async () => {
    const { messages } = await publint({ pkgDir: join(home, "node_modules/feedwright"), pack: false });
    expect(messages).toEqual([]);
  });

  it("has types that every resolution of ES modules finds", async () => {
    const { problems } = await checkPackage(createPackageFromTarballData(readFileSync(tarball))).then((result) =>
      "problems" in result ? result : { problems: ["the package has no types"] },
    );
    // It is for ES modules only.
    const ofModules = problems.filter(
      (problem) =>
        typeof problem === "string" ||
        !("resolutionKind" in problem) ||
        !["node10", "node16-cjs"].includes(problem.resolutionKind),
    );
    expect(ofModules).toEqual([]);
  });

  it("asks for no package, and for no platform's Node", () => {
    const manifest = JSON.parse(readFileSync(join(home, "node_modules/feedwright/package.json"), "utf8"));
    expect([manifest.dependencies ?? {}, manifest.optionalDependencies ?? {}]).toEqual([{}, {}]);
    expect(readdirSync(join(home, "node_modules")).filter((name) => !name.startsWith("."))).toEqual(["feedwright"]);
  });
});

describe("a folder that feedwright init makes", () => {
  const title = 'The "Courier" & Co: #1';
  let folder: string;

  beforeAll(() => {
    const init = `npx feedwright init my-paper --title '${title}' --url https://company.example/news --newsroom`;
    expect(succeed(home, init)).toContain("cd my-paper && npm install && npm start");
    folder = join(home, "my-paper");
    succeed(folder, "npm install --prefer-offline --no-audit --no-fund");
  });

  it("is checked and built, and serves its feeds below its path", async () => {
    expect(succeed(folder, "npm run --silent check")).toContain("content/ can be published: 1 story.");
    expect(succeed(folder, "npm run --silent build")).toContain("Built content/");
    expect(succeed(folder, "npm run --silent new -- --help")).toMatch(/^Usage: /);
    const port = await freePort();
    const serving = await serve({ folder, remove: () => {} }, `npm start -- --port ${port}`, port);
    try {
      const feed = await (await fetch(`${serving.url}/news/feed.json`)).json();
      expect(feed).toMatchObject({ title, items: [{ title: "Hello", url: `${serving.url}/news/articles/hello` }] });
      expect((await fetch(`${serving.url}/feed.json`)).status).toBe(404);
      expect(serving.output()).not.toContain("has no binding");
    } finally {
      await serving.stop();
    }
  });

  it("is a newsroom, too, where stories are written through the API", async () => {
    const port = await freePort();
    const serving = await serve({ folder, remove: () => {} }, `npm run start:newsroom -- --port ${port}`, port);
    try {
      const token = /^token: (\S+)$/m.exec(serving.output())?.[1] ?? "";
      const synced = `PUBLISH_TOKEN=${token} npm run --silent sync -- --to ${serving.url}/news --yes`;
      succeed(folder, synced);
      expect(await (await fetch(`${serving.url}/news/rss.xml`)).text()).toContain("<title>Hello</title>");
      expect(serving.output()).not.toContain("has no binding");
    } finally {
      await serving.stop();
    }
  });

  it("goes on with a version that wants one more binding, and is told what to add", async () => {
    const files = ["wrangler.toml", "worker.ts", "newsroom-worker.ts"];
    const change = (edit: (text: string) => string): void => {
      for (const name of files) writeFileSync(join(folder, name), edit(readFileSync(join(folder, name), "utf8")));
    };
    change((text) =>
      text
        .replaceAll(/^ {2}\{ (?:name = "USAGE"|tag = "v3").*\n/gm, "")
        .replace(/^\[\[migrations\]\]\ntag = "v3"\n.*\n/m, "")
        .replace(", Usage }", " }"),
    );
    expect(readFileSync(join(folder, "wrangler.toml"), "utf8")).not.toContain("Usage");
    const printed = succeed(folder, "npm run --silent check");
    expect(printed).toContain("wrangler.toml has no binding USAGE: what partners take is not counted.\n");
    const port = await freePort();
    const serving = await serve({ folder, remove: () => {} }, `npm start -- --port ${port}`, port);
    try {
      expect((await fetch(`${serving.url}/news/feed.json`)).status).toBe(200);
      // The command says so first, then the worker.
      const sentence = /no binding USAGE: what partners take is not counted[\s\S]*no binding USAGE: what partners/;
      await eventually(async () => sentence.test(serving.output()) || undefined);
    } finally {
      await serving.stop();
    }
    const texts = Object.fromEntries(files.map((name) => [name, readFileSync(join(folder, name), "utf8")]));
    const pasted = pasteEdits(texts, editsIn(printed));
    for (const [name, text] of Object.entries(pasted)) writeFileSync(join(folder, name), text);
    expect(succeed(folder, "npm run --silent check")).not.toMatch(/wrangler\.toml|worker\.ts/);
  });

  it("is made in no folder that has something in it, and nowhere if something is wrong", () => {
    const init = (folderName: string, options: string) =>
      run({ folder: home, remove: () => {} }, `npx feedwright init ${folderName} ${options}`);
    for (const [name, options, message] of [
      ["my-paper", "--title x --url https://x.example", "is not empty"],
      ["other", "--title x --url nonsense", "`nonsense` is no address"],
      ["other", "--title x --url https://x.example/a?b", "must be the site's address only"],
      ["other", "--title x --url https://x.example --language en_US", "language"],
      ["Other.Paper", "--title x --url https://x.example", "Name the folder with letters"],
      ["other", "--url https://x.example", "Usage: feedwright init"],
    ] as const) {
      const { status, output } = init(name, options);
      expect([options, status, output]).toEqual([options, 1, expect.stringContaining(message)]);
    }
    expect(readdirSync(home)).not.toContain("other");
  });
});
