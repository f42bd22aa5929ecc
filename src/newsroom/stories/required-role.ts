import type { Role } from "../../admin/role.ts";
import type { Instant } from "../../model/instant.ts";
import type { Item } from "../../model/item.ts";
import { visibilityOf } from "../../model/visibility.ts";

/** When a story that is visible ceases to be, if nobody edits it. */
const endOf = ({ expires = Number.POSITIVE_INFINITY }: Item): Instant => expires;

/** Whether an address at which readers got an answer of the story is no longer one of its addresses. */
const losesAddress = (before: Item, after: Item): boolean => {
  const addresses = new Set([after.slug, ...after.aliases]);
  return [before.slug, ...before.aliases].some((address) => !addresses.has(address));
};

/**
 * Whether an edit takes something away from readers at `now` or later: a story that they can see, sooner than it would
 * have left; what they are told of one that is withdrawn; or an address of either.
 */
const takesAway = (before: Item, after: Item, now: Instant): boolean => {
  const [visibility, next] = [visibilityOf(before, now), visibilityOf(after, now)];
  if (visibility === "visible")
    return next !== "visible" || endOf(after) < endOf(before) || losesAddress(before, after);
  return visibility === "withdrawn" && (next === "hidden" || losesAddress(before, after));
};

const changesWithdrawal = (before: Item | undefined, after: Item): boolean =>
  JSON.stringify(before?.withdrawn) !== JSON.stringify(after.withdrawn);

/**
 * The role that it takes to write `after` in place of `before` at `now`, by what the edit does to readers; undefined:
 * there is no such story, before or after. docs/newsroom.md has the table.
 */
export const requiredRole = (before: Item | undefined, after: Item | undefined, now: Instant): Role => {
  if (after === undefined) return "owner";
  if (changesWithdrawal(before, after)) return "withdraw";
  if (before !== undefined && takesAway(before, after, now)) return "withdraw";
  // A story that is scheduled becomes public without another edit.
  return after.draft && before?.draft !== false ? "write" : "publish";
};
