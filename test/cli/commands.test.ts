import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { version } from "../../package.json";
import { build } from "../../src/cli/build.ts";
import { check } from "../../src/cli/check.ts";
import type { Command } from "../../src/cli/command.ts";
import { deploy } from "../../src/cli/deploy.ts";
import { editor } from "../../src/cli/editor.ts";
import { exportStories } from "../../src/cli/export.ts";
import { feedwright } from "../../src/cli/feedwright.ts";
import { hub } from "../../src/cli/hub.ts";
import { init } from "../../src/cli/init.ts";
import { newStory } from "../../src/cli/new.ts";
import { partner } from "../../src/cli/partner.ts";
import { publish } from "../../src/cli/publish.ts";
import { release } from "../../src/cli/release.ts";
import { start } from "../../src/cli/start.ts";
import { startNewsroom } from "../../src/cli/start-newsroom.ts";
import { sync } from "../../src/cli/sync.ts";
import { freePort } from "../end-to-end/workplace.ts";
import { GIF, site, story } from "../fixtures/publication.ts";
import { run } from "./run.ts";
import { useFolder } from "./use-folder.ts";

const printed = useFolder("feedwright-commands-");

const TO = ["--to", "http://localhost:1"];
const port = async () => ["--port", String(await freePort())];

const commands: readonly (readonly [name: string, command: Command])[] = [
  ...([
    ["build", build],
    ["check", check],
    ["deploy", deploy],
    ["editor", editor],
    ["export", exportStories],
    ["hub", hub],
    ["init", init],
  ] as const),
  ...([
    ["new", newStory],
    ["partner", partner],
    ["publish", publish],
    ["release", release],
    ["start", start],
  ] as const),
  ...([
    ["start:newsroom", startNewsroom],
    ["sync", sync],
  ] as const),
];

describe("a command", () => {
  it.each(commands)("says how it is used, and does nothing: %s --help", async (name, command) => {
    for (const args of [["--help"], ["-h"], ["x", "--help"]]) {
      printed.length = 0;
      expect(await run(command, args)).toBe(true);
      expect(printed.join("\n")).toMatch(new RegExp(`^Usage: (npm|npm run|feedwright) ${name}\\b`));
    }
    expect(readdirSync(".")).toEqual([]);
  });

  it("is each of the scripts that has a file of its own", () => {
    const files = readdirSync(join(import.meta.dirname, "../../src/cli")).filter((file) => file.endsWith(".ts"));
    const names = files.map((file) => file.replace(/\.ts$/, "").replace("start-newsroom", "start:newsroom"));
    expect(
      names.filter((name) => !["bin", "command", "feedwright", "polyfills", "progress"].includes(name)).sort(),
    ).toEqual(commands.map(([name]) => name).sort());
  });
});

describe("feedwright", () => {
  it("lists every command, and runs the one that is named", async () => {
    expect(await run(feedwright, [])).toBe(true);
    for (const [name] of commands) expect(printed.join("\n")).toMatch(new RegExp(`^ {2}${name} `, "m"));
    printed.length = 0;
    expect(await run(feedwright, ["new", "--help"])).toBe(true);
    expect(printed.join("\n")).toMatch(/^Usage: npm run new/);
    expect(await run(feedwright, ["constructor"])).toBe(false);
    expect(printed.at(-1)).toMatch(/^There is no command `constructor`\.\nUsage: feedwright COMMAND/);
  });
});

describe("feedwright, asked for something else", () => {
  it("says which command may be meant", async () => {
    expect(await run(feedwright, ["chekc"])).toBe(false);
    expect(printed.at(-1)).toMatch(/^There is no command `chekc`\. Did you mean `check`\?\n/);
  });

  it("says its version, also where workers import another one", async () => {
    mkdirSync("node_modules/feedwright", { recursive: true });
    writeFileSync("node_modules/feedwright/package.json", '{ "name": "feedwright", "version": "0.0.1" }');
    expect(await run(feedwright, ["--version"])).toBe(true);
    expect(printed).toEqual([version]);
  });
});

