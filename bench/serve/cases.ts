import type { Coding } from "../../src/http/accept-encoding.ts";
import { sendRequest, type WireResponse } from "./send-request.ts";
import type { Workerd } from "./workerd.ts";

/** A request that is sent again and again, and the status of its response. */
export interface Case {
  readonly path: string;
  /** 226 is a delta of one story (RFC 3229). */
  readonly status: 200 | 226 | 304;
  readonly accept: string;
  /** Also the content-coding of the response, if it has a body. */
  readonly acceptEncoding: Coding;
}

const ANYTHING = "*/*";
const ATOM_PREFERRED = "application/atom+xml, application/rss+xml;q=0.9, */*;q=0.1";

const PAGES = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

/** What feed readers request most, then a feed that the router finds later, content negotiation, deltas, and the pages of people. */
export const cases: readonly Case[] = [
  { path: "/rss.xml", status: 304, accept: ANYTHING, acceptEncoding: "identity" },
  { path: "/rss.xml", status: 200, accept: ANYTHING, acceptEncoding: "identity" },
  { path: "/rss.xml", status: 200, accept: ANYTHING, acceptEncoding: "gzip" },
  { path: "/rss.xml", status: 200, accept: ANYTHING, acceptEncoding: "br" },
  { path: "/tags/harbour/atom.xml", status: 304, accept: ANYTHING, acceptEncoding: "identity" },
  { path: "/feed", status: 304, accept: ATOM_PREFERRED, acceptEncoding: "identity" },
  { path: "/rss.xml", status: 226, accept: ANYTHING, acceptEncoding: "gzip" },
  { path: "/", status: 304, accept: PAGES, acceptEncoding: "identity" },
  { path: "/", status: 200, accept: PAGES, acceptEncoding: "br" },
  { path: "/tags/harbour", status: 200, accept: PAGES, acceptEncoding: "br" },
  { path: "/subscribe", status: 200, accept: PAGES, acceptEncoding: "br" },
];

/** The headers of a request. */
export type Fields = Readonly<Record<string, string>>;

/** The responses of our worker to a case, and the headers of its request. */
export interface Recording {
  readonly found: WireResponse;
  readonly notModified: WireResponse;
  /** The response to the case: one of these two, or a delta. */
  readonly expected: WireResponse;
  /** The headers of the case's request. */
  readonly fields: Fields;
}

const request = async (port: number, path: string, fields: Fields, status: number): Promise<WireResponse> => {
  const response = await sendRequest(port, path, fields);
  if (response.status !== status) throw new Error(`${path} answered ${response.status} instead of ${status}.`);
  return response;
};

const NEWEST_STORY = /(?<=\.[\w-]{5})[\w-]{5}/;

/** The entity tag of a client that lacks the newest story: it names all others. */
const olderTag = (etag: string): string => etag.replace(NEWEST_STORY, "");

/**
 * Sends the request of a case to our worker as a feed reader does: first without a precondition, then with the
 * validators that it got.
 */
export const record = async ({ port }: Workerd, { path, status, accept, acceptEncoding }: Case): Promise<Recording> => {
  const plain: Fields = {
    host: "courier.example.org",
    "user-agent": "Feedwright bench",
    accept,
    "accept-encoding": acceptEncoding,
  };
  // The first request compresses the feed.
  await request(port, path, plain, 200);
  const found = await request(port, path, plain, 200);
  const etag = found.headers.get("etag") ?? "";
  const conditional: Fields = {
    ...plain,
    "if-none-match": etag,
    "if-modified-since": found.headers.get("last-modified") ?? "",
  };
  const notModified = await request(port, path, conditional, 304);
  if (status === 200) return { found, notModified, expected: found, fields: plain };
  if (status === 304) return { found, notModified, expected: notModified, fields: conditional };
  const fields: Fields = { ...plain, "if-none-match": olderTag(etag), "a-im": "feed" };
  return { found, notModified, expected: await request(port, path, fields, 226), fields };
};

/** The head of a request as it is sent. */
export const requestText = (path: string, fields: Fields): string =>
  `GET ${path} HTTP/1.1\r\n${Object.entries(fields)
    .map(([name, value]) => `${name}: ${value}\r\n`)
    .join("")}\r\n`;

const serialize = ({ status, headers, body }: WireResponse): string =>
  JSON.stringify([status, [...headers].sort(), Buffer.from(body).toString("hex")]);

/** Throws unless a server answers a case as recorded: status, headers and bytes. */
export const checkResponse = async ({ port }: Workerd, { path }: Case, recording: Recording): Promise<void> => {
  if (serialize(await sendRequest(port, path, recording.fields)) !== serialize(recording.expected)) {
    throw new Error(`A worker answers ${path} differently from ours.`);
  }
};
