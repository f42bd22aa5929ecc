import { refusalsOf } from "../../src/routes/api/openapi.ts";
import { type ApiOperation, operations } from "../../src/routes/api/operations.ts";
import { patterns } from "../../src/routes/url-map.ts";

const routes = Object.values<ApiOperation>(operations).map((operation) => ({
  method: operation.method.toUpperCase(),
  path: new RegExp(`${patterns[operation.pattern].replace(/:\w+(\+?)/g, (_, many) => (many ? ".+" : "[^/]+"))}$`),
  statuses: [...Object.keys(operation.answers).map(Number), ...refusalsOf(operation)],
}));

/** Answers of the router itself: no such address or method, and what a method says of itself. */
const ROUTER_STATUSES = [301, 404, 405];

/** Throws if the API answers a request with a status code that its description does not have. */
export const requireDocumented = (method: string, url: string, status: number): void => {
  const { pathname } = new URL(url);
  if (!pathname.includes("/api/") || method === "OPTIONS" || ROUTER_STATUSES.includes(status)) return;
  const asked = method === "HEAD" ? "GET" : method;
  const found = routes.filter(({ method: own, path }) => own === asked && path.test(pathname));
  if (!found.some(({ statuses }) => statuses.includes(status)))
    throw new Error(`/api/openapi.json does not say that ${method} ${pathname} may be answered ${status}`);
};
