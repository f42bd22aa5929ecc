import { epochOf, type Found, findFeed } from "../catalog.ts";
import type { Format } from "../formats/format.ts";
import { formatByFileName, formats } from "../formats/formats.ts";
import type { Channel } from "../model/channel.ts";
import { MAIN_VIEW, type View } from "../model/view.ts";
import type { Ask } from "./ask.ts";
import { type Document, findEdition, negotiatedPath, serveEdition } from "./edition.ts";
import { answerMissing, movedPermanently, notAcceptable, notFound } from "./errors.ts";
import { feedPath, viewOf } from "./paths.ts";
import type { Site } from "./site.ts";

const link = (url: string, rel: string, type?: string): string =>
  `<${url}>; rel="${rel}"${type === undefined ? "" : `; type="${type}"`}`;

/** RFC 8288: this feed, its hubs (WebSub §4), and the same view in the other formats. */
const linkHeader = (channel: Channel, view: View, format: Format): string =>
  [
    link(channel.url + feedPath(view, format), "self", format.mediaType),
    ...channel.hubs.map((hub) => link(hub, "hub")),
    ...formats
      .filter((other) => other !== format)
      .map((other) => link(channel.url + feedPath(view, other), "alternate", other.mediaType)),
  ].join(", ");

const writeFeed = async (
  { store }: Site,
  view: View,
  format: Format,
  now: number,
  headers?: Document["headers"],
): Promise<Found<Document>> => {
  const found = await findFeed(store, view, now);
  if (found.kind !== "found") return found;
  return {
    kind: "found",
    value: {
      text: format.render(found.value),
      contentType: `${format.mediaType}; charset=utf-8`,
      headers: {
        link: linkHeader(store.channel, view, format),
        "access-control-allow-origin": "*",
        "access-control-expose-headers": "Content-Location, ETag, Last-Modified, Link",
        ...headers,
      },
    },
  };
};

/** A feed at its own address. Other spellings of the address are sent there. */
export const feed = async (ask: Ask, site: Site): Promise<Response> => {
  const view = viewOf(ask);
  const format = formatByFileName(ask.params.file ?? "");
  if (view === undefined || format === undefined) return notFound(ask);
  const path = feedPath(view, format);
  if (path !== ask.path) return movedPermanently(site.store.channel.url, path);
  const epoch = epochOf(site.store, site.now());
  const edition = await findEdition(site, path, epoch, () => writeFeed(site, view, format, epoch.now));
  if (edition.kind === "found") return serveEdition(ask.request, site, edition.value, epoch);
  return answerMissing(ask, site.store.channel.url, edition, epoch, (slug) =>
    feedPath({ ...view, scope: { kind: "article", key: slug } }, format),
  );
};

const refuseFormats = (ask: Ask, { store }: Site): Response =>
  notAcceptable(
    ask,
    formats.map(({ mediaType }) => mediaType),
    formats.map((one) => link(store.channel.url + feedPath(MAIN_VIEW, one), "alternate", one.mediaType)).join(", "),
  );

/** `/feed`: the main feed in the format that Accept prefers, RSS where it does not say. */
export const negotiatedFeed = async (ask: Ask, site: Site): Promise<Response> => {
  const format = site.negotiate(ask.request.headers.get("accept"));
  if (format === undefined) return refuseFormats(ask, site);
  const epoch = epochOf(site.store, site.now());
  const headers = { "content-location": feedPath(MAIN_VIEW, format), vary: "Accept" };
  const edition = await findEdition(site, negotiatedPath(format), epoch, () =>
    writeFeed(site, MAIN_VIEW, format, epoch.now, headers),
  );
  return edition.kind === "found" ? serveEdition(ask.request, site, edition.value, epoch) : notFound(ask);
};
