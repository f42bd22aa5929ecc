import { beforeAll, describe, expect, it } from "vitest";
import { GIF, instant, ORIGIN } from "../fixtures/publication.ts";
import { emptyDatabase, type Office, openOffice, story } from "./newsroom.ts";

const NOW = instant("2026-03-01T12:00:00Z");

interface Page {
  readonly items: readonly { readonly slug: string; readonly etag: string; readonly state: string }[];
  readonly next: string | null;
}

let office: Office;
beforeAll(async () => {
  office = await openOffice({ now: NOW, database: await emptyDatabase() });
  for (let index = 0; index < 7; index++) await office.put(`s${index}`, story(`s${index}`, { draft: index === 3 }));
  await office.api("DELETE", "/api/items/s5?reason=Wrong.");
});

describe("the list of stories", () => {
  it("is read page by page, each story once, in the order in which they came", async () => {
    const slugs: string[] = [];
    let pages = 0;
    for (let next: string | null = "/api/items?limit=3"; next !== null; pages++) {
      const page: Page = await (await office.api("GET", next)).json();
      slugs.push(...page.items.map(({ slug }) => slug));
      next = page.next;
    }
    expect(slugs).toEqual(["s0", "s1", "s2", "s3", "s4", "s5", "s6"]);
    expect(pages).toBe(3);
  });

  it("tells how each story stands, and its tag", async () => {
    const { items }: Page = await (await office.api("GET", "/api/items")).json();
    expect(items.map(({ state }) => state)).toEqual([
      ...["published", "published", "published", "draft", "published", "withdrawn", "published"],
    ]);
    const one = await office.api("GET", "/api/items/s0");
    expect(items[0]?.etag).toBe(one.headers.get("etag"));
  });

  it.each(["?limit=0", "?limit=-1", "?limit=x", "?after=x", "?limit=99999999999999999999", "?after=%27%3B--"])(
    "is not put off by %s",
    async (query) => {
      expect((await office.api("GET", `/api/items${query}`)).status).toBe(200);
    },
  );
});

describe("a story", () => {
  it("is not sent again to who has it, in the same form", async () => {
    // As JSON it tells how the story stands, which the tag of what is stored does not know.
    for (const [accept, status] of [
      ["application/json", 200],
      ["text/markdown", 304],
    ] as const) {
      const first = await office.api("GET", "/api/items/s0", { headers: { accept } });
      const etag = first.headers.get("etag") ?? "";
      expect(etag).toMatch(/^"/);
      const again = await office.api("GET", "/api/items/s0", { headers: { accept, "if-none-match": etag } });
      expect(again.status).toBe(status);
    }
  });

  it("has its addresses on the site's own origin", async () => {
    const text = await (await office.api("GET", "/api/items/s0")).text();
    expect(text).toContain(`${ORIGIN}/articles/s0`);
    expect(text).not.toContain("feedwright.invalid");
  });

  it("is answered to HEAD without a body", async () => {
    const head = await office.api("HEAD", "/api/items/s0");
    expect([head.status, await head.text()]).toEqual([200, ""]);
  });
});

describe("the media files", () => {
  it("are listed, and given back to editors whether or not readers see them", async () => {
    await office.api("PUT", "/api/media/b%20c.gif", { body: GIF });
    await office.api("PUT", "/api/media/folder/a.gif", { body: GIF });
    const digest = Buffer.from(await crypto.subtle.digest("SHA-256", GIF)).toString("hex");
    const facts = { type: "image/gif", length: GIF.length, digest, width: 1, height: 1 };
    expect(await (await office.api("GET", "/api/media")).json()).toEqual({
      media: [
        { path: "media/b c.gif", ...facts },
        { path: "media/folder/a.gif", ...facts },
      ],
      next: null,
    });
    expect(await (await office.api("GET", "/api/media/folder/a.gif")).bytes()).toEqual(GIF);
    expect((await office.fetch("/media/folder/a.gif")).status).toBe(404);
    await office.put("picture", story("picture", { image: { src: "media/folder/a.gif", alt: "" } }));
    expect(await (await office.fetch("/media/folder/a.gif")).bytes()).toEqual(GIF);
    expect((await office.api("GET", "/api/media/none.gif")).status).toBe(404);
  });
});

describe("the log", () => {
  it("is read page by page, the latest first", async () => {
    const { entries }: { entries: readonly { number: number; action: string }[] } = await (
      await office.api("GET", "/api/log")
    ).json();
    const numbers = entries.map(({ number }) => number);
    expect(numbers).toEqual(numbers.toSorted((a, b) => b - a));
    const older: { entries: readonly { number: number }[] } = await (
      await office.api("GET", `/api/log?before=${numbers[2]}`)
    ).json();
    expect(older.entries.map(({ number }) => number)).toEqual(numbers.slice(3));
  });
});
