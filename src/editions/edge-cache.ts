import { createRepresentation } from "../http/representation.ts";
import type { Instant } from "../model/instant.ts";
import { createEdition, type Edition } from "./edition.ts";
import type { FeedDocument } from "./feed-document.ts";

/**
 * Caches editions outside of the isolate, under opaque keys. No method rejects or waits for long: an edition that
 * cannot be found or stored is rendered again.
 */
export interface EdgeCache {
  find(key: string): Promise<Edition | undefined>;
  /** The bytes of an edition in a content-coding. */
  findBytes(key: string): Promise<Uint8Array | undefined>;
  /** Stores an edition, or its bytes in a content-coding, for `seconds` at most. */
  put(key: string, value: Edition | Uint8Array, seconds: number): Promise<void>;
}

/**
 * All of an edition but its body. `layout` changes with the format, so that no version of the worker misreads another's
 * entries.
 */
interface Metadata {
  readonly layout: 3;
  readonly contentType: string;
  readonly etag: string;
  readonly lastModified?: number;
  readonly fields: Readonly<Record<string, string>>;
  /** Absent if it is Infinity, which JSON does not have. */
  readonly goodUntil?: Instant;
  /** Absent if it is Infinity. */
  readonly freshUntil?: Instant;
  readonly revision: number;
  readonly feed?: { readonly mark?: string; readonly document: Omit<FeedDocument, "body"> };
  /** Bytes of the body, to recognize an entry that was truncated. */
  readonly length: number;
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();

const withoutBody = ({ body: _, ...document }: FeedDocument): Omit<FeedDocument, "body"> => document;

const metadataOf = ({ representation, feed, goodUntil, freshUntil, revision, body }: Edition): Metadata => {
  const { contentType, etag, lastModified, fields } = representation;
  return {
    ...{ layout: 3, contentType, etag, fields, revision, length: body.byteLength },
    ...(lastModified !== undefined && { lastModified }),
    ...(goodUntil !== Number.POSITIVE_INFINITY && { goodUntil }),
    ...(freshUntil !== Number.POSITIVE_INFINITY && { freshUntil }),
    ...(feed !== undefined && { feed: { ...feed, document: withoutBody(feed.document) } }),
  };
};

/** Serializes an edition: the length of the metadata in four bytes, the metadata as JSON, the body. */
const pack = (edition: Edition): Uint8Array => {
  const metadata = encoder.encode(JSON.stringify(metadataOf(edition)));
  const packed = new Uint8Array(4 + metadata.byteLength + edition.body.byteLength);
  new DataView(packed.buffer).setUint32(0, metadata.byteLength);
  packed.set(metadata, 4);
  packed.set(edition.body, 4 + metadata.byteLength);
  return packed;
};

const unpack = (packed: Uint8Array): Edition | undefined => {
  const start = 4 + new DataView(packed.buffer, packed.byteOffset).getUint32(0);
  // Only `pack` writes these entries, and `layout` tells those of other versions.
  const metadata: Metadata = JSON.parse(decoder.decode(packed.subarray(4, start)));
  const body = packed.subarray(start);
  if (metadata.layout !== 3 || metadata.length !== body.byteLength) return undefined;
  const { goodUntil = Number.POSITIVE_INFINITY, freshUntil = Number.POSITIVE_INFINITY, revision, feed } = metadata;
  return createEdition(createRepresentation(metadata.contentType, metadata, metadata.fields), body, {
    goodUntil,
    freshUntil,
    revision,
    ...(feed !== undefined && { feed: { ...feed, document: { ...feed.document, body } } }),
  });
};

/** Like `unpack`, but undefined if the entry is damaged. */
const unpackIfWhole = (packed: Uint8Array): Edition | undefined => {
  try {
    return unpack(packed);
  } catch (error) {
    console.warn("an entry of the Cache API is damaged:", error);
    return undefined;
  }
};

const TIMEOUT_MS = 1000;

/** After so many failures in a row the Cache API is not used again: plain workerd does not have it. */
const MAX_FAILURES = 3;

const beforeTimeout = async <Value>(promise: Promise<Value>): Promise<Value | undefined> => {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(resolve, TIMEOUT_MS, undefined);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
};

/**
 * An edge cache in Cloudflare's Cache API, which all isolates of a data centre share. Its entries have URLs below the
 * site's `origin` at which the worker answers 404, so that no client can request them.
 */
export const openEdgeCache = (origin: string, cache: () => Promise<Pick<Cache, "match" | "put">>): EdgeCache => {
  let failures = 0;
  const addressOf = (key: string): string => `${origin}/.editions/${encodeURIComponent(key)}`;
  const attempt = async <Value>(work: () => Promise<Value>): Promise<Value | undefined> => {
    if (failures >= MAX_FAILURES) return undefined;
    try {
      const value = await beforeTimeout(work());
      failures = 0;
      return value;
    } catch (error) {
      failures += 1;
      console.warn("the Cache API failed:", error);
      return undefined;
    }
  };
  const read = async (key: string): Promise<Uint8Array | undefined> => {
    const response = await (await cache()).match(addressOf(key));
    return response === undefined ? undefined : new Uint8Array(await response.arrayBuffer());
  };
  return {
    findBytes: (key) => attempt(() => read(key)),
    async find(key) {
      const packed = await attempt(() => read(key));
      return packed && unpackIfWhole(packed);
    },
    async put(key, value, seconds) {
      await attempt(async () => {
        const headers = { "cache-control": `public, max-age=${seconds}`, "content-type": "application/octet-stream" };
        const body = value instanceof Uint8Array ? value : pack(value);
        await (await cache()).put(addressOf(key), new Response(body, { headers }));
      });
    },
  };
};
