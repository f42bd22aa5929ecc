import { findWithRights } from "../catalog/find-with-rights.ts";
import { type RightsRule, renderLicenseDocument } from "../formats/license-document.ts";
import { RSL_MEDIA_TYPE } from "../formats/modules/rsl.ts";
import { rightsRules } from "../formats/rights-rules.ts";
import { renderRobots } from "../formats/robots.ts";
import { renderTdmRules } from "../formats/tdm-reservation.ts";
import { basePathOf } from "../model/address.ts";
import type { Channel } from "../model/channel.ts";
import { MISSING } from "../model/lookup.ts";
import { MAIN_VIEW } from "../model/view.ts";
import { notFound } from "./errors.ts";
import type { RequestContext } from "./request-context.ts";
import { serveDocument, textDocument } from "./serve-document.ts";
import type { Site } from "./site.ts";

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
    const text = render(rightsRules(store.channel, items), store.channel);
    return text === undefined ? MISSING : { kind: "found", value: textDocument(text, contentType, items, {}) };
  });

type Serve = (context: RequestContext, site: Site) => Promise<Response>;

/** What serves a document that belongs to the origin: only a site at its root has it. */
const atRoot =
  (serve: Serve): Serve =>
  async (context, site) =>
    basePathOf(site.store.channel.url) === "" ? serve(context, site) : notFound(context);

/** `/robots.txt`: what crawlers may fetch, and what they may do with it. */
export const robots = atRoot((context, site) =>
  serveRights(context, site, "text/plain; charset=utf-8", (rules, channel) => renderRobots(channel, rules)),
);

/** `/license.xml`: the rights as RSL, if any are stated. */
export const license: Serve = (context, site) =>
  serveRights(context, site, RSL_MEDIA_TYPE, (rules) =>
    rules.length === 0 ? undefined : renderLicenseDocument(rules),
  );

/** `/.well-known/tdmrep.json`: the reservation of text and data mining, if it is stated. */
export const tdmReservation = atRoot((context, site) => serveRights(context, site, "application/json", renderTdmRules));
