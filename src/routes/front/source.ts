import { digestOf, entityTagOf } from "../../editions/edition-etag.ts";
import { findEdition, type RenderedDocument } from "../../editions/find-edition.ts";
import { formatByFileName } from "../../formats/formats.ts";
import { RIGHTS_FIELDS } from "../../formats/rights-fields.ts";
import { ANY_ORIGIN } from "../../http/cors.ts";
import type { HeaderFields } from "../../http/representation.ts";
import type { Lookup } from "../../model/lookup.ts";
import { notFound } from "../errors.ts";
import { pathOfRenamed, renderFeed } from "../feeds.ts";
import { movedPermanently } from "../redirects.ts";
import type { RequestContext } from "../request-context.ts";
import { serveDocument } from "../serve-document.ts";
import type { Site } from "../site.ts";
import { feedPath, sourcePath, viewOf } from "../url-map.ts";

/** Of the header fields of a feed, those that say what machines may do with it: the same holds for its source. */
const statedRights = (fields: HeaderFields): HeaderFields =>
  Object.fromEntries(Object.entries(fields).filter(([name]) => RIGHTS_FIELDS.includes(name)));

/** `/source/…`: the bytes of the feed at the path behind it, as plain text for people who want to see them. */
export const source = async (context: RequestContext, site: Site): Promise<Response> => {
  const { store, cache } = site;
  const view = viewOf(context);
  const format = formatByFileName(context.params.file ?? "");
  if (view === undefined || format === undefined) return notFound(context);
  const path = sourcePath(view, format);
  if (path !== context.path) return movedPermanently(store.channel.url, path);
  const render = async (now: number): Promise<Lookup<RenderedDocument>> => {
    const snapshot = await store.snapshotAt(now);
    const found = await findEdition(cache, feedPath(view, format), snapshot, () => renderFeed(site, view, format, now));
    if (found.kind !== "found") return found;
    const { body, goodUntil, freshUntil, representation } = found.value.edition;
    return {
      kind: "found",
      value: {
        ...{ body, goodUntil, freshUntil, etag: entityTagOf(digestOf(body)) },
        contentType: "text/plain; charset=utf-8",
        headers: {
          ...statedRights(representation.fields),
          ...{ "x-robots-tag": "noindex", ...ANY_ORIGIN, vary: "Accept-Encoding" },
        },
      },
    };
  };
  return serveDocument(
    context,
    site,
    view,
    render,
    pathOfRenamed(site, view, (one) => sourcePath(one, format)),
  );
};
