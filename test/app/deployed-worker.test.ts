import { env } from "cloudflare:workers";
import { describe, expect, it, vi } from "vitest";
import { createWorker } from "../../src/index.ts";
import { compileText, ORIGIN, site, story } from "../fixtures/publication.ts";

const textBelow = (path: string): Promise<string> =>
  compileText({ "site.yaml": site({ url: `${ORIGIN}${path}` }), "a.md": story("a") });

const statusOf = async (path: string | undefined, publication: string, address: string): Promise<number> => {
  vi.spyOn(console, "warn").mockImplementation(() => {});
  const worker = createWorker({ publication, ...(path !== undefined && { path }) });
  return (await worker.fetch(new Request(ORIGIN + address), env)).status;
};

describe("a worker as it is deployed", () => {
  it.each([
    ["without a path", undefined],
    ["with the path of its address", "/news"],
    ["with that path and a slash", "/news/"],
  ])("is served below its own path: %s", async (_, path) => {
    expect(await statusOf(path, await textBelow("/news"), "/news/rss.xml")).toBe(200);
  });

  it("lies at the root if its path is /", async () => {
    expect(await statusOf("/", await textBelow(""), "/rss.xml")).toBe(200);
  });

  it.each([
    [
      "another path",
      "/blog",
      "/news",
      `The site's address is ${ORIGIN}/news, but \`path\` of createWorker is \`/blog\`.`,
    ],
    ["a path where its address has none", "/news", "", `The site's address is ${ORIGIN}, but`],
    [
      "the root where its address has a path",
      "/",
      "/news",
      "but `path` of createWorker is `/`. Give both the same path.",
    ],
    [
      "a path without a slash",
      "news",
      "/news",
      "`path` of createWorker is `news`. Write the path below which the site lies",
    ],
    ["a path with a query", "/news?x", "/news", "Write the path below which the site lies, such as /news."],
    ["an address in place of a path", `${ORIGIN}/news`, "/news", "Write the path below which the site lies"],
  ])("is not created with %s, and says what to write", async (_, path, own, message) => {
    const publication = await textBelow(own);
    expect(() => createWorker({ publication, path })).toThrow(message);
  });
});
