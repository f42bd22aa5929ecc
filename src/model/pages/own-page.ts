import { FOLDERS } from "../address.ts";

/** A page of the publisher's own, such as an imprint: content/pages/{name}.md, compiled as stories are. */
export interface OwnPage {
  /** Its address is `/{name}`. */
  readonly name: string;
  readonly title: string;
  /** Plain text, one line; empty if nothing describes it. */
  readonly summary: string;
  /** Sanitised, its URLs absolute. */
  readonly html: string;
  /** BCP 47; absent if it is the publication's. */
  readonly language?: string;
}

/** A link of the menu or the footer: to a place on this site that has a name already, or to anywhere under a title. */
export type MenuLink =
  | { readonly kind: "page" | "section"; readonly key: string }
  | { readonly kind: "archive" | "subscribe" }
  /** `url` is absolute, or a path of this site. */
  | { readonly kind: "link"; readonly title: string; readonly url: string };

/** First parts of addresses that the site has for itself, so that no page of the publisher's may have that name. */
export const RESERVED_NAMES: ReadonlySet<string> = new Set([
  ...Object.values(FOLDERS),
  ...["api", "archive", "atom", "feed", "hub", "media", "oembed", "page", "partners", "preview", "rss", "rsscloud"],
  ...["sitemaps", "source", "subscribe", "summaries"],
]);

/** The path of a page of the publisher's own. */
export const ownPagePath = (name: string): string => `/${encodeURIComponent(name)}`;

/** Path of the page with all stories by year and month. */
export const ARCHIVE_PATH = "/archive";

/** Path of the page that explains feeds. */
export const SUBSCRIBE_PATH = "/subscribe";
