/** A request as the router sees it: a HEAD is routed like a GET, the query string is gone. */
export interface RequestContext {
  readonly method: string;
  readonly url: string;
  readonly request: Request;
  /** Percent-encoded. */
  readonly path: string;
  /** Set by the router: the named groups of the route's pattern, percent-encoded. */
  params: Readonly<Record<string, string | undefined>>;
}

/** The path of an absolute URL exactly as it was sent, without query string. */
export const pathOf = (url: string): string => {
  const start = url.indexOf("/", url.indexOf("://") + 3);
  const end = url.indexOf("?", start);
  return end === -1 ? url.slice(start) : url.slice(start, end);
};

/** What the router is asked for a request. */
export const createRequestContext = (request: Request): RequestContext => {
  const { origin, pathname } = new URL(request.url);
  const method = request.method === "HEAD" ? "GET" : request.method;
  return { method, url: origin + pathname, request, path: pathname, params: {} };
};

/** A parameter of the route, decoded; nothing where it is absent or not percent-encoded UTF-8. */
export const parameter = ({ params }: RequestContext, name: string): string | undefined => {
  const value = params[name];
  try {
    return value === undefined ? undefined : decodeURIComponent(value);
  } catch {
    return undefined;
  }
};

/** A parameter that is the key of a story, tag, author or section: those are all in NFC. */
export const key = (context: RequestContext, name: string): string | undefined =>
  parameter(context, name)?.normalize("NFC");

/**
 * What content-codings the client accepts. At Cloudflare's edge the header says what the edge accepts instead, which is
 * both of ours; anything else is the client's own word. (Asking for `cf` takes as long as five headers.)
 */
export const acceptEncodingOf = (request: Request): string | null => {
  const header = request.headers.get("accept-encoding");
  if (header === null || !header.includes("br") || !header.includes("gzip")) return header;
  const client: unknown = request.cf?.clientAcceptEncoding;
  return typeof client === "string" ? client : header;
};
