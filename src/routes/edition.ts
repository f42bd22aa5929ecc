import type { Epoch, Found } from "../catalog.ts";
import { entityTagOf } from "../editions/digest.ts";
import { cacheControl } from "../http/caching.ts";
import { type Representation, represent, serve } from "../http/represent.ts";
import type { Ask } from "./ask.ts";
import { preconditionFailed } from "./errors.ts";
import type { Site } from "./site.ts";

/** A document to be served, before its digest is taken. */
export interface Document {
  readonly text: string;
  readonly contentType: string;
  readonly headers: Readonly<Record<string, string>>;
}

const encoder = new TextEncoder();

const build = async (
  { text, contentType, headers }: Document,
  { store }: Site,
  epoch: Epoch,
): Promise<Representation> => {
  const bytes = encoder.encode(text);
  const lastModified = Math.max(store.revision.at, epoch.since);
  return represent(bytes, contentType, { etag: await entityTagOf(bytes), lastModified }, headers);
};

/**
 * The edition at `path`: the one kept in memory, else made by `write` and kept. The key holds the revision
 * and the epoch, so a change, an embargo that lifts or an expiry is another key.
 */
export const findEdition = async (
  site: Site,
  path: string,
  epoch: Epoch,
  write: () => Promise<Found<Document>>,
): Promise<Found<Representation>> => {
  const key = `${path}|${site.store.revision.id}|${epoch.count}`;
  const kept = site.editions.get(key);
  if (kept !== undefined) return { kind: "found", value: kept };
  const written = await write();
  if (written.kind !== "found") return written;
  const edition = await build(written.value, site, epoch);
  site.editions.set(key, edition);
  return { kind: "found", value: edition };
};

/** Answers with an edition, fresh until the next embargo or expiry at most. */
export const serveEdition = (
  ask: Ask,
  site: Site,
  edition: Representation,
  { now, until }: Epoch,
  headers: Readonly<Record<string, string>> = {},
): Response => {
  const fresh = { "cache-control": cacheControl(site.store.channel.freshness, now, until), ...headers };
  return serve(ask.request, edition, fresh) ?? preconditionFailed(ask);
};
