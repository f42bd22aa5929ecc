import { HtmlValidate } from "html-validate";
import { describe, expect, it } from "vitest";
import { openBundledContent } from "../src/app/content-source.ts";
import { openSite } from "../src/app/open-site.ts";
import { NAVIGATION, PAGE_TYPES, pathIn } from "./browser/page-types.ts";
import { publicationIn } from "./browser/publication/publication.ts";
import { LANGUAGES, type Language } from "./browser/publication/texts.ts";
import { compileText, ORIGIN } from "./fixtures/publication.ts";

const NOW = Date.parse("2026-01-01T00:00:00Z");

const openRouter = async (language: Language) =>
  openSite({
    text: await compileText(publicationIn(language)),
    revision: { id: "valid-html" },
    env: { ASSETS: { fetch: async () => new Response(null, { status: 404 }) } },
    platform: { now: () => NOW, waitUntil: () => {} },
    openSource: openBundledContent,
  }).router;

/** All rules that html-validate recommends hold, but these. */
const validator = new HtmlValidate({
  extends: ["html-validate:recommended"],
  rules: {
    // The standard allows either case.
    "doctype-style": "off",
    // A headline is as long as the newsroom writes it.
    "long-title": "off",
    // The standard allows all but white space: ids are made of headings and addresses in any script.
    "valid-id": ["error", { relaxed: true }],
  },
  elements: [
    "html5",
    {
      // Obsolete, but the only way to align the cells of a table (GFM) in feed readers, which have no style sheet of ours.
      td: { attributes: { align: { deprecated: false } } },
      th: { attributes: { align: { deprecated: false } } },
    },
  ],
});

describe.each(LANGUAGES)("the pages in %s", async (language) => {
  const router = await openRouter(language);

  it.each(PAGE_TYPES)("are valid HTML: $name", async (type) => {
    const response = await router.fetch(new Request(ORIGIN + pathIn(type, language), { headers: NAVIGATION }));
    expect(response.headers.get("content-type")).toMatch(/^text\/html/);
    const { results } = await validator.validateString(await response.text());
    const faults = results.flatMap(({ messages }) =>
      messages.map(
        ({ ruleId, line, column, message, selector }) => `${ruleId} ${line}:${column} ${message} ${selector ?? ""}`,
      ),
    );
    expect(faults).toEqual([]);
  });
});
