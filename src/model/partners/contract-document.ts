import type { Instant } from "../instant.ts";
import type { Terms } from "../selection.ts";
import type { Partner } from "./partner.ts";

const iso = (at: Instant): string => new Date(at).toISOString().replace(".000Z", "Z");

const named = (terms: Terms): Record<string, readonly string[]> | undefined => {
  const entries = Object.entries(terms).filter(([, names]) => names.length > 0);
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
};

/** The line of attribution as a contract writes it: a line for every language stands alone. */
export const writtenAttribution = (attribution: Partner["attribution"]): Partner["attribution"] | string =>
  attribution === undefined || attribution === false ? attribution : (attribution["*"] ?? attribution);

/**
 * A contract as content/partners.yaml and the API write it: without its name, which is the key, and without what holds for every
 * contract that does not say otherwise.
 */
export const contractDocument = (partner: Partner): Readonly<Record<string, unknown>> => {
  const { contact, enabled, expires, tokens, open, header, networks, rate, selection, text } = partner;
  const { length, hours, delaySeconds, formats, attribution, license } = partner;
  const document = {
    contact,
    enabled: enabled ? undefined : false,
    expires: expires === undefined ? undefined : iso(expires),
    tokens:
      tokens.length === 0
        ? undefined
        : tokens.map(({ sha256, until }) => ({ sha256, ...(until !== undefined && { until: iso(until) }) })),
    open: open || undefined,
    header,
    networks: networks.length === 0 ? undefined : networks,
    rate: rate === "standard" ? undefined : rate,
    include: named(selection.include),
    exclude: named(selection.exclude),
    text: text === "full" ? undefined : text,
    length,
    hours,
    delay: delaySeconds === 0 ? undefined : `${delaySeconds}s`,
    formats,
    attribution: writtenAttribution(attribution),
    license,
  };
  return Object.fromEntries(Object.entries(document).filter(([, value]) => value !== undefined));
};
