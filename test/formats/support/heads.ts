import { parseAtomFeed, parseJsonFeed, parseRssFeed } from "feedsmith";
import type { Format } from "../../../src/formats/format.ts";
import type { Feed } from "../../../src/model/feed.ts";
import { textOfHtml } from "./html.ts";

type Text = string | undefined;

/** The values of the feed itself that all formats have. */
export interface Head {
  readonly title: Text;
  readonly page: Text;
  readonly self: Text;
  readonly description: Text;
  readonly language: Text;
  readonly hubs: readonly Text[];
}

type Link = { readonly rel?: string; readonly href?: string };

const hrefsOf = (links: readonly Link[] | undefined, relation: string): readonly Text[] =>
  (links ?? []).filter(({ rel }) => rel === relation).map(({ href }) => href);

const readers: Readonly<Record<Format["name"], (document: string) => Head>> = {
  rss: (document) => {
    const { title, link, description, language, atom } = parseRssFeed(document);
    const [self] = hrefsOf(atom?.links, "self");
    const plain = description && textOfHtml(description);
    return { title, page: link, self, description: plain, language, hubs: hrefsOf(atom?.links, "hub") };
  },
  atom: (document) => {
    const { title, subtitle, links, xml } = parseAtomFeed(document);
    const [self] = hrefsOf(links, "self");
    const [page] = hrefsOf(links, "alternate");
    const hubs = hrefsOf(links, "hub");
    return { title: title?.value, page, self, description: subtitle?.value, language: xml?.lang, hubs };
  },
  json: (document) => {
    const { title, home_page_url, feed_url, description, language, hubs = [] } = parseJsonFeed(document);
    const urls = hubs.map(({ url }) => url);
    return { title, page: home_page_url, self: feed_url, description, language, hubs: urls };
  },
};

/** Reads the values of the feed itself with feedsmith. */
export const readHead = ({ name }: Format, document: string): Head => readers[name](document);

/** The values that must be read. */
export const expectedHead = ({ fileName }: Format, { title, page, base, channel }: Feed): Head => ({
  title,
  page,
  self: `${base}${fileName}`,
  description: channel.description,
  language: channel.language,
  hubs: channel.hubs,
});
