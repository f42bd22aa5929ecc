import type { Instant } from "../model/instant.ts";
import type { Partner } from "../model/partner.ts";

/** The contracts with partners: those of content/partners.yaml, or those of the newsroom's database. */
export interface Contracts {
  /** Whether there are any at `now`. If not, nothing below /partners/ exists. */
  exist(now: Instant): boolean | Promise<boolean>;
  /** Whether the token with this SHA-256 (hex) may be a partner's at `now`. If not, the database need not be asked. */
  knowsToken(tokenHash: string, now: Instant): boolean | Promise<boolean>;
  /** Whether the contract with this name may be an open one at `now`. If not, the database need not be asked. */
  mayBeOpen(name: string, now: Instant): boolean | Promise<boolean>;
  /** The contract with this name, as it is at this very moment. */
  find(name: string): Promise<Partner | undefined>;
  /** The contracts whose names come after `after`, ascending by name, `limit` at most. */
  list(after: string, limit: number): Promise<readonly Partner[]>;
}
