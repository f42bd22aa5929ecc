import type { Instant } from "../model/instant.ts";
import { scopeName } from "../model/scope.ts";
import type { View } from "../model/view.ts";
import type { Store } from "../store/store.ts";

/**
 * Whether there may be something for readers at the address of a view, or there was. If not, it is missing for readers:
 * hidden or not there at all, and nothing more is asked.
 */
export const isKnown = (
  { channel, knows }: Store,
  { scope, page = 0 }: Pick<View, "page" | "scope">,
  now: Instant,
): boolean | Promise<boolean> => {
  if (scope.kind === "all") return true;
  // The archive of one article: a page is never full, unless pages have one story.
  if (scope.kind === "article" && page * channel.feedLength > 1) return false;
  const named = { author: channel.authors, section: channel.sections, feed: channel.feeds, article: [], tag: [] }[
    scope.kind
  ];
  return named.some(({ key }) => key === scope.key) || knows(scopeName(scope), now);
};
