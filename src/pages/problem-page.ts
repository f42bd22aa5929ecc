import type { Problem } from "../http/problem.ts";
import { basePathOf } from "../model/address.ts";
import type { Channel } from "../model/channel.ts";
import { directionOf } from "../model/language.ts";
import { type Html, html } from "./html.ts";
import { renderFooterLinks, renderMasthead } from "./masthead.ts";

/** A problem as people read it: its title and detail are in `language`. */
export interface ProblemPage extends Pick<Problem, "status" | "title" | "detail"> {
  /** BCP 47. */
  readonly language: string;
  /** The text of the link to the front page. */
  readonly frontPage: string;
  /** What stands below the title, such as a date. */
  readonly note?: Html;
}

/**
 * Renders a problem (RFC 9457) as a page for people, with the masthead of the publication. Of one that could not be opened only
 * the address is known.
 */
export const renderProblemPage = (
  { status, title, detail, language, frontPage, note }: ProblemPage,
  channel: Channel | Pick<Channel, "url">,
): string => {
  const basePath = basePathOf(channel.url);
  const isOpen = "title" in channel;
  return html`<!doctype html>
<html lang="${language}" dir="${directionOf(language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${status} ${title}${isOpen && ` · ${channel.title}`}</title>
<meta name="color-scheme" content="light dark">
<link rel="stylesheet" href="${basePath}/style.css">
</head>
<body>
${isOpen && renderMasthead(channel, language, undefined)}<main id="content">
<div class="problem">
<p class="kicker">${status}</p>
<h1 id="title">${title}</h1>
${note && html`<p class="byline">${note}</p>\n`}<p dir="auto">${detail}</p>
<p><a href="${basePath}/">${frontPage}</a></p>
</div>
</main>
${isOpen && html`<footer class="foot">\n${renderFooterLinks(channel, language, undefined)}</footer>\n`}</body>
</html>
`.text;
};
