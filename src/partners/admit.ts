import { refuse } from "../http/api-response.ts";
import { RETRY_AFTER_MISSES } from "../http/problem.ts";
import { isSameSecret } from "../lib/is-same-secret.ts";
import { memoize } from "../lib/memoize.ts";
import { sha256 } from "../lib/sha256.ts";
import type { Instant } from "../model/instant.ts";
import type { Partner } from "../model/partners/partner.ts";
import { networkOf } from "../outbound/public-address.ts";
import type { Contracts } from "../store/contracts.ts";
import { tokenOf } from "./credentials.ts";
import { isInNetworks } from "./networks.ts";
import { countRequest, type RateLimiters, ratePolicy } from "./rates.ts";

/** What decides who may enter. */
export interface Admittance {
  readonly contracts: Contracts;
  readonly limiters: RateLimiters;
  /** Counts a request without a right token, and returns whether its sender is within the limit. */
  readonly mayMiss: (request: Request) => Promise<boolean>;
  readonly now: () => Instant;
}

/** No token has this hash: it is compared with where there is no other, so that the answer takes as long. */
const NO_TOKENS: Partner["tokens"] = [{ sha256: "0".repeat(64) }];

/** For whoever has no right token, with both schemes of RFC 9110 §11.6.1. */
const unauthorized = (): Response =>
  refuse(401, "This takes the token of a partner that may read it from your address.", {
    "www-authenticate": 'Bearer realm="partners", Basic realm="partners", charset="UTF-8"',
  });

/** The hash of a token; of those that came last it is known. */
const hashOf = memoize((token) => sha256(token ?? ""));

/** Whether a token is the partner's at `now`. All its tokens are compared. */
const hasToken = (partner: Partner | undefined, token: string, now: Instant): boolean => {
  const tokenHash = hashOf(token);
  const tokens = (partner?.tokens ?? []).filter(({ until }) => until === undefined || now < until);
  const compared = tokens.length === 0 ? NO_TOKENS : tokens;
  const isOne = compared.filter((one) => isSameSecret(one.sha256, tokenHash)).length > 0;
  // No token is none, whatever hashes a contract has.
  return isOne && token !== "";
};

const addressOf = (headers: Headers): string => headers.get("cf-connecting-ip") ?? "";

const isFromNetwork = ({ networks }: Partner, headers: Headers): boolean =>
  networks.length === 0 || isInNetworks(addressOf(headers), networks);

/** Counts a request under a contract, and refuses it if there were too many. */
const limitRequest = async (
  limiters: RateLimiters,
  { name, open, rate }: Partner,
  headers: Headers,
): Promise<Response | undefined> => {
  // Anybody may read an open contract's feeds: nobody uses up what others may ask for.
  const retryAfter = await countRequest(limiters, rate, open ? `${name} ${networkOf(addressOf(headers))}` : name);
  if (retryAfter === undefined) return undefined;
  return refuse(429, "Too many requests: RateLimit-Policy says how many there may be.", {
    "retry-after": String(retryAfter),
    "ratelimit-policy": ratePolicy(rate),
  });
};

/**
 * Lets a partner in, or returns the refusal. 401 for whoever has no right token, or sends it from elsewhere,
 * whether or not there is such a partner; 403 if the contract has ended; 429 for too many requests. `isPublic` tells whether what is asked
 * for is open where the contract is. A contract is read anew only for whoever had a right to enter some seconds ago, and not more
 * often than its rate allows.
 */
export const admitPartner = async (
  request: Request,
  name: string,
  isPublic: boolean,
  { contracts, limiters, mayMiss, now: clock }: Admittance,
): Promise<Partner | Response> => {
  const now = clock();
  const { headers } = request;
  const mayEnter = (partner: Partner | undefined): partner is Partner => {
    const isKnown =
      hasToken(partner, tokenOf(headers, partner?.header) ?? "", now) || (isPublic && partner?.open === true);
    return isKnown && partner !== undefined && isFromNetwork(partner, headers);
  };
  const refuseMiss = async (): Promise<Response> => {
    const tooMany = "Too many requests from your address had no token of a partner. Wait a minute.";
    return (await mayMiss(request)) ? unauthorized() : refuse(429, tooMany, RETRY_AFTER_MISSES);
  };
  const known = await contracts.findKnown(name, now);
  if (!mayEnter(known)) return refuseMiss();
  const excess = await limitRequest(limiters, known, headers);
  if (excess !== undefined) return excess;
  const partner = await contracts.find(name);
  // The same object is the same contract.
  if (partner === undefined || (partner !== known && !mayEnter(partner))) return refuseMiss();
  if (!partner.enabled) return refuse(403, "The publisher has disabled your contract. Ask them.");
  if (partner.expires !== undefined && now >= partner.expires)
    return refuse(403, `Your contract ended at ${new Date(partner.expires).toISOString()}. Ask the publisher.`);
  return partner;
};
