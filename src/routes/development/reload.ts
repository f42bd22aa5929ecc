import { pageHeaders } from "../../pages/page-headers.ts";
import { pathOf } from "../request-context.ts";

/** What answers requests. */
interface Responder {
  fetch(request: Request): Promise<Response>;
}

/** Where the script is, below the channel's path. */
export const RELOAD_PATH = "/_reload.js";

const POLICY = "content-security-policy";

/**
 * Asks each second for the entity tags of the page and its style sheets, and reloads once one is another. A page without one, such as a
 * 404, is known by its status. A server that is starting again, or limits how often it is asked, says nothing.
 */
const SCRIPT = `const urls = [location.href, ...Array.from(document.querySelectorAll("link[rel=stylesheet]"), ({ href }) => href)];
const read = async (url) => {
  const { status, headers } = await fetch(url, { method: "HEAD", cache: "no-store" });
  if (status === 429 || status >= 500) throw new Error(status);
  return headers.get("etag") ?? status;
};
const readAll = async () => (await Promise.all(urls.map(read))).join(" ");
let known;
const check = async () => {
  try {
    if (!document.hidden) {
      const now = await readAll();
      known ??= now;
      if (now !== known) {
        await Promise.all(urls.map((url) => fetch(url, { cache: "reload" })));
        location.reload();
        return;
      }
    }
  } catch {}
  setTimeout(check, 1000);
};
check();
`;

/** The policy of pages that run a script of this site, and let it ask this site. */
const withOwnScripts = (policy: string): string =>
  ["script-src", "connect-src"].reduce(
    (extended, directive) => (extended.includes(directive) ? extended : `${extended}; ${directive} 'self'`),
    policy,
  );

/** Whether a response is a page of ours, or says that one has not changed. */
const isPage = ({ headers }: Response): boolean => headers.get(POLICY) === pageHeaders[POLICY];

const withoutCodings = (request: Request): Request => {
  const headers = new Headers(request.headers);
  headers.delete("accept-encoding");
  return new Request(request, { headers });
};

const addScript = async (response: Response, basePath: string): Promise<Response> => {
  const headers = new Headers(response.headers);
  headers.set(POLICY, withOwnScripts(pageHeaders[POLICY]));
  if (response.body === null) return new Response(null, { status: response.status, headers });
  headers.delete("content-length");
  const script = `<script type="module" src="${basePath}${RELOAD_PATH}"></script>\n</head>`;
  return new Response(
    (await response.text()).replace("</head>", () => script),
    { status: response.status, headers },
  );
};

/**
 * A router whose pages reload when they change: for a publication that is served on the machine where it is written. A router of a
 * deployment is not wrapped, so that its pages have no such script, and their policy allows none.
 */
export const withReload = <Router extends Responder>(router: Router, basePath: string): Router => ({
  ...router,
  async fetch(request: Request): Promise<Response> {
    if (pathOf(request.url) === RELOAD_PATH) {
      return new Response(SCRIPT, {
        headers: { "content-type": "text/javascript; charset=utf-8", "cache-control": "no-store" },
      });
    }
    const response = await router.fetch(request);
    if (!isPage(response)) return response;
    const isEncoded = response.headers.has("content-encoding") && response.body !== null;
    return addScript(isEncoded ? await router.fetch(withoutCodings(request)) : response, basePath);
  },
});
