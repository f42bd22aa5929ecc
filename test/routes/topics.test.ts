import { waitUntil } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import { createSite, type Site } from "../../src/routes/site.ts";
import { editionOf, etagOfTopic, isTopic, publicTopics } from "../../src/routes/topics.ts";
import { openBundled } from "../../src/store/bundled/bundled-store.ts";
import { compileText, type Files, ORIGIN, site as siteYaml, story } from "../fixtures/publication.ts";
import { NOW, sampleFiles } from "./support/sample-site.ts";
import { assetsOf } from "./support/serve.ts";

const siteOf = async (files: Files): Promise<Site> => {
  const store = openBundled(await compileText(files), "", { id: "one", at: NOW });
  return createSite({ store, assets: assetsOf({}), now: () => NOW, waitUntil });
};

let site: Site;
beforeAll(async () => {
  site = await siteOf(sampleFiles);
});

describe("a topic", () => {
  it.each([
    "/rss.xml",
    "/summaries/feed.json",
    "/tags/news/atom.xml",
    "/tags/caf%C3%A9/rss.xml",
    "/tags/of-no-story/rss.xml",
    "/feeds/culture/rss.xml",
    "/articles/visible/rss.xml",
  ])("may have the path %s", (path) => {
    expect(isTopic(ORIGIN + path, ORIGIN)).toBe(true);
  });

  it.each([
    ["a URL of another site", "https://elsewhere.example/rss.xml"],
    ["a URL with another scheme", "http://courier.example/rss.xml"],
    ["a URL whose host begins like ours", `${ORIGIN}.example/rss.xml`],
    ["the URL of a page", `${ORIGIN}/articles/visible`],
    ["the URL of the negotiated feed", `${ORIGIN}/feed`],
    ["the URL of an archive page", `${ORIGIN}/archive/1/rss.xml`],
    ["a URL with a query", `${ORIGIN}/rss.xml?a=b`],
    ["a URL with a fragment", `${ORIGIN}/rss.xml#a`],
    ["a URL in another spelling", `${ORIGIN}/rss%2Exml`],
    ["a URL with dot segments", `${ORIGIN}/tags/../rss.xml`],
    ["a path", "/rss.xml"],
    ["a text that is no URL", `${ORIGIN}/\0`],
  ])("is not %s", (_, text) => {
    expect(isTopic(text, ORIGIN)).toBe(false);
  });
});

describe("the edition of a topic", () => {
  const kindOf = async (path: string, etag?: string) => (await editionOf(site)(ORIGIN + path, etag)).kind;

  it.each([
    ["/rss.xml", "changed"],
    ["/tags/news/atom.xml", "changed"],
    ["/tags/nothing/atom.xml", "missing"],
    ["/articles/formerly/rss.xml", "missing"],
    ["/articles/embargoed/rss.xml", "missing"],
    ["/articles/expired/rss.xml", "gone"],
    ["/articles/withdrawn/rss.xml", "gone"],
  ])("%s is %s", async (path, kind) => {
    expect(await kindOf(path)).toBe(kind);
    expect((await etagOfTopic(site, ORIGIN + path)) !== undefined).toBe(kind === "changed");
  });

  it("is the same as long as its entity tag is", async () => {
    expect(await kindOf("/rss.xml", await etagOfTopic(site, `${ORIGIN}/rss.xml`))).toBe("same");
    expect(await kindOf("/rss.xml", 'W/"another"')).toBe("changed");
  });
});

describe("a topic whose tag had another key until 0.2", () => {
  const old = `${ORIGIN}/summaries/tags/c/rss.xml`;

  it("has the edition of the new one, so that who subscribed to it goes on getting stories", async () => {
    const renamed = await siteOf({ "a.md": story("a", { tags: ["C++"] }) });
    const etag = await etagOfTopic(renamed, `${ORIGIN}/summaries/tags/c~plus-plus~/rss.xml`);
    expect(etag).toBeDefined();
    expect(await etagOfTopic(renamed, old)).toBe(etag);
    expect((await editionOf(renamed)(old, etag)).kind).toBe("same");
    const lookup = await editionOf(renamed)(old, undefined);
    expect(lookup.kind === "changed" && new TextDecoder().decode(lookup.edition.body)).toContain(
      "/summaries/tags/c~plus-plus~/rss.xml",
    );
  });

  it("is missing as long as nobody may know of the tag", async () => {
    const hidden = await siteOf({ "a.md": story("a", { tags: ["C++"], draft: true }) });
    expect((await editionOf(hidden)(old, undefined)).kind).toBe("missing");
  });
});

describe("the topics for external hubs", () => {
  it("are the main feed, also as summaries, the named feeds, and the feeds of the scopes of its stories, in every format", async () => {
    const files = ["rss.xml", "atom.xml", "feed.json"];
    const views = ["", "/summaries", "/feeds/culture", "/tags/news", "/authors/ann", "/sections/world"];
    const topics = await publicTopics(
      await siteOf({
        "site.yaml": siteYaml({
          sections: { world: "World", empty: "Empty" },
          feeds: { culture: { title: "Culture" } },
        }),
        "a.md": story("a", { tags: ["News"], authors: [{ name: "Ann" }], section: "world" }),
        "b.md": story("b", { tags: ["News", "Secret"], published: "2027-01-01T00:00:00Z" }),
      }),
    );
    expect(topics).toEqual(views.flatMap((view) => files.map((file) => `${ORIGIN}${view}/${file}`)));
  });

  it("are 300 at most", async () => {
    const tags = (name: string) => Array.from({ length: 100 }, (_, index) => `${name} ${index}`);
    const files = { "a.md": story("a", { tags: tags("First") }), "b.md": story("b", { tags: tags("Second") }) };
    expect((await publicTopics(await siteOf(files))).length).toBe(300);
  });
});
