import { parseOpml } from "feedsmith";
import { describe, expect, it } from "vitest";
import { type Files, ORIGIN, site, story } from "../../fixtures/publication.ts";
import { readPage } from "../../pages/read-page.ts";
import { NOW } from "../support/sample-site.ts";
import { serveFiles } from "../support/serve.ts";

const FILES: Files = {
  "site.yaml": site({
    ...{ sections: { world: "The World", quiet: "Quiet" }, authors: { staff: { name: "The Staff" } } },
    feeds: { culture: { title: "Culture & more", include: { tags: ["film"] } } },
  }),
  "old.md": story("old", { published: "2026-01-01T00:00:00Z", tags: ["Old", "Film"], authors: ["staff"] }),
  "new.md": story("new", {
    ...{ published: "2026-02-01T00:00:00Z", tags: ["New <b>"], section: "world", authors: [{ name: "Ann" }, "staff"] },
  }),
  "apart.md": story("apart", { published: "2026-02-02T00:00:00Z", tags: ["Apart"], feeds: ["culture"] }),
  "soon.md": story("soon", { published: "2026-04-01T00:00:00Z", tags: ["Soon"], authors: [{ name: "Eve" }] }),
  "draft.md": story("draft", { draft: true, tags: ["Draft"] }),
  "gone.md": story("gone", { tags: ["Gone"], withdrawn: { at: "2026-02-20T00:00:00Z", reason: "Wrong." } }),
};

/** The feeds that `/opml.xml` lists, by folder, as an independent parser reads it. */
const foldersOf = (text: string): Readonly<Record<string, readonly (readonly [string, string])[]>> => {
  const { body } = parseOpml(text);
  const feeds = (body?.outlines ?? []).map((outline) => [
    outline.outlines === undefined ? "" : (outline.text ?? ""),
    (outline.outlines ?? [outline]).map(({ text: title = "", xmlUrl = "" }): readonly [string, string] => [
      title,
      xmlUrl.replace(ORIGIN, ""),
    ]),
  ]);
  return Object.fromEntries(feeds);
};

const LISTED = {
  "": [["The Courier", "/rss.xml"]],
  Sections: [
    ["The Courier: The World", "/sections/world/rss.xml"],
    ["The Courier: Quiet", "/sections/quiet/rss.xml"],
  ],
  "More feeds": [["The Courier: Culture & more", "/feeds/culture/rss.xml"]],
  Tags: [
    ["The Courier: New <b>", "/tags/new-~3c~b~3e~/rss.xml"],
    ["The Courier: Old", "/tags/old/rss.xml"],
    ["The Courier: Film", "/tags/film/rss.xml"],
  ],
  Authors: [
    ["The Courier: Ann", "/authors/ann/rss.xml"],
    ["The Courier: The Staff", "/authors/staff/rss.xml"],
  ],
};

describe("/opml.xml", () => {
  it("lists every feed, the newest tags first, and no name that only hidden stories have", async () => {
    const { fetch } = await serveFiles(FILES, { now: NOW });
    const response = await fetch("/opml.xml");
    expect(response.headers.get("content-type")).toBe("text/x-opml; charset=utf-8");
    const folders = foldersOf(await response.text());
    expect(folders).toEqual(LISTED);
    for (const [, path] of Object.values(folders).flat())
      expect([path, (await fetch(path)).status]).toEqual([path, 200]);
  });

  it("answers 304 to whoever has it, and another tag once there is another tag", async () => {
    const { fetch, clock } = await serveFiles(FILES, { now: NOW });
    const etag = (await fetch("/opml.xml")).headers.get("etag") ?? "";
    const again = () => fetch("/opml.xml", { headers: { "if-none-match": etag } });
    expect((await again()).status).toBe(304);
    clock.now = Date.parse("2026-04-01T00:00:00Z");
    const later = await again();
    expect(later.status).toBe(200);
    expect(foldersOf(await later.text()).Tags?.[0]).toEqual(["The Courier: Soon", "/tags/soon/rss.xml"]);
  });
});

