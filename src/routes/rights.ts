import { findWithRights } from "../catalog/find-with-rights.ts";
import { type RightsRule, renderLicenseDocument } from "../formats/license-document.ts";
import { RSL_MEDIA_TYPE } from "../formats/modules/rsl.ts";
import { renderRobots } from "../formats/robots.ts";
import { renderTdmRules } from "../formats/tdm-reservation.ts";
import { articlePath } from "../model/address.ts";
import type { Channel } from "../model/channel.ts";
import type { Item } from "../model/item.ts";
import { MISSING } from "../model/lookup.ts";
import { isSameRights, rightsOf, rightsOfChannel } from "../model/rights.ts";
import { MAIN_VIEW } from "../model/view.ts";
import type { RequestContext } from "./request-context.ts";
import { serveDocument, textDocument } from "./serve-document.ts";
import type { Site } from "./site.ts";

/** The rules of a story whose rights are not the publication's: for its page, and for what lies below that. */
const rulesOf = (item: Item, channel: Channel): readonly RightsRule[] => {
  const rights = rightsOf(channel, item);
  if (rights === undefined || isSameRights(rights, rightsOfChannel(channel))) return [];
  const path = articlePath(item.slug);
  return [`${path}$`, `${path}/`].map((location) => ({ location, rights }));
};

/** What machines may do with which paths, the most particular first. */
const rulesOfAll = (channel: Channel, items: readonly Item[]): readonly RightsRule[] => {
  const rights = rightsOfChannel(channel);
  return [
    ...items.flatMap((item) => rulesOf(item, channel)),
    ...(rights === undefined ? [] : [{ location: "/", rights }]),
  ];
};

/** Serves a document about the rights in the whole publication; `render` returns undefined if there is nothing to say. */
const serveRights = (
  context: RequestContext,
  site: Site,
  contentType: string,
  render: (rules: readonly RightsRule[], channel: Channel) => string | undefined,
): Promise<Response> =>
  serveDocument(context, site, MAIN_VIEW, async (now) => {
    const { store } = site;
    const items = await findWithRights(store, now);
    const text = render(rulesOfAll(store.channel, items), store.channel);
    return text === undefined ? MISSING : { kind: "found", value: textDocument(text, contentType, items, {}) };
  });

/** `/robots.txt`: what crawlers may fetch, and what they may do with it. */
export const robots = (context: RequestContext, site: Site): Promise<Response> =>
  serveRights(context, site, "text/plain; charset=utf-8", (rules, channel) => renderRobots(channel, rules));

/** `/license.xml`: the rights as RSL, if any are stated. */
export const license = (context: RequestContext, site: Site): Promise<Response> =>
  serveRights(context, site, RSL_MEDIA_TYPE, (rules) =>
    rules.length === 0 ? undefined : renderLicenseDocument(rules),
  );

/** `/.well-known/tdmrep.json`: the reservation of text and data mining, if it is stated. */
export const tdmReservation = (context: RequestContext, site: Site): Promise<Response> =>
  serveRights(context, site, "application/json", renderTdmRules);
