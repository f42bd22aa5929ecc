import type { Channel } from "./channel.ts";
import type { Item, Usage } from "./item.ts";

/** The uses that `Usage` allows or forbids, in the order in which every form names them. */
export const USES = ["search", "aiInput", "aiTrain"] as const satisfies readonly (keyof Usage)[];

type RightsChannel = Pick<Channel, "license" | "usage">;

type RightsItem = Pick<Item, "license" | "usage">;

/** Whether a story states rights of its own. */
export const hasOwnRights = ({ license, usage }: RightsItem): boolean => license !== undefined || usage !== undefined;

/**
 * The licence of a story for people: its own, otherwise the publication's; where neither has one, the terms for machines serve for
 * both.
 */
export const licenseOf = (channel: RightsChannel, item: RightsItem): string | undefined =>
  item.license ?? channel.license ?? item.usage?.license ?? channel.usage?.license;

/** The licence of the publication for people. */
export const licenseOfChannel = ({ license, usage }: RightsChannel): string | undefined => license ?? usage?.license;

/** Makes a Usage of values that may be undefined. */
export const toUsage = (values: { readonly [Key in keyof Usage]: Usage[Key] | undefined }): Usage => {
  const { search, aiInput, aiTrain, license } = values;
  return {
    ...(search !== undefined && { search }),
    ...(aiInput !== undefined && { aiInput }),
    ...(aiTrain !== undefined && { aiTrain }),
    ...(license !== undefined && { license }),
  };
};

/** What machines may do with a story: its own keys override the publication's. Undefined if neither states `usage`. */
export const rightsOf = (channel: RightsChannel, item: RightsItem): Usage | undefined => {
  if (channel.usage === undefined && item.usage === undefined) return undefined;
  const stated = { ...channel.usage, ...item.usage };
  return toUsage({ ...stated, license: stated.license ?? item.license ?? channel.license });
};

/** What machines may do with the publication; undefined if it does not state `usage`. */
export const rightsOfChannel = (channel: RightsChannel): Usage | undefined => rightsOf(channel, {});

/**
 * The licence that is stated with a story: its own, and where `usage` is stated the one that is in force, since machines do not
 * look for that elsewhere.
 */
export const statedLicense = (channel: RightsChannel, item: RightsItem): string | undefined =>
  rightsOf(channel, item) === undefined ? item.license : licenseOf(channel, item);

/** Whether `usage` is stated of anything in a document that holds these stories. */
export const hasUsage = (channel: RightsChannel, items: readonly RightsItem[]): boolean =>
  channel.usage !== undefined || items.some(({ usage }) => usage !== undefined);

/** Whether two rights are the same. */
export const isSameRights = (a: Usage = {}, b: Usage = {}): boolean =>
  a.license === b.license && USES.every((use) => a[use] === b[use]);

/** What holds of a use for all of some rights together: it is forbidden if one forbids it, and allowed if all allow it. */
const combineUse = (all: readonly Usage[], use: (typeof USES)[number]): boolean | undefined => {
  if (all.some((rights) => rights[use] === false)) return false;
  return all.every((rights) => rights[use] === true) ? true : undefined;
};

/**
 * What machines may do with a document that holds stories, the strictest of their rights; with one that holds none, what they may
 * do with the publication. Its licence is the one that all have, otherwise the publication's. Undefined if nobody states `usage`.
 */
export const rightsOfAll = (channel: RightsChannel, items: readonly RightsItem[]): Usage | undefined => {
  if (!hasUsage(channel, items)) return undefined;
  const own = rightsOfChannel(channel);
  const stated = (items.length === 0 ? [own] : items.map((item) => rightsOf(channel, item))).map(
    (rights = {}) => rights,
  );
  const licenses = new Set(stated.map(({ license }) => license));
  return toUsage({
    search: combineUse(stated, "search"),
    aiInput: combineUse(stated, "aiInput"),
    aiTrain: combineUse(stated, "aiTrain"),
    license: licenses.size === 1 ? [...licenses][0] : own?.license,
  });
};

/** Whether a licence is one of Creative Commons that allows to adapt the text: without ND (no derivatives), or its public domain. */
const isOpenLicense = (license = ""): boolean =>
  /^https?:\/\/(?:www\.)?creativecommons\.org\/(?:licenses\/(?:by|nc|sa)(?:-(?:by|nc|sa))*|publicdomain\/(?:zero|mark))\//i.test(
    license,
  );

/** Whether anybody may republish a story: as it says, otherwise as site.yaml says, otherwise as its licence allows. */
export const mayRepublish = (
  channel: RightsChannel & Pick<Channel, "republish">,
  item: RightsItem & Pick<Item, "republish">,
): boolean => item.republish ?? channel.republish ?? isOpenLicense(licenseOf(channel, item));
