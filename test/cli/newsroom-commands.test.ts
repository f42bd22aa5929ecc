import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { describe, expect, it } from "vitest";
import type { Command } from "../../src/cli/command.ts";
import { editor } from "../../src/cli/editor.ts";
import { exportStories } from "../../src/cli/export.ts";
import { hub } from "../../src/cli/hub.ts";
import { publish } from "../../src/cli/publish.ts";
import { sync } from "../../src/cli/sync.ts";
import { sha256 } from "../../src/lib/sha256.ts";
import { GIF, site, story } from "../fixtures/publication.ts";
import { refusal } from "./newsroom/fake-newsroom.ts";
import { type NewsroomServer, type ServedRequest, serveNewsroom } from "./newsroom/newsroom-server.ts";
import { run } from "./run.ts";
import { useFolder } from "./use-folder.ts";

// The commands as they are run, against a newsroom that answers as the test says.

const printed = useFolder("feedwright-newsroom-commands-");

const json = (value: unknown, init?: ResponseInit): Response => Response.json(value, init);

const lineOf = ({ method, path }: ServedRequest): string => `${method} ${path}`;

/** Serves a newsroom that has an answer for some requests, as `GET /api/items`, and refuses all others. */
const serve = (answers: Readonly<Record<string, () => Response>>): Promise<NewsroomServer> =>
  serveNewsroom((request) => answers[lineOf(request)]?.() ?? refusal(404, "There is no such thing."));

const write = (files: Readonly<Record<string, string | Uint8Array>>): void => {
  for (const [path, file] of Object.entries({ "site.yaml": site(), ...files })) {
    mkdirSync(dirname(`content/${path}`), { recursive: true });
    writeFileSync(`content/${path}`, file);
  }
};

describe("npm run editor", () => {
  const to = (server: NewsroomServer): readonly string[] => ["--to", server.url];

  it("lists the editors", async () => {
    await using server = await serve({ "GET /api/editors": () => json({ editors: [{ name: "ann", role: "write" }] }) });
    expect(await run(editor, ["list", ...to(server)])).toBe(true);
    expect(JSON.parse(printed.join(""))).toEqual({ editors: [{ name: "ann", role: "write" }] });
  });

  it("adds an editor, and shows the token", async () => {
    await using server = await serve({ "PUT /api/editors/j%C3%B6rg": () => json({ token: "abc" }, { status: 201 }) });
    expect(await run(editor, ["add", "jörg", "publish", ...to(server)])).toBe(true);
    expect(printed).toEqual(["jörg may publish. The token, shown this once:\nabc"]);
    expect(server.requests.map(({ body }) => body)).toEqual(['{"role":"publish"}']);
  });

  it("revokes an editor", async () => {
    await using server = await serve({ "DELETE /api/editors/ann": () => new Response(null, { status: 204 }) });
    expect(await run(editor, ["revoke", "ann", ...to(server)])).toBe(true);
    expect(printed).toEqual(["ann is revoked, from now on."]);
  });

  it("ends all preview links", async () => {
    await using server = await serve({ "DELETE /api/previews": () => new Response(null, { status: 204 }) });
    expect(await run(editor, ["end-previews", ...to(server)])).toBe(true);
    expect(printed).toEqual(["All preview links have ended, from now on."]);
    expect(server.requests.map(lineOf)).toEqual(["DELETE /api/previews"]);
  });

  it("names an editor whose name has a slash", async () => {
    await using server = await serve({ "DELETE /api/editors/a%2Fb%3F": () => new Response(null, { status: 204 }) });
    expect(await run(editor, ["revoke", "a/b?", ...to(server)])).toBe(true);
  });

  it.each([["list"], ["add", "ann", "write"], ["revoke", "ann"]])(
    "fails if %s is refused, and says why",
    async (...args) => {
      await using server = await serve({});
      expect(await run(editor, [...args, ...to(server)])).toBe(false);
      expect(printed).toEqual([expect.stringMatching(/(?:^|: )404 There is no such thing\.$/)]);
    },
  );

  it.each([[], ["hire", "ann"], ["add"], ["revoke"], ["--as", "ann"]])("says its usage: %s", async (...args) => {
    await using server = await serve({});
    expect(await run(editor, [...args, ...to(server)])).toBe(false);
    expect(printed.join("\n")).toContain("Usage: npm run editor");
    expect(server.requests).toEqual([]);
  });
});

