import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { GIF, story } from "../fixtures/publication.ts";
import {
  type CommandResult,
  createWorkplace,
  eventually,
  freePort,
  GIVE_UP_AFTER_MS,
  type Serving,
  serve,
  untilAvailable,
  type Workplace,
} from "./workplace.ts";

// The newsroom as its owner runs it: wrangler, D1, R2 and the commands, over real HTTP.

let workplace: Workplace;
let serving: Serving;
let port: number;

const tokenOf = (one: Serving): string => /^token: (\S+)$/m.exec(one.output())?.[1] ?? "";

const open = async (): Promise<void> => {
  port = await freePort();
  serving = await serve(workplace, `npm run start:newsroom -- --port ${port}`, port);
};

beforeAll(async () => {
  workplace = createWorkplace();
  // The commands serve those as well who insist that every change says of which version.
  const settings = join(workplace.folder, "wrangler.toml");
  const strict = readFileSync(settings, "utf8").replace('STORE = "d1"', 'STORE = "d1", REQUIRE_IF_MATCH = "true"');
  expect(strict).toContain("REQUIRE_IF_MATCH");
  writeFileSync(settings, strict);
  await open();
});

afterAll(async () => {
  await serving?.stop();
  workplace?.remove();
});

const command = (text: string): CommandResult => {
  const { status, stdout, stderr } = spawnSync("sh", ["-c", text], {
    cwd: workplace.folder,
    encoding: "utf8",
    timeout: GIVE_UP_AFTER_MS,
    env: { ...process.env, PUBLISH_TOKEN: tokenOf(serving) },
  });
  return { status, output: stdout + stderr };
};

const get = async (path: string): Promise<string> =>
  (await fetch(serving.url + path, { headers: { connection: "close" } })).text();

const callOnce = (method: string, path: string, body?: string): Promise<Response> =>
  fetch(serving.url + path, {
    method,
    headers: { authorization: `Bearer ${tokenOf(serving)}`, "content-type": "text/markdown", connection: "close" },
    ...(body !== undefined && { body }),
  });

const api = (method: string, path: string, body?: string): Promise<Response> =>
  untilAvailable(() => callOnce(method, path, body));

const filesBelow = (folder: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .map((path) => [path.slice(folder.length + 1), readFileSync(path).toString("base64")] as const)
      .sort(),
  );

describe("npm run start:newsroom", () => {
  it("says in at most ten lines what is served, and where, and warns that it is the sample", () => {
    const isWarning = (line: string): boolean => line.startsWith("content/");
    const printed = serving.output().trimEnd().split("\n");
    expect(printed.filter(isWarning)).toEqual([
      expect.stringContaining("no reader can reach https://feedwright.example."),
      expect.stringContaining("ids of the sample"),
    ]);
    const lines = printed.filter((line) => !isWarning(line));
    expect(lines.length).toBeLessThanOrEqual(10);
    expect(lines.filter((line) => line !== "" && !line.startsWith("> "))).toEqual([
      expect.stringMatching(/^Built content\/ in \d+\.\d\d s: 3 stories\.$/),
      `Ready: The Feedwright Courier at ${serving.url}/, with the stories of its database (in .wrangler/)`,
      `  feeds: ${serving.url}/rss.xml ${serving.url}/atom.xml ${serving.url}/feed.json`,
      `  API:   ${serving.url}/api/items`,
      `token: ${tokenOf(serving)}`,
      `\`npm run sync -- --to ${serving.url}\` compares content/ with the database. Press Ctrl+C to stop.`,
    ]);
  });

  it("prints a token, and hides it from everyone else", () => {
    expect(tokenOf(serving)).toMatch(/^[\w-]{20,}$/);
    const { stdout } = spawnSync("ps", ["axww", "-o", "args"], { encoding: "utf8" });
    expect(stdout).not.toContain(tokenOf(serving));
  });

  it("can be asked to look for what appears by itself, as the script does every minute", async () => {
    const answer = await fetch(`${serving.url}/cdn-cgi/handler/scheduled`, { headers: { connection: "close" } });
    expect([answer.status, await answer.text()]).toEqual([200, "ok"]);
  });

  it("begins with no story", async () => {
    expect(await get("/rss.xml")).not.toContain("<item>");
  });
});

