import type { Instant } from "../model/instant.ts";
import type { Partner } from "../model/partners/partner.ts";

/** The contracts with partners: those of content/partners.yaml, or those of the newsroom's database. */
export interface Contracts {
  /** Whether there are any at `now`. If not, nothing below /partners/ exists. */
  exist(now: Instant): boolean | Promise<boolean>;
  /**
   * The contract with this name as it is known at `now` without asking the database for it, which may be that of some seconds
   * ago. Whoever has no right by it gets none, and nothing more is asked.
   */
  findKnown(name: string, now: Instant): Partner | undefined | Promise<Partner | undefined>;
  /** The contract with this name, as it is at this very moment. */
  find(name: string): Promise<Partner | undefined>;
  /** Names of the formats and dialects that contracts have at `now`; undefined if there are too many contracts to know. */
  formats(now: Instant): ReadonlySet<string> | undefined | Promise<ReadonlySet<string> | undefined>;
  /** The contracts whose names come after `after`, ascending by name, `limit` at most. */
  list(after: string, limit: number): Promise<readonly Partner[]>;
}