describe("/subscribe", () => {
  it("lists the same feeds as /opml.xml, each with its address to copy and the readers that add it", async () => {
    const { fetch } = await serveFiles(FILES, { now: NOW });
    const page = await readPage(await (await fetch("/subscribe")).text());
    const urls = page.flatMap(({ name, attributes }) => (name === "input" ? [attributes.value] : []));
    const listed = Object.values(LISTED).flat();
    expect(urls).toEqual(listed.map(([, path]) => ORIGIN + path));
    const hrefs = page.flatMap(({ name, attributes }) => (name === "a" ? [attributes.href ?? ""] : []));
    for (const url of urls.map((one) => one ?? ""))
      for (const link of [
        ...["https://feedly.com/i/subscription/feed%2F", "https://www.inoreader.com/?add_feed="],
        ...["https://www.newsblur.com/?url=", "https://feedbin.com/?subscribe="],
        "https://theoldreader.com/feeds/subscribe?url=",
      ])
        expect(hrefs).toContain(link + encodeURIComponent(url));
    expect(hrefs).toContain(`${ORIGIN}/opml.xml`);
    const ids = page.flatMap(({ attributes }) => attributes.id ?? []);
    expect(new Set(ids).size).toBe(ids.length);
    const labels = page.flatMap(({ name, attributes }) => (name === "label" ? [attributes.for] : []));
    expect(labels).toEqual(page.flatMap(({ name, attributes }) => (name === "input" ? [attributes.id] : [])));
    expect(page.filter(({ name }) => name === "button").every(({ attributes }) => "hidden" in attributes)).toBe(true);
  });

  it("says when a feed was last new, as far as it is known", async () => {
    const { fetch } = await serveFiles(FILES, { now: NOW });
    const page = await readPage(await (await fetch("/subscribe")).text());
    const summaries = page.flatMap(({ name }, index) =>
      name === "summary"
        ? [[page[index + 1]?.text, page.slice(index, index + 4).find((element) => element.name === "time")?.text]]
        : [],
    );
    expect(summaries.slice(0, 4)).toEqual([
      ["The World", "February 1, 2026, 12:00 AM"],
      ["Quiet", undefined],
      ["Culture & more", "February 2, 2026, 12:00 AM"],
      ["New <b>", "February 1, 2026, 12:00 AM"],
    ]);
  });

  it("lists the 200 tags with the newest stories, and says so if there are more", async () => {
    const tagged = (count: number): Files =>
      Object.fromEntries(
        Array.from({ length: count }, (_, index) => [
          `s${index}.md`,
          story(`s${index}`, { published: new Date(NOW - (index + 1) * 1000).toISOString(), tags: [`t${index}`] }),
        ]),
      );
    const sizes = [];
    for (const count of [200, 201]) {
      const { fetch } = await serveFiles(tagged(count), { now: NOW });
      const text = await (await fetch("/subscribe")).text();
      const tags = Array.from(text.matchAll(/value="[^"]*\/tags\/(t\d+)\/rss\.xml"/g), ([, tag]) => tag);
      sizes.push([tags.length, tags[0], tags.at(-1), text.includes("Only those with the newest stories are listed.")]);
    }
    expect(sizes).toEqual([
      [200, "t0", "t199", false],
      [200, "t0", "t199", true],
    ]);
  });

  it("loses a tag when its last story expires, and no cache keeps it longer", async () => {
    const expires = new Date(NOW + 60_000).toISOString();
    const { fetch, clock } = await serveFiles(
      { "a.md": story("a", { tags: ["Brief"], expires }), "b.md": story("b", { tags: ["Lasting"] }) },
      { now: NOW },
    );
    const before = await fetch("/subscribe");
    expect(before.headers.get("cache-control")).toBe("public, max-age=60, stale-while-revalidate=0, stale-if-error=0");
    expect(await before.text()).toContain("/tags/brief/");
    clock.now = NOW + 60_000;
    const after = await (await fetch("/subscribe")).text();
    expect([after.includes("/tags/brief/"), after.includes("/tags/lasting/")]).toEqual([false, true]);
  });

  it("has only the main feed if there is nothing else", async () => {
    const { fetch } = await serveFiles({}, { now: NOW });
    const page = await readPage(await (await fetch("/subscribe")).text());
    expect(page.filter(({ name }) => name === "input")).toHaveLength(1);
    expect(page.filter(({ name }) => name === "h2").map(({ text }) => text)).toEqual(["All stories"]);
    expect(foldersOf(await (await fetch("/opml.xml")).text())).toEqual({ "": [["The Courier", "/rss.xml"]] });
  });
});