describe("init", () => {
  const TITLE = ["--title", "x"];
  const URL = ["--url", "https://paper.news"];

  it.each([
    ["no title", ["a", "--title", " ", ...URL], "--title: `title` must not be empty. Write some text."],
    [
      "a control",
      ["a", "--title", "a\u0001", ...URL],
      "--title: The control character U+0001 can't stand in a feed. Delete it.",
    ],
    [
      "another scheme",
      ["a", ...TITLE, "--url", "ftp://a.example"],
      /^--url: `url` must be an absolute http or https URL/,
    ],
    ["a page", ["a", ...TITLE, "--url", "https://a.example/b c?d"], /^--url: `url` must be the site's address only/],
    ["no language", ["a", ...TITLE, ...URL, "--language", "en_US"], /^--language: `language` is no language tag/],
    [
      "several mistakes",
      ["a", "--title", "", "--url", "https://u:p@a.example"],
      /^--url: `url` must not hold a user name.*\n--title: `title` must not be empty/,
    ],
  ])("says which option is wrong, and writes nothing: %s", async (_, args, message) => {
    expect(await run(init, args)).toBe(false);
    const [output = ""] = printed;
    if (typeof message === "string") expect(output).toBe(`${message}\nNothing was written.`);
    else expect(output).toMatch(message);
    expect(output).toMatch(/\nNothing was written\.$/);
    expect(output).not.toContain("site.yaml");
    expect(readdirSync(".")).toEqual([]);
  });

  it.each(["My-Paper", "my paper", "-a", "a-", "a".repeat(53), "/"])("takes no folder %s", async (folder) => {
    expect(await run(init, [...TITLE, ...URL, "--", folder])).toBe(false);
    expect(printed).toEqual([
      expect.stringMatching(/ Name the folder with letters from a to z, digits and -, 52 at most/),
    ]);
  });

  it("says how it is used where the folder has no name", async () => {
    expect(await run(init, ["", ...TITLE, ...URL])).toBe(false);
    expect(printed).toEqual([expect.stringMatching(/^Usage: feedwright init FOLDER/)]);
  });
});

describe("deploy", () => {
  it("says that a folder has no newsroom, before it builds", async () => {
    writeFileSync("wrangler.toml", 'name = "my-paper"\n[[env.newsroom-2.queues.producers]]\n');
    expect(await run(deploy, ["--newsroom"])).toBe(false);
    expect(printed).toEqual([expect.stringMatching(/^wrangler\.toml has no environment `newsroom`\. Take/)]);
  });
});

describe("a command for a newsroom", () => {
  it.each([
    ["sync", sync, TO],
    ["hub", hub, ["status", ...TO]],
    ["editor", editor, ["list", ...TO]],
  ] as const)("says that a short token is none, and does not show it: %s", async (_, command, args) => {
    mkdirSync("content");
    vi.stubEnv("PUBLISH_TOKEN", "my-secret");
    expect(await run(command, args)).toBe(false);
    expect(printed.at(-1)).toBe("PUBLISH_TOKEN has fewer than 32 characters: no newsroom accepts it.");
    expect(printed.join()).not.toContain("my-secret");
  });
});

describe("editor", () => {
  it.each([["end-previews", "ann"], ["add"], ["revoke"], ["list", "ann"], ["hire", "ann"], []])(
    "says how it is used: %s %s",
    async (...args) => {
      expect(await run(editor, [...args.filter((one) => one !== undefined), ...TO])).toBe(false);
      expect(printed.join("\n")).toContain("Usage: npm run editor");
    },
  );
});

const NEED_CONTENT: readonly (readonly [string, Command, () => readonly string[] | Promise<readonly string[]>])[] = [
  ["build", build, () => []],
  ["check", check, () => []],
  ["deploy", deploy, () => ["--dry-run"]],
  ["new", newStory, () => ["A title"]],
  ["publish", publish, () => ["content/x.md", ...TO]],
  ["release", release, () => ["content/x.md"]],
  ["start", start, port],
  ["start:newsroom", startNewsroom, port],
  ["sync", sync, () => TO],
];

describe.each(NEED_CONTENT)("%s", (name, command, args) => {
  it("says in a sentence that content/ is missing", async () => {
    expect(await run(command, await args())).toBe(false);
    expect(printed).toEqual(["There is no folder content/ here. Run the command in the folder above it."]);
  });

  it("says in a sentence that content is a file", async () => {
    writeFileSync("content", "");
    expect(await run(command, await args())).toBe(false);
    expect(printed).toEqual(["content is a file. A folder of that name has to be there."]);
  });

  it("says what is missing in a content/ that is empty", async () => {
    mkdirSync("content");
    expect(await run(command, await args())).toBe(false);
    expect(printed.join("\n")).toMatch(
      name === "publish" || name === "release"
        ? /^There is no file content\/x\.md\. Mend/
        : /There is no content\/site\.yaml\. Add it/,
    );
  });
});

describe("check", () => {
  it("counts drafts apart from what can be published", async () => {
    mkdirSync("content");
    writeFileSync("content/site.yaml", site({ url: "https://courier.news" }));
    writeFileSync("content/a.md", story("a"));
    writeFileSync("content/b.md", story("b", { draft: true }));
    expect(await run(check, [])).toBe(true);
    expect(printed).toEqual(["content/ can be published: 1 story, and 1 draft."]);
  });

  it("says how many drafts have errors, and which named stories have none", async () => {
    write({ "a.md": story("a"), "b.md": story("b"), "broken.md": BROKEN_DRAFT });
    expect(await run(check, [])).toBe(true);
    expect(printed.at(-1)).toBe("content/ can be published: 2 stories; left out: 1 with errors.");
    expect(await run(check, ["content/b.md", "content/a.md"])).toBe(true);
    expect(printed.at(-1)).toBe("No errors in content/b.md, content/a.md.");
  });

  it("warns of a token that opens no API, without showing it, and of no other", async () => {
    mkdirSync("content");
    writeFileSync("content/site.yaml", site({ url: "https://courier.news" }));
    writeFileSync(".dev.vars", 'OTHER=x\nPUBLISH_TOKEN="my-secret"\n');
    writeFileSync(".dev.vars.newsroom", `PUBLISH_TOKEN=${"x".repeat(32)}\n`);
    expect(await run(check, [])).toBe(true);
    expect(printed).toEqual([
      ".dev.vars: PUBLISH_TOKEN has fewer than 32 characters, so it opens no API.",
      expect.stringContaining("can be published"),
    ]);
  });

  it("warns of an address and of ids that a publication has from an example", async () => {
    write({ "a.md": story("a", { id: "tag:feedwright.example,2026:a" }) });
    expect(await run(check, [])).toBe(true);
    expect(printed).toEqual([
      expect.stringContaining("no reader can reach https://courier.example."),
      expect.stringContaining("ids of the sample, which other sites have too, are in 1 story."),
      "content/ can be published: 1 story.",
    ]);
  });

  it.each(["--prot", "a.md", "content/a.txt", "content/media/a.md"])("takes no such argument: %s", async (argument) => {
    expect(await run(check, [argument])).toBe(false);
    expect(printed.join("\n")).toContain("Usage: npm run check");
  });

  it("says which file is missing", async () => {
    write({});
    expect(await run(check, ["content/a.md"])).toBe(false);
    expect(printed).toEqual(["There is no file content/a.md. Mend the name."]);
  });
});

/** Writes a content/ folder with a site.yaml. */
const write = (files: Readonly<Record<string, string>>): void => {
  mkdirSync("content/media", { recursive: true });
  for (const [path, text] of Object.entries({ "site.yaml": site(), ...files })) writeFileSync(`content/${path}`, text);
};

const BROKEN_DRAFT = story("broken", { draft: true, titel: "x" });

describe("a colleague's broken draft", () => {
  const files = { "a.md": story("a"), "broken.md": BROKEN_DRAFT };

  it("gets warnings, and stops neither check nor build", async () => {
    write(files);
    for (const command of [check, build]) {
      printed.length = 0;
      expect(await run(command, [])).toBe(true);
      expect(printed.join("\n")).toMatch(/content\/broken\.md[\s\S]*warning\s+`titel` is not a known key/);
      expect(printed.join("\n")).not.toMatch(/\berror\s/);
      expect(printed.at(-1)).toContain("1 story");
    }
    const built = readFileSync("build/publication.txt", "utf8");
    expect(built).toContain("2026:a");
    expect(built).not.toContain("broken");
  });

  it("is not mentioned by the check of another story", async () => {
    write(files);
    expect(await run(check, ["content/a.md"])).toBe(true);
    expect(printed).toEqual(["No errors in content/a.md."]);
  });

  it("fails its own check", async () => {
    write(files);
    expect(await run(check, ["content/a.md", "content/broken.md"])).toBe(false);
    expect(printed.join("\n")).toMatch(/^content\/broken\.md[\s\S]*error\s+`titel` is not a known key/);
  });

  it("stops no new story, nor does another broken one", async () => {
    write({ ...files, "worse.md": story("worse", { titel: "x" }), "media/x.png": "" });
    expect(await run(newStory, ["Another", "one"])).toBe(true);
    expect(printed).toEqual(["Wrote content/another-one.md"]);
  });
});

describe("the check of one story", () => {
  it.each([
    ["its own error", { "a.md": story("a", { titel: "x" }) }, /`titel` is not a known key/],
    ["an error of site.yaml", { "a.md": story("a"), "site.yaml": site({ titel: "x" }) }, /`titel` is not a known key/],
    ["its own picture", { "a.md": story("a", {}, "![x](media/x.png)"), "media/x.png": "" }, /The file is empty/],
    ["an id of another", { "a.md": story("a"), "0.md": story("a") }, /is used by `content\/0\.md` already/],
  ])("fails by %s", async (_, files, message) => {
    write(files);
    expect(await run(check, ["content/a.md"])).toBe(false);
    expect(printed.join("\n")).toMatch(message);
  });

  it("does not fail by errors and pictures of others", async () => {
    write({ "a.md": story("a"), "b.md": story("b", { titel: "x" }, "![x](media/x.png)"), "media/x.png": "" });
    expect(await run(check, ["content/a.md"])).toBe(true);
    expect(await run(check, [])).toBe(false);
  });
});

describe("new", () => {
  it("gives two titles of one day ids of their own, without letters that readers drop", async () => {
    write({});
    for (const title of ["日本語 ニュース", "中文 新闻"]) expect(await run(newStory, [title])).toBe(true);
    const ids = ["日本語-ニュース", "中文-新闻"].map(
      (name) => /^id: (tag:courier\.example,[\d-]+:[a-z0-9-]+)$/m.exec(readFileSync(`content/${name}.md`, "utf8"))?.[1],
    );
    expect(ids).not.toContain(undefined);
    expect(new Set(ids).size).toBe(2);
    expect(await run(check, [])).toBe(true);
  });

  it("refuses the slug of another story, wherever that lies", async () => {
    mkdirSync("content/world", { recursive: true });
    write({ "world/x.md": story("x", { slug: "a-title" }) });
    expect(await run(newStory, ["A title"])).toBe(false);
    expect(printed).toEqual(["There is a story content/world/x.md already. Choose another title, or edit that one."]);
  });

  it.each(["A title", "a TITLE", "A  title!"])("leaves the file of %j as it is", async (title) => {
    const text = story("a-title");
    write({ "a-title.md": text });
    expect(await run(newStory, [title])).toBe(false);
    expect(readFileSync("content/a-title.md", "utf8")).toBe(text);
  });

  it("writes through no link, and over no file whose slug is another one", async () => {
    const text = story("x", { slug: "another" });
    write({ "a-title.md": text });
    symlinkSync("../elsewhere.md", "content/linked.md");
    for (const title of ["A title", "Linked"]) {
      expect(await run(newStory, [title])).toBe(false);
      expect(printed.at(-1)).toMatch(/^There is a story content\/\S+\.md already\. Choose another title/);
    }
    expect(readFileSync("content/a-title.md", "utf8")).toBe(text);
    expect(existsSync("elsewhere.md")).toBe(false);
  });
});

describe("new, with options", () => {
  const SITE = site({ sections: { world: "World" }, authors: { ana: { name: "Ana" } } });

  it("writes section, tags, author and language into the front matter, wherever they stand", async () => {
    write({ "site.yaml": SITE });
    const args = [
      "--section",
      "world",
      "Ein",
      "Titel",
      "--tags",
      "a b, c",
      "--tags=d",
      "--author=ana",
      "--language",
      "de",
    ];
    expect(await run(newStory, args)).toBe(true);
    const text = readFileSync("content/ein-titel.md", "utf8");
    expect(text).toContain(`
title: Ein Titel
section: world
tags:
  - a b
  - c
  - d
authors:
  - ana
language: de
draft: true
`);
    expect(await run(check, [])).toBe(true);
  });

  it.each([
    [["--section", "wrold"], "`wrold` is no section of site.yaml (it has world). Did you mean `world`?"],
    [["--author", "anna"], "`anna` is no author of site.yaml (it has ana). Did you mean `ana`?"],
    [["--language", "deutsch!"], '`language` is no language tag. Write one such as "en" or "pt-BR" (BCP 47).'],
    [["--tags", "!!"], "The tag `!!` needs letters or digits. Add some."],
    [["--sectoin", "world"], "There is no option `--sectoin`. Did you mean `--section`?"],
    [["--author"], "--author needs a value."],
    [["--tags="], "--tags needs a value."],
  ])("refuses %j, and writes nothing", async (args, message) => {
    write({ "site.yaml": SITE });
    expect(await run(newStory, ["A", "title", ...args])).toBe(false);
    expect(printed.join("\n")).toContain(message);
    expect(readdirSync("content").filter((name) => name.endsWith(".md"))).toEqual([]);
  });

  it("takes a title that begins with a hyphen", async () => {
    write({ "site.yaml": SITE });
    expect(await run(newStory, ["- a dash", "--", "and two"])).toBe(true);
    expect(readFileSync("content/a-dash-and-two.md", "utf8")).toMatch(/^title: .*- a dash -- and two/m);
  });
});

describe("new, beside a site with a picture", () => {
  it("reads it, and trims the title", async () => {
    write({ "site.yaml": site({ icon: "media/x.gif" }) });
    writeFileSync("content/media/x.gif", GIF);
    expect(await run(newStory, [" A", "title "])).toBe(true);
    expect(readFileSync("content/a-title.md", "utf8")).toContain("\ntitle: A title\n");
  });

  it("says the errors of site.yaml only", async () => {
    write({ "site.yaml": site({ titel: "x" }), "media/x.png": "" });
    expect(await run(newStory, ["A title"])).toBe(false);
    expect(printed.join("\n")).toMatch(/^content\/site\.yaml[\s\S]*\nMend the errors above first\.$/);
    expect(printed.join("\n")).not.toContain("x.png");
  });
});

describe("release", () => {
  beforeEach(() => {
    vi.useFakeTimers({ now: Date.parse("2026-06-01T12:00:00.900Z"), toFake: ["Date"] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  const draft = (keys: string): string => `---\nid: tag:example.org,2026:a\ntitle: A\n${keys}---\n\nText.\n`;
  const read = (): string => readFileSync("content/a.md", "utf8");

  it.each([
    ["now", "draft: true\n", [], "published: 2026-06-01T12:00:00Z\n"],
    [
      "now, whenever it was begun",
      "published: 2026-05-01T00:00:00Z\ndraft: true\n",
      [],
      "published: 2026-06-01T12:00:00Z\n",
    ],
    [
      "when its writer wanted it",
      "draft: true\npublished: 2026-07-01T00:00:00Z\n",
      [],
      "published: 2026-07-01T00:00:00Z\n",
    ],
    [
      "when it is told to",
      "draft: true\n",
      ["--at", "2026-07-01T08:00:00+02:00"],
      "published: 2026-07-01T08:00:00+02:00\n",
    ],
    ["if it lacks nothing but the date", "", [], "published: 2026-06-01T12:00:00Z\n"],
  ])("publishes a draft %s", async (_, keys, options, expected) => {
    write({ "a.md": draft(keys), "broken.md": BROKEN_DRAFT, "worse.md": story("worse", { titel: "x" }) });
    expect(await run(release, ["content/a.md", ...options])).toBe(true);
    expect(read().includes("draft")).toBe(false);
    expect(read().split("\n").sort()).toEqual(draft(expected).split("\n").sort());
    expect(printed).toEqual([
      expect.stringMatching(/^content\/a\.md is no draft any longer: published 2026-0[67]-01T/),
    ]);
  });

  it.each([
    ["now", "2026-06-01T12:00:00Z", "It will appear"],
    ["at a time to come", "2026-06-01T12:00:01Z", "It will appear at 2026-06-01T12:00:01Z"],
    ["at a time that has passed", "2026-06-01T11:00:00Z", "It will appear"],
  ])("says when readers see it: %s", async (_, at, when) => {
    vi.setSystemTime(Date.parse("2026-06-01T12:00:00Z"));
    write({ "a.md": draft("draft: true\n") });
    expect(await run(release, ["content/a.md", "--at", ` ${at} `])).toBe(true);
    expect(printed).toEqual([
      `content/a.md is no draft any longer: published ${at}. ${when} once you deploy or send it.`,
    ]);
    expect(read()).toBe(draft(`published: ${at}\n`));
  });

  it("refuses a story that appears at this moment", async () => {
    vi.setSystemTime(Date.parse("2026-06-01T12:00:00Z"));
    write({ "a.md": draft("published: 2026-06-01T12:00:00Z\n") });
    expect(await run(release, ["content/a.md"])).toBe(false);
    expect(printed[0]).toMatch(/is no draft: it appeared at 2026-06-01T12:00:00Z/);
  });

  it("does as it is told, though the writer wanted it later", async () => {
    write({ "a.md": draft("draft: true\npublished: 2026-07-01T00:00:00Z\n") });
    expect(await run(release, ["content/a.md", "--at", "2026-06-15T00:00:00Z"])).toBe(true);
    expect(read()).toBe(draft("published: 2026-06-15T00:00:00Z\n"));
  });

  it("is what the error of a story without a date advises", async () => {
    write({ "a.md": draft("") });
    expect(await run(check, [])).toBe(false);
    expect(printed.join("\n")).toContain("`npm run release -- content/a.md`");
  });

  it.each([
    ["no story", ["content/site.yaml"], /is no story of content\/[\s\S]*Usage: npm run release/],
    ["nothing", [], /^Usage: npm run release/],
    ["two", ["content/a.md", "content/b.md"], /^Usage: npm run release/],
    ["a story that is missing", ["content/b.md"], /^There is no file content\/b\.md/],
    ["a date without a zone", ["content/a.md", "--at", "2026-07-01T08:00:00"], /^--at has no time zone/],
  ])("refuses %s", async (_, args, message) => {
    write({ "a.md": draft("draft: true\n") });
    expect(await run(release, args)).toBe(false);
    expect(printed.join("\n")).toMatch(message);
    expect(read()).toBe(draft("draft: true\n"));
  });

  it.each([
    ["is out already", "published: 2026-05-01T00:00:00Z\n", /is no draft: it appeared at 2026-05-01T00:00:00Z/],
    ["is scheduled already", "published: 2026-07-01T00:00:00Z\n", /is no draft: it will appear at 2026-07-01/],
    ["has an error", "draft: true\ntitel: x\n", /`titel` is not a known key[\s\S]*Mend the errors above first/],
    ["can't be read", "draft: true\ntags: [\n", /Mend the errors above first/],
    [
      "was changed before it appears",
      "draft: true\nupdated: 2026-05-01T00:00:00Z\n",
      /`updated` is before `published`[\s\S]*It would have these errors from 2026-06-01T12:00:00Z on/,
    ],
  ])("refuses a story that %s, and leaves its file alone", async (_, keys, message) => {
    write({ "a.md": draft(keys) });
    expect(await run(release, ["content/a.md"])).toBe(false);
    expect(printed.join("\n")).toMatch(message);
    expect(printed.join("\n")).toContain("Nothing was changed.");
    expect(read()).toBe(draft(keys));
  });
});
