import type { Problem } from "../http/problem.ts";
import { directionOf } from "../model/language.ts";
import { html } from "./html.ts";

/** A problem as people read it: its title and detail are in `language`. */
export interface ProblemPage extends Pick<Problem, "status" | "title" | "detail"> {
  /** BCP 47. */
  readonly language: string;
  /** The text of the link to the front page. */
  readonly frontPage: string;
  /** The path below which the site lies. */
  readonly basePath: string;
}

/** Renders a problem (RFC 9457) as a page for people. */
export const renderProblemPage = ({ status, title, detail, language, frontPage, basePath }: ProblemPage): string =>
  html`<!doctype html>
<html lang="${language}" dir="${directionOf(language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${status} ${title}</title>
<link rel="stylesheet" href="${basePath}/style.css">
</head>
<body>
<main>
<h1>${title}</h1>
<p dir="auto">${detail}</p>
<p><a href="${basePath}/">${frontPage}</a></p>
</main>
</body>
</html>
`.text;
