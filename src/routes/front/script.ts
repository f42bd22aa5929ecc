import { SHORT_CACHE_CONTROL } from "../../http/cache-control.ts";
import { ANY_ORIGIN } from "../../http/cors.ts";
import { serveFile } from "../../http/serve-file.ts";
import { sha256 } from "../../lib/sha256.ts";
import { basePathOf } from "../../model/address.ts";
import { script } from "../../pages/script.ts";
import { preconditionFailed, rangeNotSatisfiable } from "../errors.ts";
import type { RequestContext } from "../request-context.ts";
import { patterns } from "../url-map.ts";

const bytes = new TextEncoder().encode(script);
const digest = sha256(script).slice(0, 16);

/** The address of the script as pages name it: with its digest as the query, by which caches may keep it for ever. */
export const scriptUrl = (siteUrl: string): string => `${basePathOf(siteUrl)}${patterns.script}?${digest}`;

/**
 * `/feedwright.js`: the script of the pages. Only under the very digest is it kept for long: while another version is being
 * deployed, one worker may be asked for the script of the other.
 */
export const pageScript = async (context: RequestContext): Promise<Response> => {
  const { request } = context;
  const isNamed = new URL(request.url).search === `?${digest}`;
  const answer = await serveFile(request, {
    etag: `"${digest}"`,
    contentType: "text/javascript; charset=utf-8",
    length: bytes.byteLength,
    body: request.method === "HEAD" ? null : new Response(bytes).body,
    headers: {
      "cache-control": isNamed ? "public, max-age=31536000, immutable" : SHORT_CACHE_CONTROL,
      ...ANY_ORIGIN,
    },
  });
  if (answer === "precondition-failed") return preconditionFailed(context);
  return answer === "range-not-satisfiable" ? rangeNotSatisfiable(context, bytes.byteLength) : answer;
};
