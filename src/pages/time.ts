import { rfc3339 } from "../formats/dates.ts";
import { formatDateTime } from "../model/dates/format-date-time.ts";
import type { Instant } from "../model/instant.ts";
import { type Html, html } from "./html.ts";

/**
 * Renders a `time` element with RFC 3339 as its value: date and time of day as people of a language write them, on clocks
 * that are `utcOffsetSeconds` ahead of UTC. Isolated, since the text around it may be written in the other direction.
 */
export const renderTime = (instant: Instant, utcOffsetSeconds: number, language: string): Html =>
  html`<bdi><time datetime="${rfc3339(instant)}">${formatDateTime(instant, utcOffsetSeconds, language)}</time></bdi>`;
