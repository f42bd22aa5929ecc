import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join, resolve } from "node:path";
import { checkPackage, createPackageFromTarballData } from "@arethetypeswrong/core";
import { build, type Metafile } from "esbuild";
import { publint } from "publint";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { optionalDependencies as nodePackages } from "../../tools/node/package.json";
import { editsIn, pasteEdits } from "../cli/wrangler/settings/paste-edits.ts";
import { succeed } from "./packed.ts";
import { createWorkplace, eventually, freePort, run, serve, type Workplace } from "./workplace.ts";

// Feedwright as others get it: packed, installed into a folder of their own, and taken up there.

let workplace: Workplace;
let home: string;
let tarball: string;
let madeBy: string;

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
    const manifests = succeed(home, `tar -tzf ${tarball}`).match(/^.*package\.json$/gm) ?? [];
    const texts = manifests.map((path) => succeed(home, `tar -xzOf ${tarball} ${path}`)).join("");
    expect(Object.keys(nodePackages).filter((name) => texts.includes(name))).toEqual([]);
    expect(readdirSync(join(home, "node_modules")).filter((name) => !name.startsWith("."))).toEqual(["feedwright"]);
  });
});

describe("what is bundled", () => {
  const read = (path: string): string => readFileSync(join(home, "node_modules/feedwright", path), "utf8");
  const metafile = (name: "modules" | "program"): Metafile =>
    JSON.parse(readFileSync(join(workplace.folder, `build/package/${name}.json`), "utf8"));

  /** The sources that a bundle has, with what it imports at once. */
  const sourcesOf = (entry: string): readonly string[] => {
    const { outputs } = metafile("modules");
    const reached = new Set([entry]);
    for (const path of reached)
      for (const { path: target, external } of outputs[path]?.imports ?? []) if (!external) reached.add(target);
    return [...reached].flatMap((path) => Object.keys(outputs[path]?.inputs ?? {}));
  };

  it("has no compiler in the reading worker, no database and no publish API", () => {
    const forbidden = /^src\/(?:content|newsroom|cli|interop|store\/d1)\//;
    expect(sourcesOf("dist/index.js")).toContain("src/routes/router.ts");
    expect(sourcesOf("dist/index.js").filter((path) => forbidden.test(path))).toEqual([]);
    expect(sourcesOf("dist/newsroom.js").filter((path) => forbidden.test(path)).length).toBeGreaterThan(50);
  });

  it.each(["content", "formats", "dialects", "http", "interop"])("has no worker in %s", (name) => {
    const sources = sourcesOf(`dist/${name}.js`);
    expect(sources).toContain(`src/exports/${name}.ts`);
    expect(sources.filter((path) => /^src\/(?:app|routes|push|newsroom|store\/d1)\//.test(path))).toEqual([]);
  });

  it("is left out by bundlers where nothing of it is imported", async () => {
    const sizeOf = async (name: string, entry: string): Promise<number> => {
      const contents = `export { ${name} } from "feedwright/${entry}";`;
      const { outputFiles } = await build({
        ...{ stdin: { contents, resolveDir: home }, external: ["node:*"], format: "esm" },
        ...{ bundle: true, minify: true, write: false },
      });
      return outputFiles[0]?.contents.byteLength ?? 0;
    };
    const compiler = await sizeOf("compile", "content");
    expect(compiler).toBeGreaterThan(500_000);
    expect(await sizeOf("readPublication", "content")).toBeLessThan(compiler / 2);
    expect(await sizeOf("toFeed", "interop")).toBeLessThan(compiler * 0.6);
    for (const [name = "", entry = ""] of [
      ["formatHttpDate", "http"],
      ["dialectRules", "dialects"],
      ["formats", "formats"],
    ])
      expect(await sizeOf(name, entry), name).toBeLessThan(25_000);
  });

  it("is named with its licence", () => {
    const inputs = [metafile("modules"), metafile("program")].flatMap(({ outputs }) =>
      Object.values(outputs).flatMap((output) => Object.keys(output.inputs)),
    );
    const folders = new Set(
      inputs.flatMap((path) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(path)?.[0] ?? []),
    );
    const packages = [...folders].map((folder) =>
      JSON.parse(readFileSync(resolve(workplace.folder, folder, "package.json"), "utf8")),
    );
    const sections = read("dist/THIRD-PARTY-LICENSES.txt")
      .split(`${"-".repeat(80)}\n`)
      .slice(1);
    const titles = sections.map((section) => section.slice(0, section.indexOf("\n")));
    expect(packages.length).toBeGreaterThan(50);
    expect(titles.toSorted()).toEqual(
      packages.map(({ name, version, license }) => `${name} ${version} (${license})`).toSorted(),
    );
    const hasText = (section: string): boolean => /copyright|blue oak/i.test(section) && /as[\s-]+is/i.test(section);
    const withoutText = sections.filter((section) => !hasText(section));
    expect(withoutText.filter((section) => !/Its package\.json says: \S+, by \S/.test(section))).toEqual([]);
    expect(withoutText.length).toBeLessThan(3);
  });
});

describe("somebody else's TypeScript", () => {
  const manifest = JSON.parse(readFileSync(resolve(import.meta.dirname, "../../package.json"), "utf8"));
  const entries = Object.keys(manifest.exports).filter((entry) => entry !== "./package.json");
  const page = readFileSync(resolve(import.meta.dirname, "../../docs/package.md"), "utf8");
  const examples = Array.from(page.matchAll(/^```ts\n(.*?)^```$/gms), ([, code = ""]) => code);
  const namesOf = (code: string): readonly string[] =>
    Array.from(code.matchAll(/from "(feedwright[^"]*)"/g), ([, name = ""]) => name.replace(/^feedwright/, "."));

  const RESOLUTIONS = { bundler: "esnext", node16: "node16", nodenext: "nodenext" } as const;

  beforeAll(() => {
    const folder = join(home, "consumer");
    mkdirSync(folder);
    copyFileSync(resolve(import.meta.dirname, "../../src/text-modules.d.ts"), join(folder, "text-modules.d.ts"));
    examples.forEach((code, index) => void writeFileSync(join(folder, `example-${index}.mts`), code));
    const imports = entries.map((entry, index) => `import * as entry${index} from "feedwright${entry.slice(1)}";`);
    writeFileSync(
      join(folder, "all.mts"),
      `${imports.join("\n")}\nexport const all = [${entries.map((_, index) => `entry${index}`).join(", ")}];\n`,
    );
    for (const [moduleResolution, module] of Object.entries(RESOLUTIONS)) {
      const compilerOptions = {
        ...{ module, moduleResolution, target: "es2024", lib: ["es2024"], strict: true, noEmit: true },
        ...{ exactOptionalPropertyTypes: true, noUncheckedIndexedAccess: true, verbatimModuleSyntax: true },
        ...{ skipLibCheck: false, types: ["workers-types"] },
        typeRoots: [resolve(import.meta.dirname, "../../node_modules/@cloudflare")],
      };
      writeFileSync(join(folder, `${moduleResolution}.json`), JSON.stringify({ compilerOptions, include: ["*"] }));
    }
  });

  it("finds examples of every entry in docs/package.md, but for the newsroom", () => {
    expect(examples.flatMap(namesOf).toSorted()).toEqual(entries.filter((entry) => entry !== "./newsroom").toSorted());
  });

  it.each(Object.keys(RESOLUTIONS))("compiles the examples and all entries, resolved as %s does", (name) => {
    const tsc = join(workplace.folder, "node_modules/.bin/tsc");
    expect(succeed(home, `${tsc} -p consumer/${name}.json`)).toBe("");
  });

  it("makes feeds of files without a worker", () => {
    writeFileSync(
      join(home, "feeds.mjs"),
      `import { compilePublication, writePublication } from "feedwright/content";
      import { assemble, createFragments, findFeed, formats, MAIN_VIEW, openBundled } from "feedwright/formats";
      import { contentFromFeed, toFeed } from "feedwright/interop";
      const SITE = "id: tag:x.example,2026:x\\nurl: https://x.example\\ntitle: T\\ndescription: D\\nlanguage: en\\n";
      const STORY = "---\\nid: tag:x.example,2026:1\\ntitle: Hello\\npublished: 2026-01-01T00:00:00Z\\n---\\n\\nText.\\n";
      const content = new Map([["site.yaml", SITE], ["hello.md", STORY]]);
      const bytesOf = (files) => new Map([...files].map(([path, text]) => [path, new TextEncoder().encode(text)]));
      const feedOf = async (files) => {
        const { publication } = await compilePublication(bytesOf(files));
        const store = openBundled(writePublication(publication), "", { id: "1", at: 0 });
        return (await findFeed(store, MAIN_VIEW, Date.UTC(2026, 1))).value;
      };
      const feed = await feedOf(content);
      const again = await feedOf(contentFromFeed(toFeed(feed)));
      const decoder = new TextDecoder();
      for (const one of [feed, again])
        for (const format of formats) console.log(decoder.decode(assemble(format, one, createFragments()).body));`,
    );
    expect(succeed(home, "node feeds.mjs").match(/Hello/g)).toHaveLength(6);
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
