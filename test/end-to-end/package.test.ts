import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { checkPackage, createPackageFromTarballData } from "@arethetypeswrong/core";
import { publint } from "publint";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { optionalDependencies as nodePackages } from "../../tools/node/package.json";
import { createWorkplace, freePort, run, serve, type Workplace } from "./workplace.ts";

// Feedwright as others get it: packed, installed into a folder of their own, and taken up there.

let workplace: Workplace;
let home: string;
let tarball: string;
let madeBy: string;

const succeed = (folder: string, command: string): string => {
  const { status, output } = run({ folder, remove: () => {} }, command);
  expect([command, status, output]).toEqual([command, 0, expect.any(String)]);
  return output;
};

/** The README's own line, but for the folder. */
const initLine = (folder: string): string =>
  (/^npm run init -- .*$/m.exec(readFileSync("README.md", "utf8"))?.[0] ?? "").replace("../my-paper", folder);

/** The machine's own Node, on which npm runs; vitest runs on that of our node_modules. */
const WITHOUT_OURS = `PATH="${(process.env.PATH ?? "")
  .split(":")
  .filter((one) => !one.includes("node_modules"))
  .join(":")}"`;

const TITLE = 'The "Courier" & Co: #1';

beforeAll(() => {
  workplace = createWorkplace();
  home = mkdtempSync(join(tmpdir(), "feedwright-package-"));
  const options = `--title '${TITLE}' --url https://company.example/news --newsroom`;
  madeBy = succeed(workplace.folder, `${initLine(join(home, "my-paper"))} ${options}`);
  tarball = join(home, "my-paper", readdirSync(join(home, "my-paper")).find((name) => name.endsWith(".tgz")) ?? "");
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

  it("asks for no package, and names no platform's Node", () => {
    const text = succeed(home, `tar -xzOf ${tarball} package/package.json`);
    const { dependencies = {}, optionalDependencies = {} } = JSON.parse(text);
    expect([dependencies, optionalDependencies]).toEqual([{}, {}]);
    expect(Object.keys(nodePackages).filter((name) => text.includes(name))).toEqual([]);
    expect(readdirSync(join(home, "node_modules")).filter((name) => !name.startsWith("."))).toEqual(["feedwright"]);
  });
});

describe("a folder that feedwright init makes", () => {
  let folder: string;

  beforeAll(() => {
    folder = join(home, "my-paper");
    succeed(folder, "npm install --prefer-offline --no-audit --no-fund");
  });

  it("says what to do next", () => {
    expect(madeBy).toContain(`cd ${folder} && npm install && npm start`);
  });

  it("asks for the very package that made it, and has it", () => {
    succeed(home, "npx feedwright init second-paper --title x --url https://x.example");
    for (const name of ["my-paper", "second-paper"]) {
      const { devDependencies } = JSON.parse(readFileSync(join(home, name, "package.json"), "utf8"));
      expect(devDependencies.feedwright).toBe(`file:${basename(tarball)}`);
      expect(readFileSync(join(home, name, basename(tarball))).equals(readFileSync(tarball))).toBe(true);
    }
  });

  it("has a Node of its own, and links it again where an older npm takes the link away", () => {
    const [version = ""] = Object.values(nodePackages);
    const { optionalDependencies } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
    expect(optionalDependencies).toEqual(nodePackages);
    for (const preparation of ["true", "rm node_modules/.bin/node && npm run prepare"]) {
      succeed(folder, preparation);
      expect(succeed(folder, `${WITHOUT_OURS} npm exec -c "node --version"`)).toBe(`v${version}\n`);
    }
  });

  it("keeps secrets out of git, and the list of those that are needed in it", () => {
    succeed(folder, "git init --quiet");
    const files = [".dev.vars", ".dev.vars.newsroom", ".env", ".env.local", ".dev.vars.example", ".env.example"];
    expect(succeed(folder, `git check-ignore ${files.join(" ")}`).split("\n")).toEqual([...files.slice(0, 4), ""]);
  });

  it("is checked and built, and serves its feeds below its path", async () => {
    expect(succeed(folder, "npm run --silent check")).toContain("content/ can be published: 1 story.");
    expect(succeed(folder, "npm run --silent build")).toContain("Built content/");
    expect(succeed(folder, "npm run --silent new -- --help")).toMatch(/^Usage: /);
    const port = await freePort();
    const serving = await serve({ folder, remove: () => {} }, `env ${WITHOUT_OURS} npm start -- --port ${port}`, port);
    try {
      const feed = await (await fetch(`${serving.url}/news/feed.json`)).json();
      expect(feed).toMatchObject({
        title: TITLE,
        items: [{ title: "Hello", url: `${serving.url}/news/articles/hello` }],
      });
      expect((await fetch(`${serving.url}/feed.json`)).status).toBe(404);
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
    } finally {
      await serving.stop();
    }
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