describe("npm run hub", () => {
  const TOPIC = "https://courier.example/rss.xml";
  const CALLBACK = "https://reader.example/?a=1&b=2";
  const to = (server: NewsroomServer): readonly string[] => ["--to", server.url];
  const query = new URLSearchParams({ topic: TOPIC });
  const queryOfOne = new URLSearchParams({ topic: TOPIC, callback: CALLBACK });

  it("shows topics, page by page, with the deliveries that fail", async () => {
    const failure = { callback: CALLBACK, attempts: 3, since: "S", next: "N", reason: "it answers 500" };
    const first = { topic: TOPIC, subscribers: 2, pending: 1, lastDelivery: "L", failures: [failure] };
    const second = { topic: "https://courier.example/atom.xml", subscribers: 1, pending: 0, failures: [] };
    await using server = await serve({
      "GET /api/subscriptions": () => json({ topics: [first], next: "/api/subscriptions?after=x" }),
      "GET /api/subscriptions?after=x": () => json({ topics: [second], next: null }),
    });
    expect(await run(hub, ["status", ...to(server)])).toBe(true);
    expect(printed).toEqual([
      TOPIC,
      "  subscribers: 2, deliveries to be made: 1, last delivery: L",
      `  ${CALLBACK}: it answers 500; failures: 3 since S, again at N`,
      "https://courier.example/atom.xml",
      "  subscribers: 1, deliveries to be made: 0, last delivery: none yet",
    ]);
  });

  it("says that nobody has subscribed", async () => {
    await using server = await serve({ "GET /api/subscriptions": () => json({ topics: [], next: null }) });
    expect(await run(hub, ["status", ...to(server)])).toBe(true);
    expect(printed).toEqual(["Nobody has subscribed."]);
  });

  it.each([
    [["drop", TOPIC], `DELETE /api/subscriptions?${query}`, { dropped: 3 }, "Subscriptions ended: 3."],
    [["drop", TOPIC, CALLBACK], `DELETE /api/subscriptions?${queryOfOne}`, { dropped: 1 }, "Subscriptions ended: 1."],
    [
      ["replay", TOPIC, CALLBACK],
      `POST /api/subscriptions?${queryOfOne}`,
      { replayed: 1 },
      "Subscribers that get the last edition again: 1.",
    ],
    [["drop", TOPIC], `DELETE /api/subscriptions?${query}`, { dropped: 0 }, "Subscriptions ended: 0."],
    [["replay", TOPIC], `POST /api/subscriptions?${query}`, { replayed: 0 }, "No delivery has failed."],
  ])("does what %s says", async (args, request, answer, line) => {
    await using server = await serve({ [request]: () => json(answer) });
    expect(await run(hub, [...args, ...to(server)])).toBe(true);
    expect(printed).toEqual([line]);
  });

  it("fails if it is refused", async () => {
    await using server = await serve({});
    expect(await run(hub, ["drop", TOPIC, ...to(server)])).toBe(false);
    expect(printed).toEqual(["hub: 404 There is no such thing."]);
  });

  it("says how to open the API where there is none", async () => {
    await using server = await serveNewsroom(() => refusal(404, "There is nothing at this address."));
    expect(await run(hub, ["status", ...to(server)])).toBe(false);
    expect(printed.join("\n")).toMatch(/\nSet PUBLISH_TOKEN on the worker, and name the built-in hub/);
  });

  it.each([[], ["stat"], ["status", "x"], ["drop"], ["replay"], ["drop", TOPIC, CALLBACK, "x"]])(
    "says its usage: %s",
    async (...args) => {
      await using server = await serve({});
      expect(await run(hub, [...args, ...to(server)])).toBe(false);
      expect(printed.join("\n")).toContain("Usage: npm run hub");
      expect(server.requests).toEqual([]);
    },
  );
});

const MISSING = { slug: "b", id: "tag:b", path: "b.md", digest: "", etag: '"7"', state: "published" };
const KNOWN = { ...MISSING, slug: "a", id: "tag:courier.example,2026:a", path: "a.md", etag: '"3"' };

const PICTURED = { "a.md": story("a", {}, "![x](media/x.gif)"), "media/x.gif": GIF };
const LISTS = {
  "GET /api/items": () => json({ items: [KNOWN], next: "/api/items?after=1" }),
  "GET /api/items?after=1": () => json({ items: [MISSING], next: null }),
  "GET /api/items?refused": () => json({ items: [], next: null }),
  "GET /api/media": () => json({ media: [], next: null }),
};
const READS = ["GET /api/items", "GET /api/items?after=1", "GET /api/items?refused"];
const PUT_A = "PUT /api/items/a?path=a.md";
const PUT_PICTURE = "PUT /api/media/x.gif";
const WITHDRAW_B = "DELETE /api/items/b?reason=It+was+wrong.";
const ok = (): Response => json({});
const CALLS: Readonly<Record<string, () => Response>> = { [PUT_A]: ok, [PUT_PICTURE]: ok, [WITHDRAW_B]: ok };

