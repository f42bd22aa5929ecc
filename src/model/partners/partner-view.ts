import type { Channel } from "../channel.ts";
import { DAY_MS } from "../instant.ts";
import type { StoryList } from "../scope.ts";
import { partnerList } from "../selection.ts";
import type { Partner, PartnerText } from "./partner.ts";

/** What of a format or dialect decides which stories a partner gets in it. */
export interface PartnerFormat {
  readonly name: string;
  /** Days after its publication for which a story may be in a feed. */
  readonly maxAgeDays?: number;
  /** Whether all stories of a feed must be in its one language. */
  readonly isOfOneLanguage?: true;
}

/** What a partner gets in one format, and nothing of who the partner is: those with equal contracts share it. */
export interface PartnerView {
  /** Name of the format or dialect. */
  readonly format: string;
  readonly list: StoryList;
  readonly text: PartnerText;
  /** Number of stories. */
  readonly length: number;
  readonly delayMs: number;
  /** Milliseconds after its publication at which a story falls out of the feed; absent if it never does. */
  readonly maxAgeMs?: number;
  /** The one language of the feed (BCP 47), if its dialect wants one. */
  readonly language?: string;
  readonly attribution?: Partner["attribution"];
  readonly license?: string;
}

const HOUR_MS = 3_600_000;

/** What a partner gets in a format. */
export const partnerViewOf = (
  { selection, text, length, delaySeconds, hours, attribution, license }: Partner,
  { name, maxAgeDays, isOfOneLanguage }: PartnerFormat,
  channel: Pick<Channel, "feedLength" | "language">,
): PartnerView => {
  const ages = [
    hours === undefined ? [] : [hours * HOUR_MS],
    maxAgeDays === undefined ? [] : [maxAgeDays * DAY_MS],
  ].flat();
  const [language = channel.language, ...others] = selection.include.languages;
  return {
    format: name,
    list: partnerList(selection, channel.language),
    text,
    length: length ?? channel.feedLength,
    delayMs: delaySeconds * 1000,
    ...(ages.length > 0 && { maxAgeMs: Math.min(...ages) }),
    ...(isOfOneLanguage && { language: others.length === 0 ? language : channel.language }),
    ...(attribution !== undefined && { attribution }),
    ...(license !== undefined && { license }),
  };
};
