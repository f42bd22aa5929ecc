import type { Channel } from "../model/channel.ts";
import { writtenAttribution } from "../model/partners/contract-document.ts";
import type { Partner } from "../model/partners/partner.ts";
import type { Terms } from "../model/selection.ts";
import type { Tombstone } from "../model/tombstone.ts";
import { RATE_WINDOWS } from "./rates.ts";

/** A form in which a partner may have stories. */
interface OfferedFormat {
  readonly name: string;
  readonly url: string;
  readonly mediaType: string;
}

const iso = (time: number): string => new Date(time).toISOString();

const named = (terms: Terms): Partial<Terms> =>
  Object.fromEntries(Object.entries(terms).filter(([, names]) => names.length > 0));

/** What a partner is told of its own contract: what it may take, in which files, until when, and the last withdrawals. */
export const describeTerms = (
  partner: Partner,
  { title, url, feedLength, noticeDays }: Channel,
  formats: readonly OfferedFormat[],
  withdrawals: readonly Tombstone[],
) => ({
  partner: partner.name,
  publication: { title, url: `${url}/` },
  feeds: formats,
  include: named(partner.selection.include),
  exclude: named(partner.selection.exclude),
  text: partner.text,
  length: partner.length ?? feedLength,
  hours: partner.hours,
  delaySeconds: partner.delaySeconds,
  rate: RATE_WINDOWS[partner.rate].map(({ requests, seconds }) => ({ requests, seconds })),
  expires: partner.expires === undefined ? undefined : iso(partner.expires),
  attribution: writtenAttribution(partner.attribution),
  license: partner.license,
  noticeDays,
  withdrawals: withdrawals.map(({ id, url: story, at, reason }) => ({ id, url: story, at: iso(at), reason })),
});
