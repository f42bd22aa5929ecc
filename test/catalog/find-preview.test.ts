import { expect, it } from "vitest";
import { findPreview } from "../../src/catalog/find-preview.ts";
import { type Files, story } from "../fixtures/publication.ts";
import { date, day, openStore, withdrawnOn } from "./support/open-store.ts";

const files: Files = {
  "draft.md": story("draft", { draft: true }),
  "embargoed.md": story("embargoed", { published: date(20), aliases: ["former"] }),
  "visible.md": story("visible", { published: date(1) }),
  "expired.md": story("expired", { published: date(1), expires: date(5) }),
  "withdrawn.md": story("withdrawn", { published: date(1), ...withdrawnOn(5) }),
  "withdrawn-early.md": story("withdrawn-early", { published: date(20), ...withdrawnOn(25) }),
};

it.each([
  ["draft", true],
  ["embargoed", true],
  ["visible", true],
  ["expired", false],
  ["withdrawn", false],
  ["withdrawn-early", false],
  ["former", false],
  ["nothing", false],
])("the story %s is found for a preview: %s", async (slug, isFound) => {
  expect((await findPreview(await openStore(files), slug, day(10)))?.slug).toBe(isFound ? slug : undefined);
});
