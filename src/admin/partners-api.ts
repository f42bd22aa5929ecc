import { jsonResponse, refuse } from "../http/api-response.ts";
import { sha256 } from "../lib/sha256.ts";
import type { Channel } from "../model/channel.ts";
import { contractDocument } from "../model/partners/contract-document.ts";
import type { Partner } from "../model/partners/partner.ts";
import type { Contracts } from "../store/contracts.ts";
import { MAX_LISTED, nextPage } from "./paging.ts";
import { type Editor, refuseUnless } from "./role.ts";

const ETAG_LENGTH = 32;

/** A contract as the API tells it. Of tokens it has the hashes. */
export const describePartner = (partner: Partner) => ({ name: partner.name, ...contractDocument(partner) });

/** The entity tag of a contract in the API: equal contracts have equal ones. */
export const contractEtag = (partner: Partner): string =>
  `"${sha256(JSON.stringify(describePartner(partner))).slice(0, ETAG_LENGTH)}"`;

/** GET /api/partners?after=…: the contracts, ascending by name. */
export const listPartners = async (
  request: Request,
  editor: Editor,
  contracts: Contracts,
  channel: Pick<Channel, "url">,
): Promise<Response> => {
  const refused = refuseUnless("publish", editor, "Seeing the contracts with partners");
  if (refused !== undefined) return refused;
  const partners = await contracts.list(new URL(request.url).searchParams.get("after") ?? "", MAX_LISTED);
  const next = nextPage(channel, partners, MAX_LISTED, ({ name }) => `/api/partners?after=${encodeURIComponent(name)}`);
  return jsonResponse(200, { partners: partners.map(describePartner), next });
};

/** GET /api/partners/{name}: one contract. */
export const getPartner = async (name: string, editor: Editor, contracts: Contracts): Promise<Response> => {
  const refused = refuseUnless("publish", editor, "Seeing the contracts with partners");
  if (refused !== undefined) return refused;
  const partner = await contracts.find(name);
  return partner === undefined
    ? refuse(404, `There is no contract with \`${name}\`.`)
    : jsonResponse(200, describePartner(partner), { etag: contractEtag(partner) });
};
