import { findPublicFeeds } from "../../catalog/find-public-feeds.ts";
import { OPML_MEDIA_TYPE } from "../../formats/opml.ts";
import { licenseLinks, rightsFields } from "../../formats/rights-fields.ts";
import type { Channel } from "../../model/channel.ts";
import type { ListedFeeds } from "../../model/feed.ts";
import { rightsOfAll } from "../../model/rights.ts";
import { MAIN_VIEW } from "../../model/view.ts";
import { scriptedPageHeaders } from "../../pages/page-headers.ts";
import { renderFeedList, renderSubscribePage } from "../../pages/subscribe-page.ts";
import type { RequestContext } from "../request-context.ts";
import { serveDocument, textDocument } from "../serve-document.ts";
import type { Site } from "../site.ts";
import { patterns } from "../url-map.ts";
import { scriptUrl } from "./script.ts";

/** Serves a document that lists all feeds. */
const serveFeeds = (
  context: RequestContext,
  site: Site,
  contentType: string,
  headers: Readonly<Record<string, string>>,
  render: (channel: Channel, feeds: ListedFeeds) => string,
): Promise<Response> =>
  serveDocument(context, site, MAIN_VIEW, async (now) => {
    const { channel } = site.store;
    const feeds = await findPublicFeeds(site.store, now);
    const { sections, named, tags, authors } = feeds;
    const newest = [...sections, ...named, ...tags, ...authors].flatMap((feed) => feed.newest ?? []);
    // It says what tags and authors there are, and of no story what is in it: the rights are those of the publication.
    const rights = rightsOfAll(channel, []);
    const document = textDocument(render(channel, feeds), contentType, newest, {
      ...headers,
      ...rightsFields(rights, licenseLinks(channel, rights)),
    });
    return { kind: "found", value: document };
  });

/** `/subscribe`: every feed, with its address and the ways to follow it. */
export const subscribePage = (context: RequestContext, site: Site): Promise<Response> =>
  serveFeeds(context, site, "text/html; charset=utf-8", scriptedPageHeaders, (channel, feeds) =>
    renderSubscribePage(channel, feeds, {
      page: channel.url + patterns.subscribe,
      opml: channel.url + patterns.opml,
      script: scriptUrl(channel.url),
    }),
  );

/** `/opml.xml`: the same feeds as a list that feed readers import. */
export const opml = (context: RequestContext, site: Site): Promise<Response> =>
  serveFeeds(context, site, `${OPML_MEDIA_TYPE}; charset=utf-8`, {}, renderFeedList);
