import { version } from "../../package.json";
import { hubUrl } from "../model/address.ts";

/**
 * Returns the User-Agent of all requests of a site (RFC 9110 §10.1.5): the product with its version, and where its
 * operator can be found.
 */
export const userAgentOf = (siteUrl: string): string => `Feedwright/${version} (+${hubUrl(siteUrl)})`;
