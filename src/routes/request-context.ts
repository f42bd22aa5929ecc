import type { Channel } from "../model/channel.ts";

/** A request as the router sees it: a HEAD is routed like a GET, and without the query string. */
export interface RequestContext {
  readonly method: string;
  readonly url: string;
  readonly request: Request;
  /** The publication: errors are told in its language. */
  readonly channel: Channel;
  /** As it was sent, percent-encoded. */
  readonly path: string;
  /** Set by the router: the named groups of the route's pattern, percent-encoded. */
  params: Readonly<Record<string, string | undefined>>;
}

/** The path of an absolute URL, without the query string. Faster than parsing the URL. */
export const pathOf = (url: string): string => {
  const start = url.indexOf("/", url.indexOf("://") + 3);
  const end = url.indexOf("?", start);
  return end === -1 ? url.slice(start) : url.slice(start, end);
};

/** A URL without a query that parsing would not change in its path. */
const PLAIN_URL = /^https?:\/\/[^/?#]+(?:\/[\w-][\w.-]*)+$/;

/** The context of a request before it is routed. */
export const createRequestContext = (request: Request, channel: Channel): RequestContext => {
  const method = request.method === "HEAD" ? "GET" : request.method;
  const { url } = request;
  if (PLAIN_URL.test(url)) return { method, url, request, channel, path: pathOf(url), params: {} };
  const { origin, pathname } = new URL(url);
  return { method, url: origin + pathname, request, channel, path: pathname, params: {} };
};

/** A decoded parameter of the route; undefined if it is absent or not percent-encoded UTF-8. */
export const parameter = ({ params }: RequestContext, name: string): string | undefined => {
  const value = params[name];
  try {
    return value === undefined ? undefined : decodeURIComponent(value);
  } catch {
    return undefined;
  }
};

/**
 * A decoded parameter that is a key (of a story, tag, author, section or editor), in Unicode normal form C, as all keys
 * are.
 */
export const keyParameter = (context: RequestContext, name: string): string | undefined =>
  parameter(context, name)?.normalize("NFC");
