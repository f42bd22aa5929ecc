import type { Channel } from "../../model/channel.ts";
import type { Item } from "../../model/item.ts";

/** What in a story breaks a rule: a key of its front matter, a block of its text by number, or the story as a whole. */
export type Breach =
  | { readonly kind: "key"; readonly key: string; readonly message: string }
  | { readonly kind: "block"; readonly block: number; readonly message: string }
  | { readonly kind: "story"; readonly message: string };

/** Something that a partner's system asks of a story. */
export interface Rule {
  /** Unique among all rules: `msn/title-length`. */
  readonly name: string;
  /** A story that breaks a `must` is left out of the feeds in the dialect; a `should` gives a warning. */
  readonly level: "must" | "should";
  /** URL of the page that says so. */
  readonly source: string;
  /** The day on which that was read: `2026-11-25`. */
  readonly readOn: string;
  /**
   * The places at which a story breaks the rule, each with a message that says what is wrong and what to do. `channel.url` may
   * be a placeholder: `siteUrl` is the `url` of site.yaml.
   */
  readonly findBreaches: (item: Item, channel: Pick<Channel, "language" | "url">, siteUrl: string) => readonly Breach[];
}

/** The HTML that a dialect takes. Elements outside the list are unwrapped, or dropped with all that is in them. */
export interface AllowedHtml {
  /** The attributes of each element that is taken. */
  readonly attributes: Readonly<Record<string, readonly string[]>>;
  /** Elements that go with all that is in them: what they show makes no sense without them. */
  readonly dropped: readonly string[];
  /** Hosts whose frames are taken; none, if absent. */
  readonly frameHosts?: readonly string[];
  readonly source: string;
  readonly readOn: string;
}

/** What a dialect asks of stories. */
export interface DialectRules {
  /** Name of the dialect. */
  readonly name: string;
  readonly rules: readonly Rule[];
  /** Absent if it takes all the HTML that an Item may have. */
  readonly allowedHtml?: AllowedHtml;
}
