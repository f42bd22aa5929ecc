import { expect, it } from "vitest";
import { originFileLines } from "../../../src/cli/content/origin-files.ts";
import { compilePublication } from "../../../src/content/publication.ts";
import { instant, site, story } from "../../fixtures/publication.ts";

const NOW = instant("2026-03-01T12:00:00Z");

const linesOf = async (keys: Readonly<Record<string, unknown>>): Promise<readonly string[]> => {
  const files = {
    "site.yaml": site(keys),
    "a.md": story("a", { usage: { "ai-train": true } }),
    "later.md": story("later", { published: "2027-01-01T00:00:00Z", usage: { search: false } }),
  };
  const bytes = Object.entries(files).map(([path, text]) => [path, Buffer.from(text)] as const);
  const { publication } = await compilePublication(new Map(bytes));
  if (publication === undefined) throw new Error("it has no errors");
  return originFileLines(publication, NOW);
};

const USAGE = { search: true, "ai-train": false };

it("a site at the root serves robots.txt and /.well-known itself", async () => {
  expect(await linesOf({ usage: USAGE })).toEqual([]);
});

it("a site below a path says what its origin must serve, and nothing of stories that are not public", async () => {
  const lines = await linesOf({ url: "https://company.example/news", usage: USAGE });
  expect(lines.join("\n")).toMatchInlineSnapshot(`
    "https://company.example/news lies below a path. Feedwright serves nothing at https://company.example/: see to these files there.
    https://company.example/robots.txt, with these lines or as part of yours:
      License: https://company.example/news/license.xml

      User-agent: *
      Allow: /
      Content-Signal: /news/articles/a$ search=yes, ai-train=yes
      Content-Usage: /news/articles/a$ train-ai=y, search=y
      Content-Signal: /news/articles/a/ search=yes, ai-train=yes
      Content-Usage: /news/articles/a/ train-ai=y, search=y
      Content-Signal: /news/ search=yes, ai-train=no
      Content-Usage: /news/ train-ai=n, search=y

      Sitemap: https://company.example/news/sitemap.xml
    https://company.example/.well-known/tdmrep.json:
      [
        {
          "location": "/news/articles/a$",
          "tdm-reservation": 0
        },
        {
          "location": "/news/articles/a/",
          "tdm-reservation": 0
        },
        {
          "location": "/news/",
          "tdm-reservation": 1
        }
      ]"
  `);
});
