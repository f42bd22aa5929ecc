import { expect, it } from "vitest";
import { countStories } from "../../../src/cli/content/count-stories.ts";
import { compilePublication } from "../../../src/content/publication.ts";
import type { Item } from "../../../src/model/item.ts";
import { instant, site, story } from "../../fixtures/publication.ts";

const NOW = instant("2026-06-01T00:00:00Z");

const PUBLIC = {};
const DRAFT = { draft: true };
const SCHEDULED = { published: "2027-01-01T00:00:00Z" };
const WITHDRAWN = { withdrawn: { at: "2026-02-01T00:00:00Z", reason: "Wrong." } };
const EXPIRED = { expires: "2026-03-01T00:00:00Z" };

const itemsOf = async (stories: readonly Readonly<Record<string, unknown>>[]): Promise<readonly Item[]> => {
  const sources = stories.map((front, index) => [`s${index}.md`, story(`s${index}`, front)] as const);
  const bytes = [["site.yaml", site()] as const, ...sources].map(
    ([path, text]) => [path, new TextEncoder().encode(text)] as const,
  );
  const { publication } = await compilePublication(new Map(bytes), NOW);
  if (publication === undefined) throw new Error("The fixture has a mistake.");
  return publication.items;
};

it.each([
  ["no story", [], "0 stories"],
  ["one that readers see", [PUBLIC], "1 story"],
  ["two that readers see", [PUBLIC, PUBLIC], "2 stories"],
  ["a draft beside them", [PUBLIC, PUBLIC, DRAFT], "2 stories, and 1 draft"],
  ["drafts only, also one with a later date", [DRAFT, { ...DRAFT, ...SCHEDULED }], "0 stories, and 2 drafts"],
  [
    "all states",
    [EXPIRED, WITHDRAWN, SCHEDULED, SCHEDULED, DRAFT, PUBLIC],
    "1 story, and 1 draft, 2 scheduled, 1 withdrawn, 1 expired",
  ],
])("counts stories by what readers see of them: %s", async (_what, stories, text) => {
  expect(countStories(await itemsOf(stories), NOW)).toBe(text);
});
