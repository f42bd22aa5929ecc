import { createRepresentation } from "../http/representation.ts";
import type { Instant } from "../model/instant.ts";
import type { FeedDocument } from "./document.ts";
import { createEdition, type Edition } from "./edition.ts";

/**
 * Keeps editions outside of the isolate, under opaque keys. It never throws and never holds anything up for long: what it
 * can't find or keep is made anew.
 */
export interface EdgeCache {
  find(key: string): Promise<Edition | undefined>;
  /** Bytes of an edition in another content-coding. */
  findBytes(key: string): Promise<Uint8Array | undefined>;
  /** Keeps an edition, or bytes of one, for so many seconds at most. */
  keep(key: string, value: Edition | Uint8Array, seconds: number): Promise<void>;
}

/** Seconds: a key never means anything else, but nobody asks for an old one. */
export const WEEK_SECONDS = 604_800;

/** All of an edition but its bytes. Another layout gets another number, so that nobody misreads it. */
interface Label {
  readonly layout: 2;
  readonly contentType: string;
  readonly etag: string;
  readonly lastModified: number;
  readonly fields: Readonly<Record<string, string>>;
  /** Absent where it is good for ever: JSON knows no Infinity. */
  readonly goodUntil?: Instant;
  readonly revision: number;
  readonly feed?: { readonly mark?: string; readonly document: Omit<FeedDocument, "body"> };
  /** Bytes of the body: fewer are there where the entry was cut off. */
  readonly length: number;
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();

const labelOf = ({ representation, feed, goodUntil, revision, body }: Edition): Label => {
  const { contentType, etag, lastModified, fields } = representation;
  const labelled = (): Label["feed"] => {
    if (feed === undefined) return undefined;
    const { body: _, ...document } = feed.document;
    return { ...feed, document };
  };
  const told = labelled();
  return {
    ...{ layout: 2, contentType, etag, lastModified, fields, revision, length: body.byteLength },
    ...(goodUntil !== Number.POSITIVE_INFINITY && { goodUntil }),
    ...(told !== undefined && { feed: told }),
  };
};

/** An edition as bytes: the label's length in four bytes, the label, the body. */
const pack = (edition: Edition): Uint8Array => {
  const label = encoder.encode(JSON.stringify(labelOf(edition)));
  const packed = new Uint8Array(4 + label.byteLength + edition.body.byteLength);
  new DataView(packed.buffer).setUint32(0, label.byteLength);
  packed.set(label, 4);
  packed.set(edition.body, 4 + label.byteLength);
  return packed;
};

const unpack = (packed: Uint8Array): Edition | undefined => {
  const start = 4 + new DataView(packed.buffer, packed.byteOffset).getUint32(0);
  // Only `pack` writes here; another version of it has another layout.
  const label: Label = JSON.parse(decoder.decode(packed.subarray(4, start)));
  const body = packed.subarray(start);
  if (label.layout !== 2 || label.length !== body.byteLength) return undefined;
  const { goodUntil = Number.POSITIVE_INFINITY, revision, feed } = label;
  return createEdition(createRepresentation(label.contentType, label, label.fields), body, {
    goodUntil,
    revision,
    ...(feed !== undefined && { feed: { ...feed, document: { ...feed.document, body } } }),
  });
};

/** Nothing where an entry is damaged: it is made anew. */
const unpackIfWhole = (packed: Uint8Array): Edition | undefined => {
  try {
    return unpack(packed);
  } catch (error) {
    console.warn("an entry of the Cache API is damaged:", error);
    return undefined;
  }
};

const TIMEOUT_MS = 1000;

/** After so many failures in a row the cache is left alone: plain workerd has none at all. */
const MAX_FAILURES = 3;

const within = async <Value>(promise: Promise<Value>): Promise<Value | undefined> => {
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
 * A shelf in Cloudflare's Cache API, which all isolates of a data centre share. `origin` is that of the site: keys are
 * addresses below it that the worker answers at with 404, so nobody can ask for them.
 */
export const openEdgeCache = (origin: string, cache: () => Promise<Pick<Cache, "match" | "put">>): EdgeCache => {
  let failures = 0;
  const addressOf = (key: string): string => `${origin}/.editions/${encodeURIComponent(key)}`;
  const attempt = async <Value>(work: () => Promise<Value>): Promise<Value | undefined> => {
    if (failures >= MAX_FAILURES) return undefined;
    try {
      const value = await within(work());
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
    async keep(key, value, seconds) {
      await attempt(async () => {
        const headers = { "cache-control": `public, max-age=${seconds}`, "content-type": "application/octet-stream" };
        const body = value instanceof Uint8Array ? value : pack(value);
        await (await cache()).put(addressOf(key), new Response(body, { headers }));
      });
    },
  };
};
