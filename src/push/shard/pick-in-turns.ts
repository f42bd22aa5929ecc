import { keysOf, type Party } from "../../outbound/party.ts";

const groupBy = <Item>(items: readonly Item[], keyOf: (item: Item) => string): readonly (readonly Item[])[] => [
  ...Map.groupBy(items, keyOf).values(),
];

/** Takes one of each group in turn, the smallest group first. */
const takeInTurns = <Item>(groups: readonly (readonly Item[])[]): readonly Item[] => {
  const smallestFirst = groups.toSorted((a, b) => a.length - b.length);
  const rounds = smallestFirst.at(-1)?.length ?? 0;
  return Array.from({ length: rounds }, (_, round) =>
    smallestFirst.flatMap((group) => group.slice(round, round + 1)),
  ).flat();
};

/**
 * Picks up to `limit` of those who wait, so that whoever has many waiting does not hold up whoever has few: each domain
 * or network (whichever has more waiting) has one turn in every round, the one with the fewest first; and within it each
 * host, in the same way. Otherwise the order stays as it is.
 */
export const pickInTurns = <Item>(
  items: readonly Item[],
  partyOf: (item: Item) => Party,
  limit: number,
): readonly Item[] => {
  if (items.length <= limit) return items;
  const waiting = items.map((item) => ({ item, party: partyOf(item) }));
  const sizes = new Map<string, number>();
  for (const { party } of waiting) for (const key of keysOf(party)) sizes.set(key, (sizes.get(key) ?? 0) + 1);
  const sizeOf = (key: string): number => sizes.get(key) ?? 0;
  const largestGroupOf = ({ host, groups }: Party): string =>
    groups.reduce((largest, group) => (sizeOf(group) > sizeOf(largest) ? group : largest), groups[0] ?? host);
  const groups = groupBy(waiting, ({ party }) => largestGroupOf(party)).map((group) =>
    takeInTurns(groupBy(group, ({ party }) => party.host)),
  );
  return takeInTurns(groups)
    .slice(0, limit)
    .map(({ item }) => item);
};
