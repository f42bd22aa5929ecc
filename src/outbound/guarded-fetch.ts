import { Unavailable } from "../lib/with-timeout.ts";

/** What requests to addresses that strangers name are sent with. */
export interface HttpClient {
  readonly fetch: typeof globalThis.fetch;
  /** Milliseconds after which a request fails with a TimeoutError, reading its answer included. */
  readonly timeoutMs: number;
  /** Says who sends them: many hosts turn down requests that do not. */
  readonly userAgent: string;
}

/**
 * Sends a request. Redirects are not followed, as they would lead past the checks of the address: a 3xx is the answer.
 * Rejects if the host cannot be reached or does not answer in time.
 */
export const guardedFetch = (
  { fetch, timeoutMs, userAgent }: HttpClient,
  url: string,
  init: RequestInit = {},
): Promise<Response> => {
  const headers = new Headers(init.headers);
  headers.set("user-agent", userAgent);
  return fetch(url, { ...init, headers, redirect: "manual", signal: AbortSignal.timeout(timeoutMs) });
};

/** Whether a request failed, or what came before it, since there was no answer in time. */
export const isTimeout = (error: unknown): boolean =>
  error instanceof Unavailable || (error instanceof Error && error.name === "TimeoutError");

/** The same for a request of whose answer only status and headers count: the body is cancelled unread. */
export const fetchDiscardingBody = async (...request: Parameters<typeof guardedFetch>): Promise<Response> => {
  const response = await guardedFetch(...request);
  await response.body?.cancel();
  return response;
};

/** Appends parameters to the query of a URL, which keeps its own as they are (WebSub §5.1.1). `url` has no fragment. */
export const appendQuery = (url: string, parameters: Readonly<Record<string, string>>): string =>
  `${url}${url.includes("?") ? "&" : "?"}${new URLSearchParams(parameters)}`;

/**
 * Reads a response's body as text (UTF-8). Reading stops as soon as there are more than `maxCharacters`: the result is
 * then longer than that, but not the whole text.
 */
export const readTextUpTo = async ({ body }: Response, maxCharacters: number): Promise<string> => {
  let text = "";
  if (body === null) return text;
  for await (const part of body.pipeThrough(new TextDecoderStream("utf-8", { ignoreBOM: true }))) {
    text += part;
    if (text.length > maxCharacters) break;
  }
  return text;
};
