import type { Outbound } from "./outbound.ts";

/** Sends a request to the outside: redirects are not followed, as they lead past every check, and it ends in time. */
export const guardedFetch = (
  { fetch, timeoutMs }: Pick<Outbound, "fetch" | "timeoutMs">,
  url: string,
  init: RequestInit = {},
): Promise<Response> => fetch(url, { ...init, redirect: "manual", signal: AbortSignal.timeout(timeoutMs) });

/** Sends what is no question: of the answer, only status and headers count. */
export const sendRequest = async (...what: Parameters<typeof guardedFetch>): Promise<Response> => {
  const response = await guardedFetch(...what);
  await response.body?.cancel();
  return response;
};

/** The callback with parameters behind its own (§5.1.1). */
export const withParameters = (callback: string, parameters: Readonly<Record<string, string>>): string =>
  `${callback}${callback.includes("?") ? "&" : "?"}${new URLSearchParams(parameters)}`;

/** The text of an answer; of one that is longer than `most` characters, only so much that this can be seen. */
export const readStart = async ({ body }: Response, max: number): Promise<string> => {
  let text = "";
  if (body === null) return text;
  for await (const part of body.pipeThrough(new TextDecoderStream("utf-8", { ignoreBOM: true }))) {
    text += part;
    if (text.length > max) break;
  }
  return text;
};
