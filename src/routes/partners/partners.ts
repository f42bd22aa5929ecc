import { countEntries } from "../../editions/serve-edition.ts";
import { jsonResponse, refuse } from "../../http/api-response.ts";
import type { Partner } from "../../model/partners/partner.ts";
import { type Admittance, admitPartner } from "../../partners/admit.ts";
import { describeTerms } from "../../partners/terms.ts";
import type { UsageReader } from "../../usage/usage.ts";
import { keyParameter, type RequestContext } from "../request-context.ts";
import { respondWithEdition } from "../serve-document.ts";
import type { Site } from "../site.ts";
import { findPartnerEdition, type PartnerRenderer, partnerRenderers, readPartnerNotices } from "./partner-feeds.ts";

/** What of a partner's request is counted, for the publisher. */
export interface PartnerUsage {
  count(request: { partner: string; file: string; status: number; bytes: number; stories: number }): void;
}

/** What the routes for partners depend on. */
export interface PartnerDependencies extends Admittance {
  /** Absent: nothing is counted. */
  readonly usage?: PartnerUsage | undefined;
  /** Opens what was counted, for a request; undefined if nothing is. */
  readonly usageReader?: () => UsageReader | undefined;
}

const MAX_TERMS_WITHDRAWALS = 50;

const renderersOf = ({ formats }: Partner): readonly PartnerRenderer[] =>
  partnerRenderers.filter(({ name }) => formats.includes(name));

/** What partners get while a service that is needed does not answer. */
export const partnersUnavailable = (error: unknown): Response => {
  console.error("a partner got a 503, since a service that is needed does not answer:", error);
  return refuse(503, "The publisher's database does not answer. Ask again in a moment.", { "retry-after": "10" });
};

/** Lets a partner in, and answers by `handle`. */
const withPartner = async (
  context: RequestContext,
  isPublic: boolean,
  dependencies: PartnerDependencies,
  handle: (partner: Partner) => Promise<Response>,
): Promise<Response> => {
  const name = keyParameter(context, "partner") ?? "";
  const admitted = await admitPartner(context.request, name, isPublic, dependencies);
  return admitted instanceof Response ? admitted : handle(admitted);
};

const count = (
  { usage }: PartnerDependencies,
  { name }: Partner,
  file: string,
  response: Response,
  entries: number,
): void => {
  const { status, headers } = response;
  const hasBody = response.body !== null;
  usage?.count({
    ...{ partner: name, file, status },
    bytes: hasBody ? Number(headers.get("content-length") ?? 0) : 0,
    stories: hasBody ? entries : 0,
  });
};

/** `/partners/{partner}/{file}`: a feed as the contract has it. */
export const partnerFeed = (
  context: RequestContext,
  site: Site,
  dependencies: PartnerDependencies,
): Promise<Response> =>
  withPartner(context, true, dependencies, async (partner) => {
    const renderer = renderersOf(partner).find(({ fileName }) => fileName === context.params.file);
    if (renderer === undefined)
      return refuse(404, "Your contract has no such file. Your terms name those that it has.");
    const { cached, now } = await findPartnerEdition(site, partner, renderer);
    const response = await respondWithEdition(context.request, site, cached, now);
    count(dependencies, partner, renderer.fileName, response, countEntries(context.request, cached, response.status));
    return response;
  });

/** `/partners/{partner}`: what a partner may take, in which files, until when, and the last withdrawals. */
export const partnerTerms = (
  context: RequestContext,
  site: Site,
  dependencies: PartnerDependencies,
): Promise<Response> =>
  withPartner(context, false, dependencies, async (partner) => {
    const { channel } = site.store;
    const renderers = renderersOf(partner);
    const feeds = renderers.map(({ name, fileName, mediaType }) => ({
      ...{ name, mediaType },
      url: `${channel.url}/partners/${encodeURIComponent(partner.name)}/${fileName}`,
    }));
    const withdrawals = (await readPartnerNotices(site, partner, renderers)).slice(0, MAX_TERMS_WITHDRAWALS);
    return jsonResponse(200, describeTerms(partner, channel, feeds, withdrawals));
  });
