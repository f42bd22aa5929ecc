import { emptyElement } from "../formats/xml.ts";
import { readPleaseNotify } from "../push/protocol/rsscloud.ts";
import { answerForm, type Refusal, subscribe, TOO_MANY, takingForms } from "./subscribe.ts";

const WELCOME =
  "You will be asked whether you meant it, and then told of changes for 25 hours at most. Ask again before they end.";

const answer = (refusal: Refusal | undefined): Response => {
  const result = { success: String(refusal === undefined), msg: refusal?.reason ?? WELCOME };
  const body = `<?xml version="1.0" encoding="utf-8"?>\n${emptyElement("notifyResult", result)}`;
  return answerForm(200, "text/xml", body, refusal);
};

/** Which feed it is about by its number: its address may hold what XML can't. */
const reasonFor = (number: number, { reason }: Refusal): string =>
  `Feed ${number}: ${reason}${number === 1 ? "" : " Those before it were taken."}`;

/** POST /rsscloud/pleaseNotify: wants to be told of changes to feeds (rssCloud), as RSS offers it in `<cloud>`. */
export const pleaseNotify = takingForms(answer, async (form, push, site, request) => {
  const wishes = readPleaseNotify(form);
  if (typeof wishes === "string") return { status: 400, reason: wishes };
  const outbound = push.outbound();
  for (const [index, wish] of wishes.entries()) {
    // The form itself has counted as one.
    const isWithinLimit = index === 0 || (await push.isWithinLimit(request));
    const refusal = isWithinLimit ? await subscribe(site, push, outbound, wish) : TOO_MANY;
    if (refusal !== undefined) return { ...refusal, reason: reasonFor(index + 1, refusal) };
  }
  return undefined;
});