describe("npm run sync", () => {
  it("says what it would do, and does nothing", async () => {
    const { status, output } = command(`npm run sync -- --to ${serving.url}`);
    expect(output).toMatch(/add +world\/baghdad-embassy\.md +\(readers will see it as new\)/);
    expect(output).toContain("Nothing was sent.");
    expect(status).toBe(0);
    expect(await get("/rss.xml")).not.toContain("<item>");
  });

  it("sends stories that link to one another, with their pictures", async () => {
    const { status, output } = command(`npm run sync -- --to ${serving.url} --yes`);
    expect(output).toContain("Done.");
    expect(status).toBe(0);
    const feed = await get("/rss.xml");
    expect(feed.match(/<item>/g)).toHaveLength(3);
    const [picture = ""] = /http:[^"<]*\/media\/compound-wall\.png/.exec(feed) ?? [];
    expect((await fetch(picture)).status).toBe(200);
  });

  it("has nothing to do the second time", () => {
    expect(command(`npm run sync -- --to ${serving.url}`).output).toContain("0 to add, 0 to change, 0 to withdraw.");
  });
});

describe("a change of site.yaml", () => {
  it("comes to the stories in the database by itself", async () => {
    const path = join(workplace.folder, "content/site.yaml");
    const before = readFileSync(path, "utf8");
    for (const name of ["Night Editors", "News Desk"]) {
      writeFileSync(path, before.replace("name: News Desk", `name: ${name}`));
      await eventually(async () => (await get("/atom.xml")).includes(`<name>${name}</name>`) || undefined);
    }
  });
});

describe("npm run export", () => {
  it("gives back every file to the byte, and a new newsroom that is made of it does too", async () => {
    const first = command(`npm run export -- --from ${serving.url} --into out`);
    expect(first.status).toBe(0);
    const exported = filesBelow(join(workplace.folder, "out"));
    // What site.yaml names is deployed with the site, and so are the publisher's own pages.
    const ofTheSite = ["site.yaml", "media/logo.png", "media/icon.png"];
    const all = Object.entries(filesBelow(join(workplace.folder, "content")));
    const content = Object.fromEntries(all.filter(([path]) => !ofTheSite.includes(path) && !path.startsWith("pages/")));
    expect(exported).toEqual(content);
    const second = command(`npm run export -- --from ${serving.url} --into out`);
    expect(second).toMatchObject({ status: 1, output: expect.stringContaining("out/ is not empty.") });

    const feeds = await Promise.all(["/rss.xml", "/atom.xml", "/feed.json"].map(get));
    await serving.stop();
    rmSync(join(workplace.folder, ".wrangler"), { recursive: true });
    const oldUrl = serving.url;
    await open();
    expect(command(`npm run sync -- --to ${serving.url} --yes`).output).toContain("Done.");
    const again = await Promise.all(["/rss.xml", "/atom.xml", "/feed.json"].map(get));
    const portOf = (url: string): string => `port="${new URL(url).port}"`;
    const moved = (feed: string): string =>
      feed.replaceAll(oldUrl, serving.url).replaceAll(portOf(oldUrl), portOf(serving.url));
    expect(again).toEqual(feeds.map(moved));
  });
});

describe("npm run publish", () => {
  it("sends a story, which readers see at once", async () => {
    writeFileSync(
      join(workplace.folder, "content/brand-new.md"),
      story("brand-new", { published: "2026-11-22T00:00:00Z" }),
    );
    const { status, output } = command(`npm run publish -- content/brand-new.md --to ${serving.url}`);
    expect(output).toContain("published brand-new.md");
    expect(status).toBe(0);
    expect(await get("/rss.xml")).toContain("brand-new");
  });

  it("changes the version of it that is there, also where every change must say of which", async () => {
    const changed = story("brand-new", { published: "2026-11-22T00:00:00Z" }, "It says something else.");
    expect((await api("PUT", "/api/items/brand-new", changed)).status).toBe(428);
    writeFileSync(join(workplace.folder, "content/brand-new.md"), changed);
    expect(command(`npm run publish -- content/brand-new.md --to ${serving.url}`)).toMatchObject({ status: 0 });
    expect(await get("/rss.xml")).toContain("It says something else.");
    expect(command(`npm run sync -- --to ${serving.url} --yes`)).toMatchObject({ status: 0 });
    rmSync(join(workplace.folder, "content/brand-new.md"));
    const sync = command(`npm run sync -- --to ${serving.url} --yes --withdraw-missing "It was wrong."`);
    expect(sync).toMatchObject({ status: 0, output: expect.stringContaining("1 to withdraw") });
    expect(await get("/articles/brand-new")).toContain("It was wrong.");
  });

  it("says what is wrong by file, line and column", () => {
    writeFileSync(join(workplace.folder, "content/odd.md"), story("odd", { tgas: ["a"] }));
    const { status, output } = command(`npm run publish -- content/odd.md --to ${serving.url}`);
    expect(status).toBe(1);
    expect(output).toMatch(/content\/odd\.md:5:1 error `tgas` is not a known key\. Did you mean `tags`\?/);
    rmSync(join(workplace.folder, "content/odd.md"));
  });

  it.each([
    ["npm run publish -- content/brand-new.md", /--to/],
    ["npm run publish -- README.md --to http://localhost:1", /no story of content/],
    ["npm run publish -- content/nope.md --to http://localhost:1", /^There is no file content\/nope\.md\. Mend/m],
    ["npm run publish -- --to http://localhost:1", /Usage/],
    ["PUBLISH_TOKEN= npm run sync -- --to http://localhost:1", /Set PUBLISH_TOKEN/],
    ['npm run sync -- --withdraw-missing "" --to http://localhost:1', /Say why/],
    ["cd docs && node ../src/cli/sync.ts --to http://localhost:1", /^There is no folder content\/ here\./m],
    ["npm run editor -- hire x --to http://localhost:1", /Usage/],
  ])("%s is refused with advice", (text, advice) => {
    const { status, output } = command(text);
    expect(status).toBe(1);
    expect(output).toMatch(advice);
    expect(output).not.toMatch(/^ +at /m);
  });
});

describe("a newsroom in which editors changed things", () => {
  const NEW = { published: "2026-11-22T00:00:00Z" };
  const write = (path: string, file: string | Uint8Array): void =>
    writeFileSync(join(workplace.folder, "content", path), file);

  it("keeps what they withdrew and what no reader sees, whatever else sync does", async () => {
    // It was withdrawn above.
    write("brand-new.md", story("brand-new", NEW));
    write("media/n#1.gif", GIF);
    expect((await api("PUT", "/api/items/not-yet", story("not-yet", { draft: true }))).status).toBe(201);
    const { status, output } = command(`npm run sync -- --to ${serving.url} --yes --withdraw-missing "Gone."`);
    expect(output).toMatch(/leave +brand-new\.md +\(was withdrawn in the newsroom; --bring-back/);
    expect(output).toMatch(/leave +not-yet +\(a draft/);
    expect(output).toContain("Done.");
    expect(status).toBe(0);
    expect(await get("/articles/brand-new")).toContain("It was wrong.");
  });

  it("shows again what was withdrawn where sync is told to", async () => {
    const { status, output } = command(`npm run sync -- --to ${serving.url} --yes --bring-back`);
    expect(output).toMatch(/change +brand-new\.md +\(was withdrawn in the newsroom: readers will see it again\)/);
    expect(status).toBe(0);
    expect(await get("/articles/brand-new")).toContain("Text of brand-new.");
  });

  it("takes a renamed story with its picture, though another story and a file beside it are refused", async () => {
    rmSync(join(workplace.folder, "content/brand-new.md"));
    write("newer.md", story("brand-new", { ...NEW, aliases: ["brand-new"] }, "It moved. ![x](media/c%20d.gif)"));
    write("media/c d.gif", GIF);
    write("number.md", story("number", {}, "![x](media/n%231.gif)"));
    write("odd.md", story("odd", { tgas: ["a"] }));
    const { status, output } = command(`npm run publish -- content/newer.md content/number.md --to ${serving.url}`);
    expect(output).toMatch(/^content\/media\/n#1\.gif: 400 Choose another name/m);
    expect(output).toMatch(/^content\/number\.md:7:1 error There is no file/m);
    expect(output).toMatch(/^published newer\.md$/m);
    expect(status).toBe(1);
    const feed = await get("/rss.xml");
    expect(feed).toContain("It moved.");
    expect((await fetch(`${serving.url}/media/c%20d.gif`, { headers: { connection: "close" } })).status).toBe(200);
    for (const name of ["number.md", "odd.md"]) rmSync(join(workplace.folder, "content", name));
  });
});

describe("npm run editor", () => {
  it("adds, lists and revokes", async () => {
    const added = command(`npm run editor -- add ann write --to ${serving.url}`);
    const token = /^[\w-]{40,}$/m.exec(added.output)?.[0] ?? "";
    const ask = () =>
      fetch(`${serving.url}/api/items`, { headers: { authorization: `Bearer ${token}`, connection: "close" } });
    expect((await ask()).status).toBe(200);
    expect(command(`npm run editor -- list --to ${serving.url}`).output).toContain('"ann"');
    expect(command(`npm run editor -- revoke ann --to ${serving.url}`).output).toContain("ann is revoked");
    expect((await ask()).status).toBe(401);
  });

  it("ends previews", async () => {
    const response = await api("PUT", "/api/items/hidden", story("hidden", { draft: true }));
    const { preview }: { preview: string } = await response.json();
    const statusOf = async (): Promise<number> => (await fetch(preview, { headers: { connection: "close" } })).status;
    expect(await statusOf()).toBe(200);
    expect(command(`npm run editor -- end-previews --to ${serving.url}`).output).toContain(
      "All preview links have ended",
    );
    expect(await statusOf()).toBe(404);
  });
});

describe("a process that is killed in the middle of 500 writes", () => {
  it("loses no story that it acknowledged, and keeps no half of one", async () => {
    const acknowledged: string[] = [];
    const names = Array.from({ length: 500 }, (_, index) => `kill-${index}`);
    let isKilled = false;
    const write = async (name: string): Promise<void> => {
      if (isKilled) return;
      try {
        const body = story(name, { published: "2026-01-01T00:00:00Z", tags: [`tag ${name}`] });
        const response = await callOnce("PUT", `/api/items/${name}`, body);
        if (response.status === 201) acknowledged.push(name);
        await response.body?.cancel();
      } catch {
        // The connection died with the process: nobody was told that the story was taken.
      }
      if (acknowledged.length >= 80 && !isKilled) {
        isKilled = true;
        await serving.kill();
      }
    };
    const workers = Array.from({ length: 8 }, async (_, worker) => {
      for (const [index, name] of names.entries()) if (index % 8 === worker) await write(name);
    });
    await Promise.all(workers);
    expect(isKilled).toBe(true);
    expect(acknowledged.length).toBeLessThan(500);

    await open();
    const stored = new Set<string>();
    for (let next: string | null = "/api/items"; next !== null; ) {
      const page: { items: readonly { slug: string }[]; next: string | null } = await (await api("GET", next)).json();
      for (const { slug } of page.items) stored.add(slug);
      next = page.next;
    }
    expect(acknowledged.filter((name) => !stored.has(name))).toEqual([]);
    // Whole stories only: each is in its own tag's feed and can be read back.
    const written = [...stored].filter((slug) => slug.startsWith("kill-"));
    // The last ones are those that were under way; of the others some will do.
    for (const name of written.filter((_, index) => index % 10 === 0 || index > written.length - 20)) {
      expect(await get(`/tags/tag-${name}/rss.xml`)).toContain(`2026:${name}`);
      const source = await fetch(`${serving.url}/api/items/${name}`, {
        headers: { authorization: `Bearer ${tokenOf(serving)}`, accept: "text/markdown", connection: "close" },
      });
      expect(await source.text()).toContain(`Text of ${name}.`);
    }
    await eventually(async () => ((await get("/rss.xml")).includes("<item>") ? true : undefined));
  });
});
