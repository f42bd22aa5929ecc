import { findStory } from "../../catalog/find-story.ts";
import { OEMBED_TYPES, oembedPath, renderOembed } from "../../formats/oembed.ts";
import { refuse } from "../../http/api-response.ts";
import { ANY_ORIGIN } from "../../http/cors.ts";
import { absoluteUrl, articlePath } from "../../model/address.ts";
import { notFound } from "../errors.ts";
import type { RequestContext } from "../request-context.ts";
import { serveDocument, textDocument } from "../serve-document.ts";
import type { Site } from "../site.ts";
import { readOembedRequest } from "./oembed-request.ts";

/** `/oembed`: what others show of a story in place of its address. Only this document depends on the query of a request. */
export const oembed = async (context: RequestContext, site: Site): Promise<Response> => {
  const { store } = site;
  const { channel } = store;
  const { format, slug, limits } = readOembedRequest(context.request.url, channel.url);
  if (format === undefined) return refuse(501, "Ask for format=json or format=xml.", ANY_ORIGIN);
  if (slug === undefined) return notFound(context);
  return serveDocument(
    context,
    site,
    { scope: { kind: "article", key: slug } },
    async (now) => {
      const found = await findStory(store, slug, now);
      if (found.kind !== "found") return found;
      const text = renderOembed(channel, found.value, format, limits);
      return { kind: "found", value: textDocument(text, OEMBED_TYPES[format], [found.value], {}) };
    },
    (key) => oembedPath(absoluteUrl(articlePath(key), channel.url), format),
  );
};
