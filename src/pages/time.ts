import { rfc3339 } from "../formats/dates.ts";
import type { Instant } from "../model/instant.ts";
import { type Html, html } from "./html.ts";

/** Renders a `time` element: the date in UTC as people of a language write it, with RFC 3339 as its value. */
export const renderTime = (instant: Instant, language: string): Html => {
  const format = new Intl.DateTimeFormat(language, { dateStyle: "long", timeZone: "UTC" });
  return html`<time datetime="${rfc3339(instant)}">${format.format(instant)}</time>`;
};
