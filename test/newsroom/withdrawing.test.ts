import { beforeEach, describe, expect, it } from "vitest";
import { compilePublication } from "../../src/content/publication.ts";
import { GIF, instant, site } from "../fixtures/publication.ts";
import { emptyDatabase, type Office, openOffice, story } from "./newsroom.ts";

const NOW = instant("2026-03-01T12:00:00Z");

let office: Office;
beforeEach(async () => {
  office = await openOffice({ now: NOW, database: await emptyDatabase() });
});

const keys = "id: tag:courier.example,2026:x\ntitle: X\npublished: 2026-01-01T00:00:00Z\n";

describe("a story can be withdrawn", () => {
  it.each([
    ["with ends of lines of Windows", `---\n${keys}---\n\nText.\n`.replaceAll("\n", "\r\n")],
    ["with ends of lines of an old Macintosh", `---\n${keys}---\n\nText.\n`.replaceAll("\n", "\r")],
    ["with a byte order mark", `\uFEFF---\n${keys}---\n\nText.\n`],
    [
      "with a line separator in its title",
      `---\n${keys.replace("title: X", "title: 'X\u2028---\u2028Y'")}---\n\nText.\n`,
    ],
    ["with a rule of dashes in its text", `---\n${keys}---\n\nText.\n\n---\n\nMore.\n`],
    [
      "with its keys in braces",
      `---\n{ id: "tag:courier.example,2026:x", title: X, published: "2026-01-01T00:00:00Z" }\n---\n\nText.\n`,
    ],
    ["with its keys indented", `---\n${keys.replace(/^/gm, "  ").trimEnd()}\n---\n\nText.\n`],
  ])("%s; what is given back compiles to the same", async (_, source) => {
    await office.put("x", source);
    const response = await office.api("DELETE", "/api/items/x?reason=It%20was%20%22wrong%22.");
    expect(response.status).toBe(200);
    expect((await office.fetch("/articles/x")).status).toBe(410);
    expect(await (await office.fetch("/rss.xml")).text()).toContain('It was "wrong".');
    const stored = await (await office.api("GET", "/api/items/x", { headers: { accept: "text/markdown" } })).bytes();
    const { publication } = await compilePublication(
      new Map([
        ["site.yaml", new TextEncoder().encode(site())],
        ["x.md", stored],
      ]),
    );
    expect(publication?.items[0]?.withdrawn).toEqual({ at: NOW, reason: 'It was "wrong".' });
    expect(publication?.items[0]?.html).toContain("Text.");
  });

  it("although what it links to is gone", async () => {
    await office.put("b", story("b"));
    await office.put("a", story("a", {}, "[b](b.md)"));
    await office.api("DELETE", "/api/items/b?purge=true");
    expect((await office.api("DELETE", "/api/items/a?reason=x")).status).toBe(200);
    expect((await office.fetch("/articles/a")).status).toBe(410);
  });

  it("only once", async () => {
    await office.put("x", story("x"));
    const first = await office.api("DELETE", "/api/items/x?reason=First.");
    const second = await office.api("DELETE", "/api/items/x?reason=Second.");
    expect([first.status, second.status]).toEqual([200, 200]);
    expect(await (await office.fetch("/rss.xml")).text()).toContain("First.");
  });
});

describe("a story that is erased", () => {
  it("leaves nothing but its id", async () => {
    await office.api("PUT", "/api/media/matter.gif", { body: GIF });
    const headers = { "idempotency-key": "k", "content-type": "text/markdown" };
    await office.api("PUT", "/api/items/delicate", {
      headers,
      body: story("delicate", { title: "A delicate matter", aliases: ["matter"] }, "![x](media/matter.gif)"),
    });
    const renamed = { id: "tag:courier.example,2026:delicate", slug: "x", aliases: ["delicate"] };
    await office.put("x", story("x", renamed, "![x](media/matter.gif)"));
    expect((await office.api("DELETE", "/api/items/x?purge=true")).status).toBe(204);
    const { results: tables } = await office.database
      .prepare(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT GLOB 'sqlite_*' AND name NOT GLOB '_cf_*'",
      )
      .all<{ name: string }>();
    for (const { name } of tables) {
      const { results } = await office.database.prepare(`SELECT * FROM "${name}"`).all();
      const left = JSON.stringify(results).replaceAll("tag:courier.example,2026:delicate", "");
      expect({ name, left }).toEqual({ name, left: expect.not.stringMatching(/delicate|matter/) });
    }
  });
});

describe("the log, after a story is erased", () => {
  it("says of everything else what it said before", async () => {
    await office.api("PUT", "/api/editors/ann", { body: '{"role":"write"}' });
    await office.put("ann", story("ann"));
    await office.api("DELETE", "/api/items/ann?purge=true");
    const { entries }: { entries: readonly { subject: string }[] } = await (await office.api("GET", "/api/log")).json();
    const id = "tag:courier.example,2026:ann";
    expect(entries.map(({ subject }) => subject)).toEqual([id, id, "ann"]);
  });
});

describe("the files of a story that is erased", () => {
  it("go with it, unless another story uses them", async () => {
    for (const name of ["own", "shared"]) await office.api("PUT", `/api/media/${name}.gif`, { body: GIF });
    const pictures = "![own](media/own.gif) ![shared](media/shared.gif)";
    await office.put("x", story("x", {}, pictures));
    await office.put("y", story("y", { image: { src: "media/shared.gif", alt: "" } }));
    await office.api("DELETE", "/api/items/x?purge=true");
    expect((await office.api("GET", "/api/media/own.gif")).status).toBe(404);
    expect((await office.api("GET", "/api/media/shared.gif")).status).toBe(200);
    expect((await office.fetch("/media/shared.gif")).status).toBe(200);
  });
});

describe("the pictures of the site itself", () => {
  it("can't be replaced through the newsroom", async () => {
    const files = {
      "site.yaml": site({ icon: "media/icon.gif" }),
      "media/icon.gif": Uint8Array.from(atob("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"), (one) =>
        one.charCodeAt(0),
      ),
    };
    const one = await openOffice({ now: NOW, database: office.database, files });
    expect((await one.api("PUT", "/api/media/icon.gif", { body: "x" })).status).toBe(409);
    expect((await one.fetch("/media/icon.gif")).status).toBe(200);
    // A story may show it all the same.
    await one.put("x", story("x", { image: { src: "media/icon.gif", alt: "" } }));
  });
});
