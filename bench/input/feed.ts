import { findFeed } from "../../src/catalog/find-feed.ts";
import type { Feed } from "../../src/model/feed.ts";
import { writePublication } from "../../src/model/publication.ts";
import { openBundled } from "../../src/store/bundled/bundled-store.ts";
import { benchPublication } from "./publication.ts";

/** After the newest generated story. */
const NOW = Date.UTC(2026, 10, 1);

/** The main feed of `count` full-text items, from the store that the worker uses. */
export const benchFeed = async (count: number): Promise<Feed> => {
  const text = writePublication(await benchPublication(count, count));
  const store = openBundled(text, "", { id: "bench", at: NOW });
  const found = await findFeed(store, { scope: { kind: "all" }, text: "full" }, NOW);
  if (found.kind !== "found" || found.value.items.length !== count)
    throw new Error("The generated feed lacks stories.");
  return found.value;
};
