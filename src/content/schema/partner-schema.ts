import ipaddr from "ipaddr.js";
import * as v from "valibot";
import { dialects } from "../../dialects/dialects.ts";
import { formats } from "../../formats/formats.ts";
import { isRecord } from "../../lib/is-record.ts";
import { RATES } from "../../model/partners/partner.ts";
import { suggest } from "../messages/suggest.ts";
import { type MappingSchema, mapping, table } from "./mapping.ts";
import { terms } from "./terms.ts";
import { expected, flag, instant, language, list, text, url, wholeNumber } from "./values.ts";

/** Names of the formats and dialects that a contract may have. */
export const PARTNER_FORMATS: readonly string[] = [...formats, ...dialects].map(({ name }) => name);

const NAME_MESSAGE = "must be a name for URLs: letters from a to z, digits and -, 64 at most.";

/** The name of a partner in URLs and commands. */
export const partnerName = v.pipe(
  v.string(expected(NAME_MESSAGE)),
  v.regex(/^[a-z\d](?:[a-z\d-]{0,62}[a-z\d])?$/, NAME_MESSAGE),
);

/** Whether a text can be the name of a partner. */
export const isPartnerName = (text: string): boolean => v.is(partnerName, text);

const oneOf = (names: readonly string[], what: string) =>
  v.pipe(
    v.string(expected(`must be ${what}: ${names.join(", ")}.`)),
    v.check(
      (value) => names.includes(value),
      ({ input }) => `must be ${what}: ${names.join(", ")}.${suggest(input, names)}`,
    ),
  );

/** The message for a token in a contract. */
export const CLEAR_TEXT =
  "must not be a token in clear text: everyone who sees this file could use it. Write its SHA-256 as tokens: [{ sha256: … }]; `npm run partner -- rotate` makes a new token and writes it.";

/** What `sha256sum` prints if it is given nothing, or an empty line. */
const HASHES_OF_NOTHING = [
  "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
  "01ba4719c80b6fe911b091a7c05124b64eeece964e09c058ef8f9805daca546b",
];

const digest = v.pipe(
  v.string(expected("must be the SHA-256 of a token: 64 hex digits in quotes.")),
  v.regex(/^[\da-f]{64}$/i, "must be the SHA-256 of a token, 64 hex digits; never the token itself."),
  v.transform((value) => value.toLowerCase()),
  v.check(
    (value) => !HASHES_OF_NOTHING.includes(value),
    "is the SHA-256 of nothing. `npm run partner -- rotate` makes a token and writes its hash.",
  ),
);

const tokenEntry = mapping(
  { sha256: digest, until: v.exactOptional(instant) },
  { sha256: "Write the SHA-256 of the token." },
);

const token = v.lazy((value) => (typeof value === "string" ? v.custom<never>(() => false, CLEAR_TEXT) : tokenEntry));

const NETWORK_MESSAGE = "must be a network, such as 192.0.2.0/24 or 2001:db8::/32.";

/** Whether a text is a network or an address, written out: `10/8` would be 0.0.0.10, and `010.0.0.0` be octal. */
const isNetwork = (text: string): boolean =>
  [
    ipaddr.IPv4.isValidCIDRFourPartDecimal(text) || ipaddr.IPv4.isValidFourPartDecimal(text),
    (ipaddr.IPv6.isValidCIDR(text) || ipaddr.IPv6.isValid(text)) && !text.includes("%"),
  ].includes(true);

/** A network (CIDR); an address alone is the network of that one. */
const network = v.pipe(
  v.string(expected(NETWORK_MESSAGE)),
  v.check(isNetwork, NETWORK_MESSAGE),
  v.transform((value) => {
    if (ipaddr.isValidCIDR(value)) return value;
    return `${value}/${ipaddr.parse(value).kind() === "ipv4" ? 32 : 128}`;
  }),
);