describe("npm run sync", () => {
  const args = (server: NewsroomServer): readonly string[] => [
    ...["--to", server.url, "--yes", "--withdraw-missing", "It was wrong."],
  ];

  it("sends pictures, then stories, then withdraws, each in the version that it knows", async () => {
    write(PICTURED);
    await using server = await serve({ ...LISTS, ...CALLS });
    expect(await run(sync, args(server))).toBe(true);
    expect(printed.at(-1)).toBe("Done.");
    const writes = server.requests.filter(({ method }) => method !== "GET");
    expect(writes.map(lineOf)).toEqual([PUT_PICTURE, PUT_A, WITHDRAW_B]);
    expect(writes.map(({ headers }) => headers["if-match"])).toEqual([undefined, '"3"', '"7"']);
    expect(writes[1]).toMatchObject({ body: PICTURED["a.md"], headers: { "content-type": "text/markdown" } });
  });

  it.each([[PUT_PICTURE], [PUT_A], [WITHDRAW_B]])("goes on if %s is refused, and fails in the end", async (refused) => {
    write(PICTURED);
    await using server = await serve({ ...LISTS, ...CALLS, [refused]: () => refusal(409, "Not so.") });
    expect(await run(sync, args(server))).toBe(false);
    expect(server.requests.map(lineOf)).toEqual(expect.arrayContaining(Object.keys(CALLS)));
    expect(printed.at(-1)).toBe("Some were refused: see above.");
    expect(printed.at(-2)).toContain(": 409 Not so.");
  });

  it("sends no picture that no story uses, withdraws nothing unasked, and says what is wrong with drafts", async () => {
    write({
      ...{ ...PICTURED, "media/unused.gif": GIF },
      "draft.md": story("draft", { draft: true, titel: "x" }),
    });
    await using server = await serve({ ...LISTS, ...CALLS });
    expect(await run(sync, ["--to", server.url, "--yes"])).toBe(true);
    const writes = server.requests.filter(({ method }) => method !== "GET");
    expect(writes.map(lineOf)).toEqual([PUT_PICTURE, PUT_A]);
    expect(printed[0]).toMatch(/^content\/draft\.md[\s\S]*warning\s+`titel` is not a known key/);
  });

  it.each(["", " "])("wants a reason for readers: `%s` is none", async (reason) => {
    write({});
    await using server = await serve(LISTS);
    expect(await run(sync, ["--to", server.url, "--yes", "--withdraw-missing", reason])).toBe(false);
    expect(printed[0]).toMatch(/^Say why, in a sentence for readers\.\nUsage: npm run sync/);
    expect(server.requests).toEqual([]);
  });

  it("brings back what was withdrawn in the newsroom only if it is told to", async () => {
    write({ "a.md": story("a") });
    const items = [{ ...KNOWN, state: "withdrawn" }];
    await using server = await serve({ ...LISTS, ...CALLS, "GET /api/items": () => json({ items, next: null }) });
    const writes = () => server.requests.filter(({ method }) => method !== "GET").map(lineOf);
    expect(await run(sync, ["--to", server.url, "--yes"])).toBe(true);
    expect(writes()).toEqual([]);
    expect(await run(sync, ["--to", server.url, "--yes", "--bring-back"])).toBe(true);
    expect(writes()).toEqual([PUT_A]);
  });

  it("only reads without --yes", async () => {
    write(PICTURED);
    await using server = await serve(LISTS);
    expect(await run(sync, ["--to", server.url])).toBe(true);
    expect(printed.at(-1)).toBe("Nothing was sent. Add --yes to do it.");
    expect(server.requests.map(lineOf)).toEqual(READS);
  });

  it("sends nothing that the newsroom has", async () => {
    const text = story("a");
    write({ "a.md": text });
    await using server = await serve({
      ...LISTS,
      "GET /api/items": () => json({ items: [{ ...KNOWN, digest: sha256(text) }], next: null }),
    });
    expect(await run(sync, ["--to", server.url, "--yes"])).toBe(true);
    expect(server.requests.map(lineOf)).toEqual(["GET /api/items", "GET /api/items?refused"]);
  });

  it("fails before it sends anything if a page of the list is refused", async () => {
    write(PICTURED);
    await using server = await serve({ ...LISTS, ...CALLS, "GET /api/items?after=1": () => refusal(401, "Who?") });
    expect(await run(sync, args(server))).toBe(false);
    expect(server.requests.map(lineOf)).toEqual(["GET /api/items", "GET /api/items?after=1"]);
  });
});

