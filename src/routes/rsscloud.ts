import { emptyElement } from "../formats/xml.ts";
import { readPleaseNotify } from "../push/protocol/rsscloud.ts";
import type { RequestContext } from "./request-context.ts";
import type { Push, Reading } from "./site.ts";
import { formResponse, type Refusal, readForm, subscribe, TOO_MANY_REQUESTS } from "./subscribe.ts";

const ACCEPTED =
  "You will be asked whether you meant it, and then told of changes for 25 hours at most. Ask again before they end.";

/** Names the feed by its number, because its address may hold characters that XML cannot carry. */
const reasonFor = (number: number, { reason }: Refusal): string =>
  `Feed ${number}: ${reason}${number === 1 ? "" : " Those before it were taken."}`;

const takeForm = async (
  form: URLSearchParams,
  reading: Reading,
  push: Push,
  request: Request,
): Promise<Refusal | undefined> => {
  const wishes = readPleaseNotify(form);
  if (typeof wishes === "string") return { status: 400, reason: wishes };
  const outbound = push.outbound();
  for (const [index, wish] of wishes.entries()) {
    // The form itself has counted as one.
    const isWithinLimit = index === 0 || (await push.isWithinLimit(request));
    const refusal = isWithinLimit ? await subscribe(reading, push, outbound, wish) : TOO_MANY_REQUESTS;
    if (refusal !== undefined) return { ...refusal, reason: reasonFor(index + 1, refusal) };
  }
  return undefined;
};

/** POST /rsscloud/pleaseNotify: subscribes to feeds by rssCloud, which RSS offers in its element `cloud`. */
export const pleaseNotify = async ({ request }: RequestContext, reading: Reading, push: Push): Promise<Response> => {
  const form = await readForm(request, push);
  const refusal = form instanceof URLSearchParams ? await takeForm(form, reading, push, request) : form;
  const result = { success: String(refusal === undefined), msg: refusal?.reason ?? ACCEPTED };
  const body = `<?xml version="1.0" encoding="utf-8"?>\n${emptyElement("notifyResult", result)}`;
  return formResponse(200, "text/xml", body, refusal);
};
