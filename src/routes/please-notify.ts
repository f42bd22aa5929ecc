import { emptyElement } from "../formats/xml.ts";
import { readPleaseNotify } from "../push/please-notify.ts";
import type { Ask } from "./ask.ts";
import { notFound } from "./errors.ts";
import type { Site } from "./site.ts";
import { type Refusal, readForm, subscribe, TOO_MANY } from "./subscribe.ts";

const WELCOME =
  "You will be asked whether you meant it, and then told of changes for 25 hours at most. Ask again before they end.";

const answer = (refusal: Refusal | undefined): Response => {
  const result = { success: String(refusal === undefined), msg: refusal?.reason ?? WELCOME };
  return new Response(`<?xml version="1.0" encoding="utf-8"?>\n${emptyElement("notifyResult", result)}`, {
    status: refusal?.status ?? 200,
    headers: {
      "content-type": "text/xml; charset=utf-8",
      "cache-control": "no-store",
      "x-content-type-options": "nosniff",
      ...refusal?.headers,
    },
  });
};

/** Which feed it is about by its number: its address may hold what XML can't. */
const reasonFor = (number: number, { reason }: Refusal): string =>
  `Feed ${number}: ${reason}${number === 1 ? "" : " Those before it were taken."}`;

/** POST /rsscloud/pleaseNotify: wants to be told of changes to feeds (rssCloud), as RSS offers it in `<cloud>`. */
export const pleaseNotify = async (ask: Ask, site: Site): Promise<Response> => {
  const { push } = site;
  if (push === undefined) return notFound(ask);
  const form = await readForm(ask.request, push);
  if (!(form instanceof URLSearchParams)) return answer(form);
  const requests = readPleaseNotify(form);
  if (typeof requests === "string") return answer({ status: 400, reason: requests });
  const outside = push.outside();
  for (const [index, request] of requests.entries()) {
    // The form itself has counted as one.
    const isWithinLimit = index === 0 || (await push.isWithinLimit(ask.request));
    const refusal = isWithinLimit ? await subscribe(site, push, outside, request) : TOO_MANY;
    if (refusal !== undefined) return answer({ ...refusal, reason: reasonFor(index + 1, refusal) });
  }
  return answer(undefined);
};
