import { describe, expect, it } from "vitest";
import { type Files, instant, ORIGIN, site, story } from "../fixtures/publication.ts";
import { serveFiles } from "./support/serve.ts";

const NOW = instant("2026-03-01T00:00:00Z");

const day = (number: number): string => `2026-01-0${number}T00:00:00Z`;

const FILES: Files = {
  "site.yaml": site({
    feedLength: 2,
    feeds: { culture: { title: "Culture", include: { tags: ["film"] }, exclude: { tags: ["gossip"] } } },
  }),
  "a.md": story("a", { tags: ["film"], published: day(1) }),
  "b.md": story("b", { tags: ["film", "gossip"], published: day(2) }),
  "c.md": story("c", { tags: ["film"], published: day(3) }),
  "d.md": story("d", { tags: ["film"], published: day(4) }),
  "e.md": story("e", { tags: ["film"], published: day(5), feeds: false }),
  "f.md": story("f", { published: day(6), feeds: ["culture"] }),
  "g.md": story("g", { tags: ["film"], published: "2026-04-01T00:00:00Z" }),
};

const serve = () => serveFiles(FILES, { now: NOW });

const slugsAt = async (path: string): Promise<readonly string[] | number> => {
  const response = await (await serve()).fetch(path);
  if (response.status !== 200) return response.status;
  const { items } = await response.json<{ items: readonly { url: string }[] }>();
  return items.map(({ url }) => url.replace(/.*\//, ""));
};

describe("a feed that site.yaml names", () => {
  it.each([
    ["/feeds/culture/feed.json", ["f", "d"]],
    ["/summaries/feeds/culture/feed.json", ["f", "d"]],
    ["/feeds/culture/archive/1/feed.json", ["c", "a"]],
    ["/feeds/culture/archive/2/feed.json", ["f", "d"]],
    ["/feeds/culture/archive/3/feed.json", 404],
    ["/feeds/other/feed.json", 404],
    ["/feed.json", ["d", "c"]],
    ["/tags/film/feed.json", ["d", "c"]],
    ["/articles/d/feed.json", ["d"]],
    ["/articles/e/feed.json", 404],
    ["/articles/f/feed.json", 404],
  ] as const)("leaves at %s the stories %j", async (path, expected) => {
    expect(await slugsAt(path)).toEqual(expected);
  });

  it.each(["rss.xml", "atom.xml", "feed.json"])("has a title, an address and links of its own in %s", async (file) => {
    const response = await (await serve()).fetch(`/feeds/culture/${file}`);
    const text = await response.text();
    expect(text).toContain("The Courier: Culture");
    expect(text).toContain(`${ORIGIN}/feeds/culture/${file}`);
    expect(response.headers.get("link")).toContain(`<${ORIGIN}/feeds/culture/archive/2/${file}>; rel="prev-archive"`);
  });

  it("is one that feed readers find on the front page and on the pages of its stories", async () => {
    const served = await serve();
    const names = async (path: string): Promise<boolean> =>
      (await (await served.fetch(path)).text()).includes(`href="${ORIGIN}/feeds/culture/rss.xml"`);
    expect([await names("/"), await names("/articles/d"), await names("/articles/f")]).toEqual([true, true, true]);
    expect([await names("/articles/b"), await names("/articles/e")]).toEqual([false, false]);
  });
});

describe("a story that is in no feed", () => {
  it("has a page, which names no feed of its own, and is on the front page in its place", async () => {
    const served = await serve();
    const page = await (await served.fetch("/articles/e")).text();
    expect(page).toContain("Text of e.");
    expect(page).not.toContain("/articles/e/rss.xml");
    const front = await (await served.fetch("/")).text();
    const links = Array.from(front.matchAll(/<h2[^>]*><a href="[^"]*\/articles\/(\w)"/g), ([, slug]) => slug);
    expect(links).toEqual(["f", "e", "d", "c"]);
  });

  it("leaves no tombstone when it is withdrawn, and its address answers 410", async () => {
    const withdrawn = { at: day(7), reason: "It was untrue." };
    const files = { ...FILES, "e.md": story("e", { published: day(5), feeds: false, withdrawn }) };
    const served = await serveFiles(files, { now: NOW });
    expect(await (await served.fetch("/atom.xml")).text()).not.toContain("courier.example,2026:e");
    for (const path of ["/articles/e", "/articles/e/rss.xml"])
      expect([path, (await served.fetch(path)).status]).toEqual([path, 410]);
  });
});