/** Headers that say something else, or that clients, proxies or Cloudflare set. */
const RESERVED_HEADER = new RegExp(
  `^(?:${[
    ...["a-im", "accept", "access-control", "authorization", "cache", "cdn", "cf", "connection", "content", "cookie"],
    ...["date", "dnt", "expect", "forwarded", "from", "host", "if", "keep-alive", "max-forwards", "origin", "pragma"],
    ...["prefer", "priority", "proxy", "range", "referer", "sec", "te", "trace", "traceparent", "trailer", "transfer"],
    ...["true-client-ip", "upgrade", "user-agent", "via", "x-forwarded", "x-real"],
  ].join("|")})\\b`,
  "i",
);

const header = v.pipe(
  v.string(expected("must be the name of a header, such as X-Acme-Key.")),
  v.regex(/^[a-z][a-z\d-]{0,63}$/i, "must be the name of a header, such as X-Acme-Key."),
  v.check(
    (value) => !RESERVED_HEADER.test(value),
    "has another meaning. Choose a header of its own, such as X-Acme-Key.",
  ),
  v.transform((value) => value.toLowerCase()),
);

const UNIT_SECONDS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400 };
const MAX_DELAY_SECONDS = 30 * 86_400;
const DELAY_MESSAGE = "must be a time such as 90s, 15m, 2h or 1d, of 30 days at most.";

/** How long something takes, in seconds. */
const delay = v.pipe(
  v.string(expected(DELAY_MESSAGE)),
  v.rawTransform(({ dataset, addIssue, NEVER }): number => {
    const [, amount = "", unit = ""] = /^(\d{1,7}) ?([smhd])$/.exec(dataset.value.trim()) ?? [];
    const seconds = amount === "" ? Number.NaN : Number(amount) * (UNIT_SECONDS[unit] ?? Number.NaN);
    if (seconds <= MAX_DELAY_SECONDS) return seconds;
    const isNegative = dataset.value.trim().startsWith("-");
    addIssue({ message: isNegative ? "can't be negative: nothing appears before it is published." : DELAY_MESSAGE });
    return NEVER;
  }),
);

const TEXT_MESSAGE = "must be full, summary, or { lead: 3 } (the first blocks).";
const lead = mapping({ lead: wholeNumber(1, 1000) }, { lead: "Say how many blocks." });
const partnerText = v.lazy((value) =>
  isRecord(value) ? lead : v.picklist(["full", "summary"], ({ received }) => expected(TEXT_MESSAGE)({ received })),
);

const attributionLine = v.pipe(
  text,
  v.check((value) => value.includes("{link}"), "must have {link} in it, where the link to the story stands."),
);

/** A line, lines by language, or none. */
const attribution = v.lazy((value) => {
  if (value === false) return v.literal(false);
  if (!isRecord(value))
    return v.pipe(
      attributionLine,
      v.transform((line) => ({ "*": line })),
    );
  return v.pipe(
    table(language, attributionLine, "must be a line, or lines by language."),
    v.transform((lines) => Object.fromEntries(lines)),
  );
});

/** The schema of a contract, which docs/partners.md describes for publishers. */
export const partnerSchema = {
  entries: {
    contact: v.exactOptional(text),
    enabled: v.optional(flag, true),
    expires: v.exactOptional(instant),
    tokens: v.optional(list(token), []),
    open: v.optional(flag, false),
    header: v.exactOptional(header),
    networks: v.optional(list(network), []),
    rate: v.optional(v.picklist(RATES, `must be ${RATES.join(" or ")}.`), "standard"),
    include: v.optional(terms, {}),
    exclude: v.optional(terms, {}),
    text: v.optional(partnerText, "full"),
    length: v.exactOptional(wholeNumber(1, 1000)),
    hours: v.exactOptional(wholeNumber(1, 8784)),
    delay: v.optional(delay, "0s"),
    formats: v.pipe(
      list(oneOf(PARTNER_FORMATS, "one of the formats")),
      v.minLength(1, "must name one format at least, such as [rss]."),
    ),
    attribution: v.exactOptional(attribution),
    license: v.exactOptional(url),
  },
  hints: { formats: `Name the formats that the partner may have: ${PARTNER_FORMATS.join(", ")}.` },
  foreignNames: new Map([["token", "tokens"]]),
} satisfies MappingSchema<v.ObjectEntries>;
