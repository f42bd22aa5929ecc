import type { Instant } from "../../model/instant.ts";
import type { Item } from "../../model/item.ts";
import { visibilityOf } from "../../model/visibility.ts";

/** Words for the stories that readers do not see, in the order in which they are listed. */
const NOT_PUBLIC = ["draft", "scheduled", "withdrawn", "expired"] as const;

const stateOf = (item: Item, now: Instant): (typeof NOT_PUBLIC)[number] | "public" => {
  if (item.draft) return "draft";
  const visibility = visibilityOf(item, now);
  if (visibility === "hidden") return "scheduled";
  return visibility === "visible" ? "public" : visibility;
};

/** `1 draft`, `2 drafts`, `2 scheduled`: of these words only one has a plural. */
const countOf = (count: number, word: string): string =>
  `${count} ${word}${word === "draft" && count !== 1 ? "s" : ""}`;

/** How many stories readers see at `now`, and how many they do not see: `3 stories, and 1 draft, 2 scheduled`. */
export const countStories = (items: readonly Item[], now: Instant): string => {
  const states = items.map((item) => stateOf(item, now));
  const count = (state: string): number => states.filter((one) => one === state).length;
  const stories = `${count("public")} ${count("public") === 1 ? "story" : "stories"}`;
  const others = NOT_PUBLIC.filter((state) => count(state) > 0).map((state) => countOf(count(state), state));
  return others.length === 0 ? stories : `${stories}, and ${others.join(", ")}`;
};
