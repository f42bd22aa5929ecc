import { digestOf, entityTagOf } from "../editions/edition-etag.ts";
import type { RenderedDocument } from "../editions/find-edition.ts";
import { ANY_ORIGIN } from "../http/cors.ts";
import type { Item } from "../model/item.ts";
import { firstRemoval } from "../model/tombstone.ts";

const encoder = new TextEncoder();

/** A document that is no feed, of a text that names `items`: it is good until the first of them leaves. */
export const textDocument = (
  text: string,
  contentType: string,
  items: readonly Item[],
  headers: RenderedDocument["headers"],
): RenderedDocument => {
  const body = encoder.encode(text);
  const goodUntil = firstRemoval(items);
  return {
    body,
    etag: entityTagOf(digestOf(body)),
    contentType,
    headers: { ...headers, ...ANY_ORIGIN, vary: "Accept-Encoding" },
    goodUntil,
    freshUntil: goodUntil,
  };
};
