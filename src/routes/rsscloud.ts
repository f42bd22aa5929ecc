import { emptyElement } from "../formats/xml.ts";
import { readPleaseNotify } from "../push/protocol/rsscloud.ts";
import type { RequestContext } from "./request-context.ts";
import type { Site } from "./site.ts";
import { formResponse, type Push, type Refusal, readForm, subscribe, TOO_MANY_REQUESTS } from "./subscribe.ts";

const ACCEPTED =
  "You will be asked whether you meant it, and then told of changes for 25 hours at most. Ask again before they end.";

/** Names the feed by its number, because its address may contain characters that XML cannot carry. */
const reasonFor = (number: number, { reason }: Refusal): string =>
  `Feed ${number}: ${reason}${number === 1 ? "" : " Those before it were taken."}`;

const handleForm = async (
  form: URLSearchParams,
  site: Site,
  push: Push,
  request: Request,
): Promise<Refusal | undefined> => {
  const subscriptions = readPleaseNotify(form);
  if (typeof subscriptions === "string") return { status: 400, reason: subscriptions };
  const outbound = push.outbound();
  for (const [index, subscription] of subscriptions.entries()) {
    // The first feed counts against the rate limit with the form, every other one by itself.
    const isWithinLimit = index === 0 || (await push.isWithinLimit(request));
    const refusal = isWithinLimit ? await subscribe(site, push, outbound, subscription) : TOO_MANY_REQUESTS;
    if (refusal !== undefined) return { ...refusal, reason: reasonFor(index + 1, refusal) };
  }
  return undefined;
};

/** POST /rsscloud/pleaseNotify: subscribes to feeds by rssCloud, which the element `cloud` of RSS offers. */
export const pleaseNotify = async ({ request }: RequestContext, site: Site, push: Push): Promise<Response> => {
  const form = await readForm(request, push);
  const refusal = form instanceof URLSearchParams ? await handleForm(form, site, push, request) : form;
  const result = { success: String(refusal === undefined), msg: refusal?.reason ?? ACCEPTED };
  const body = `<?xml version="1.0" encoding="utf-8"?>\n${emptyElement("notifyResult", result)}`;
  return formResponse(200, "text/xml", body, refusal);
};
