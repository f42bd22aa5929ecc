import { articlePath, basePathOf } from "../model/address.ts";
import type { Channel } from "../model/channel.ts";
import type { Item } from "../model/item.ts";
import { isSameRights, rightsOf, rightsOfChannel } from "../model/rights.ts";
import type { RightsRule } from "./license-document.ts";

/** The rules of a story whose rights are not the publication's: for its page, and for what lies below that. */
const rulesOf = (item: Item, channel: Channel, basePath: string): readonly RightsRule[] => {
  const rights = rightsOf(channel, item);
  if (rights === undefined || isSameRights(rights, rightsOfChannel(channel))) return [];
  const path = basePath + articlePath(item.slug);
  return [`${path}$`, `${path}/`].map((location) => ({ location, rights }));
};

/** What machines may do with which paths of the origin, the most particular first. */
export const rightsRules = (channel: Channel, items: readonly Item[]): readonly RightsRule[] => {
  const rights = rightsOfChannel(channel);
  const basePath = basePathOf(channel.url);
  return [
    ...items.flatMap((item) => rulesOf(item, channel, basePath)),
    ...(rights === undefined ? [] : [{ location: `${basePath}/`, rights }]),
  ];
};