describe("npm run publish", () => {
  const FIND = "GET /api/items/a";
  const found = () => json({ id: KNOWN.id }, { headers: { etag: '"5"' } });
  const args = (server: NewsroomServer): readonly string[] => ["content/a.md", "--to", server.url];

  it("sends the story with its picture, in the version that the newsroom has", async () => {
    write({ ...PICTURED, "other.md": story("other"), "media/other.gif": GIF });
    await using server = await serve({ ...LISTS, ...CALLS, [FIND]: found });
    expect(await run(publish, args(server))).toBe(true);
    expect(printed).toEqual(["published a.md"]);
    expect(server.requests.map(lineOf)).toEqual(["GET /api/media", PUT_PICTURE, FIND, PUT_A]);
    expect(server.requests.at(-1)?.headers["if-match"]).toBe('"5"');
  });

  it("sends no picture of site.yaml, which is deployed with the site", async () => {
    write({
      "site.yaml": site({ icon: "media/icon.gif" }),
      "a.md": story("a", {}, "![x](media/x.gif) ![y](media/icon.gif)"),
      ...{ "media/x.gif": GIF, "media/icon.gif": GIF },
    });
    await using server = await serve({ ...LISTS, ...CALLS, [FIND]: found });
    expect(await run(publish, args(server))).toBe(true);
    expect(server.requests.map(lineOf)).toEqual(["GET /api/media", PUT_PICTURE, FIND, PUT_A]);
  });

  it("fails if one of two is refused", async () => {
    write({ "a.md": story("a"), "b.md": story("b") });
    await using server = await serve({ ...LISTS, ...CALLS });
    expect(await run(publish, ["content/b.md", ...args(server)])).toBe(false);
    expect(printed).toEqual(["content/b.md: 404 There is no such thing.", "published a.md"]);
  });

  it("sends a new story without a version", async () => {
    write(PICTURED);
    await using server = await serve({ ...LISTS, ...CALLS });
    expect(await run(publish, args(server))).toBe(true);
    expect(server.requests.at(-1)?.headers).not.toHaveProperty("if-match");
  });

  it.each([
    [PUT_PICTURE, ["content/media/x.gif: 409 Not so.", "published a.md"]],
    [PUT_A, ["content/a.md: 409 Not so."]],
  ])("fails if %s is refused", async (refused, lines) => {
    write(PICTURED);
    await using server = await serve({ ...LISTS, ...CALLS, [refused]: () => refusal(409, "Not so.") });
    expect(await run(publish, args(server))).toBe(false);
    expect(printed).toEqual(lines);
  });
});

describe("npm run export", () => {
  const text = (body: string) => () => new Response(body);
  const answers = {
    ...LISTS,
    "GET /api/media": () => json({ media: [{ path: "media/x y.gif", digest: "" }], next: null }),
    "GET /api/items/a": text("A"),
    "GET /api/items/b": text("B"),
    "GET /api/media/x%20y.gif": text("picture"),
  };

  it("writes every page of stories and media into a folder", async () => {
    await using server = await serve(answers);
    expect(await run(exportStories, ["--from", server.url])).toBe(true);
    expect(["a.md", "b.md", "media/x y.gif"].map((path) => readFileSync(`export/${path}`, "utf8"))).toEqual([
      ...["A", "B", "picture"],
    ]);
    expect(server.requests.at(-1)?.headers.accept).toBe("text/markdown, */*;q=0.1");
  });

  it("fails if a file is refused, and writes the others", async () => {
    await using server = await serve({ ...answers, "GET /api/items/a": () => refusal(500, "No.") });
    expect(await run(exportStories, ["--from", server.url, "--into", "out"])).toBe(false);
    expect(printed).toEqual(["a.md: 500 No.", "2 of 3 files are in out/. Of the others see above."]);
    expect(["a.md", "b.md"].map((path) => existsSync(`out/${path}`))).toEqual([false, true]);
  });

  it("fails if half a list is refused, so that nobody takes a part for the whole", async () => {
    await using server = await serve({ ...answers, "GET /api/items?after=1": () => refusal(403, "No.") });
    expect(await run(exportStories, ["--from", server.url])).toBe(false);
    expect(printed).toEqual([`${server.url}/api/items: 403 No.`]);
  });
});

it.each<[string, Command]>([
  ["editor", editor],
  ["hub", hub],
  ["sync", sync],
])("npm run %s refuses to send the token in clear", async (name, command) => {
  const args = { editor: ["list"], hub: ["status"] }[name] ?? [];
  expect(await run(command, [...args, "--to", "http://courier.example"])).toBe(false);
  expect(printed).toEqual(["Send your token by https only, not to http://courier.example."]);
});
