/** A request as the router sees it: a HEAD is routed like a GET, and the query string is gone. */
export interface RequestContext {
  readonly method: string;
  readonly url: string;
  readonly request: Request;
  /** Percent-encoded. */
  readonly path: string;
  /** Set by the router: the named groups of the route's pattern, percent-encoded. */
  params: Readonly<Record<string, string | undefined>>;
}

/** The path of an absolute URL exactly as it was sent, without the query string. */
export const pathOf = (url: string): string => {
  const start = url.indexOf("/", url.indexOf("://") + 3);
  const end = url.indexOf("?", start);
  return end === -1 ? url.slice(start) : url.slice(start, end);
};

/** The context of a request that no route has matched yet. */
export const createRequestContext = (request: Request): RequestContext => {
  const { origin, pathname } = new URL(request.url);
  const method = request.method === "HEAD" ? "GET" : request.method;
  return { method, url: origin + pathname, request, path: pathname, params: {} };
};

/** A parameter of the route, decoded; undefined if it is absent or not percent-encoded UTF-8. */
export const parameter = ({ params }: RequestContext, name: string): string | undefined => {
  const value = params[name];
  try {
    return value === undefined ? undefined : decodeURIComponent(value);
  } catch {
    return undefined;
  }
};

/** A parameter that is the key of a story, tag, author or section: all keys are in Unicode normal form C. */
export const keyParameter = (context: RequestContext, name: string): string | undefined =>
  parameter(context, name)?.normalize("NFC");
