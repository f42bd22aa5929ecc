import { rfc3339 } from "../formats/dates.ts";
import type { Instant } from "../model/instant.ts";
import { type Html, html } from "./html.ts";

/** A date as people of that language write it, in UTC, with the machine's form beside it. */
export const renderTime = (instant: Instant, language: string): Html => {
  const format = new Intl.DateTimeFormat(language, { dateStyle: "long", timeZone: "UTC" });
  return html`<time datetime="${rfc3339(instant)}">${format.format(instant)}</time>`;
};
