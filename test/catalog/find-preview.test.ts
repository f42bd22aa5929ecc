import { expect, it } from "vitest";
import { findPreview, findPreviewMedia } from "../../src/catalog/find-preview.ts";
import { type Files, GIF, site, story } from "../fixtures/publication.ts";
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

it.each([
  ["media/own.gif", true],
  ["media/icon.gif", true],
  ["media/others.gif", false],
  ["media/nothing.gif", false],
])("the preview of a story has the file %s: %s", async (path, isFound) => {
  const store = await openStore({
    "site.yaml": site({ icon: "media/icon.gif" }),
    "draft.md": story("draft", { draft: true }, "![A picture](media/own.gif)"),
    "other.md": story("other", {}, "![A picture](media/others.gif)"),
    ...Object.fromEntries(["own", "icon", "others"].map((name) => [`media/${name}.gif`, GIF])),
  });
  const item = await findPreview(store, "draft", day(10));
  if (item === undefined) throw new Error("the story is not found");
  expect((await findPreviewMedia(store, item, path, day(10))) !== undefined).toBe(isFound);
});
