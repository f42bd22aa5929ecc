import { findFeed } from "../../src/catalog/find-feed.ts";
import type { Feed } from "../../src/model/feed.ts";
import type { Item } from "../../src/model/item.ts";
import { MAIN_VIEW, type View } from "../../src/model/view.ts";
import { openBundled } from "../../src/store/bundled/bundled-store.ts";
import { compileText, type Files, instant, site, story } from "../fixtures/publication.ts";

export const NOW = instant("2026-03-01T12:00:00Z");

/** The feed of a view of some content. */
export const feedOf = async (files: Files, view: View = MAIN_VIEW): Promise<Feed> => {
  const found = await findFeed(openBundled(await compileText(files), "", { id: "one", at: 0 }), view, NOW);
  if (found.kind !== "found") throw new Error(`there is no such feed: it is ${found.kind}`);
  return found.value;
};

/** The main feed of as many stories; with a withdrawn and an expired one beside them. */
export const someFeed = (count: number): Promise<Feed> => {
  const names = Array.from({ length: count }, (_, index) => `story-${String(index).padStart(3, "0")}`);
  return feedOf({
    "site.yaml": site({ feedLength: Math.max(1, count) }),
    ...Object.fromEntries(names.map((name) => [`${name}.md`, story(name, {}, `Text of ${name}: zwölf & 😀.`)])),
    "withdrawn.md": story("withdrawn", { withdrawn: { at: "2026-02-25T00:00:00Z", reason: "Wrong: <b> & 😀." } }),
    "expired.md": story("expired", { expires: "2026-02-01T00:00:00Z" }),
  });
};

export const itemsOf = async (count: number): Promise<readonly Item[]> => (await someFeed(count)).items;
