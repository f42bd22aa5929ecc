import { NO_STORE, SHORT_CACHE_CONTROL } from "../http/cache-control.ts";
import { ANY_ORIGIN } from "../http/cors.ts";
import { createProblem, problemResponse, RETRY_AFTER_MISSES } from "../http/problem.ts";
import { unsatisfiedContentRange } from "../http/range.ts";
import { basePathOf, PLACEHOLDER_ORIGIN, withoutBasePath } from "../model/address.ts";
import type { Channel } from "../model/channel.ts";
import type { Lookup } from "../model/lookup.ts";
import { englishWords } from "../model/words/en.ts";
import { fill } from "../model/words/template.ts";
import type { Words } from "../model/words/words.ts";
import { wordsOf } from "../model/words/words-of.ts";
import { pageHeaders } from "../pages/page-headers.ts";
import { type ProblemPage, renderProblemPage } from "../pages/problem-page.ts";
import { renderTime } from "../pages/time.ts";
import { pathOf, type RequestContext } from "./request-context.ts";
import { isFeedPath } from "./url-map.ts";

/** What a problem is called, by status code. */
const TITLES = {
  404: "notFound",
  405: "methodNotAllowed",
  406: "notAcceptable",
  410: "gone",
  412: "preconditionFailed",
  416: "rangeNotSatisfiable",
  429: "tooManyRequests",
  500: "internalServerError",
  503: "internalServerError",
} as const satisfies Readonly<Record<number, keyof Words>>;

/** In what language people are told of problems. */
type ProblemChannel =
  | Channel
  | (Pick<Channel, "feedPages" | "language" | "url" | "words"> & { readonly title?: never });

type ProblemContext = Pick<RequestContext, "request"> & { readonly channel: ProblemChannel };

/** Vary of a problem: at the address of a feed, as every answer there has it (`varyOf`), since a browser gets a page where there is one. */
const varyOfProblem = ({ request: { url }, channel }: ProblemContext): string =>
  channel.feedPages && isFeedPath(pathOf(withoutBasePath(url, basePathOf(channel.url)) ?? url))
    ? "Accept, Sec-Fetch-Dest"
    : "Accept";

/** Software gets the problem in English, people a page in the language of the site, or another one. */
const problem = (
  context: ProblemContext,
  status: keyof typeof TITLES,
  detailIn: (words: Words) => string,
  headers: Readonly<Record<string, string>> = {},
  pageIn: (words: Words) => Partial<ProblemPage> = () => ({}),
  language = context.channel.language,
): Response =>
  problemResponse(
    context.request.headers.get("accept"),
    createProblem(status, detailIn(englishWords)),
    { "cache-control": NO_STORE, vary: varyOfProblem(context), ...pageHeaders, ...ANY_ORIGIN, ...headers },
    () => {
      const { channel } = context;
      const words = wordsOf(channel, language);
      const { frontPage, [TITLES[status]]: title } = words;
      const page = { status, title, detail: detailIn(words), language, frontPage, ...pageIn(words) };
      return renderProblemPage(page, channel.title === undefined ? { url: channel.url } : channel);
    },
  );

/** 404, never cached: what is missing now may be published in a minute (RFC 9110 §15.5.5). */
export const notFound = (context: ProblemContext): Response => problem(context, 404, (words) => words.notFoundDetail);

/** 410: a story was withdrawn, with the reason, or has expired (§15.5.11). People are told when, in the language of the story. */
export const gone = (
  context: RequestContext,
  {
    reason,
    at,
    utcOffsetSeconds,
    language = context.channel.language,
  }: Extract<Lookup<unknown>, { readonly kind: "gone" }>,
): Response =>
  problem(
    context,
    410,
    (words) => reason ?? words.goneDetail,
    { "cache-control": SHORT_CACHE_CONTROL },
    (words) => ({
      ...(reason !== undefined && { title: words.withdrawn }),
      note: renderTime(at, utcOffsetSeconds, language),
    }),
    language,
  );

/** 405 with the methods that are allowed (§15.5.6). */
export const methodNotAllowed = (context: RequestContext, allow: string): Response =>
  problem(context, 405, (words) => fill(words.methodNotAllowedDetail, { methods: allow }), { allow });

/** 406 with the media types that there are; `link` is a Link header with their addresses (§15.5.7). */
export const notAcceptable = (context: RequestContext, mediaTypes: readonly string[], link: string): Response =>
  problem(context, 406, (words) => fill(words.notAcceptableDetail, { types: mediaTypes.join(", ") }), { link });

/** 406: the client accepts neither one of our content-codings nor an unencoded body (§12.5.3). */
export const codingNotAcceptable = (context: ProblemContext): Response => {
  const types = "br, gzip, identity";
  return problem(context, 406, (words) => fill(words.notAcceptableDetail, { types }), {
    "accept-encoding": "br, gzip",
  });
};

/** 412: If-Match or If-Unmodified-Since does not hold (§15.5.13). */
export const preconditionFailed = (context: ProblemContext): Response =>
  problem(context, 412, (words) => words.preconditionFailedDetail);

/** 416 with the length of the file in bytes (§15.5.17). */
export const rangeNotSatisfiable = (context: RequestContext, length: number): Response =>
  problem(context, 416, (words) => fill(words.rangeNotSatisfiableDetail, { number: length }), {
    "content-range": unsatisfiedContentRange(length),
    "accept-ranges": "bytes",
  });

/** 429: the client requested too much that does not exist (RFC 6585 §4). */
export const tooManyMisses = (context: RequestContext): Response =>
  problem(context, 429, (words) => words.tooManyRequestsDetail, RETRY_AFTER_MISSES);

/** For when the site can't be opened: nothing is known of it then. */
const UNKNOWN_CHANNEL: ProblemChannel = { feedPages: false, language: "en", url: PLACEHOLDER_ORIGIN, words: {} };

/** 503: this version of the worker can't work with what is stored; the caller logs why (§15.6.4). */
export const unavailable = (request: Request, channel: ProblemChannel = UNKNOWN_CHANNEL): Response =>
  problem({ request, channel }, 503, (words) => words.internalServerErrorDetail, { "retry-after": "60" });

/** 500: what went wrong is logged by the caller, never shown (§15.6.1). */
export const internalError = (request: Request, channel: ProblemChannel = UNKNOWN_CHANNEL): Response =>
  problem({ request, channel }, 500, (words) => words.internalServerErrorDetail, { "retry-after": "60" });
