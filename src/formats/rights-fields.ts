import { LICENSE_PATH } from "../model/address.ts";
import type { Channel } from "../model/channel.ts";
import type { Usage } from "../model/item.ts";
import { RSL_MEDIA_TYPE } from "./modules/rsl.ts";
import { tdmProperties } from "./tdm-reservation.ts";
import { usagePreference } from "./usage-preferences.ts";

/** What Link says of a public document: where the terms are that the publication has for machines (RSL 1.0 §4.5). Nothing without `usage`. */
export const licenseLinks = ({ url }: Pick<Channel, "url">, rights: Usage | undefined): readonly string[] =>
  rights === undefined ? [] : [`<${url}${LICENSE_PATH}>; rel="license"; type="${RSL_MEDIA_TYPE}"`];

/** The names of the header fields by which a document says it of itself, in lower case. */
export const RIGHTS_FIELDS: readonly string[] = ["content-usage", "tdm-reservation", "tdm-policy"];

/**
 * The header fields that say what machines may do with a document: `links` as Link, the usage preference
 * (draft-ietf-aipref-attach-05 §2) and the reservation of TDMRep. None but the links, if nobody states `usage`.
 */
export const rightsFields = (rights: Usage | undefined, links: readonly string[]): Readonly<Record<string, string>> => {
  const link = links.join(", ");
  const preference = usagePreference(rights ?? {});
  const { "tdm-reservation": reservation, "tdm-policy": policy } = tdmProperties(rights ?? {}) ?? {};
  return {
    ...(link !== "" && { link }),
    ...(preference !== "" && { "content-usage": preference }),
    ...(reservation !== undefined && { "tdm-reservation": String(reservation) }),
    ...(policy !== undefined && { "tdm-policy": policy }),
  };
};
