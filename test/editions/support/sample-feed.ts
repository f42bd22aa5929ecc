import { findFeed } from "../../../src/catalog/find-feed.ts";
import type { Feed } from "../../../src/model/feed.ts";
import { MAIN_VIEW } from "../../../src/model/view.ts";
import { openBundled } from "../../../src/store/bundled/bundled-store.ts";
import { compileText, instant, site, story } from "../../fixtures/publication.ts";

/** The time at which the feed is found. */
export const NOW = instant("2026-03-01T12:00:00Z");

/** The main feed of `count` stories, with a withdrawn and an expired one besides. */
export const sampleFeed = async (count: number): Promise<Feed> => {
  const names = Array.from({ length: count }, (_, index) => `story-${String(index).padStart(3, "0")}`);
  const text = await compileText({
    "site.yaml": site({ feedLength: Math.max(1, count) }),
    ...Object.fromEntries(names.map((name) => [`${name}.md`, story(name, {}, `Text of ${name}: zwölf & 😀.`)])),
    "withdrawn.md": story("withdrawn", { withdrawn: { at: "2026-02-25T00:00:00Z", reason: "Wrong: <b> & 😀." } }),
    "expired.md": story("expired", { expires: "2026-02-01T00:00:00Z" }),
  });
  const found = await findFeed(openBundled(text, "", { id: "one", at: 0 }), MAIN_VIEW, NOW);
  if (found.kind !== "found") throw new Error(`there is no such feed: it is ${found.kind}`);
  return found.value;
};
