import type { Outside } from "./ask-subscriber.ts";

/** Sends a request to the outside: redirects are not followed, as they lead past every check, and it ends in time. */
export const reach = (
  { fetch, timeOut }: Pick<Outside, "fetch" | "timeOut">,
  url: string,
  init: RequestInit = {},
): Promise<Response> => fetch(url, { ...init, redirect: "manual", signal: AbortSignal.timeout(timeOut) });
