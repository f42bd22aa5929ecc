import type { Problem } from "../http/problem.ts";
import { html } from "./html.ts";

/** Renders a problem (RFC 9457) as a page for people. */
export const renderProblemPage = ({ status, title, detail }: Problem): string =>
  html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${status} ${title}</title>
<link rel="stylesheet" href="/style.css">
</head>
<body>
<main>
<h1>${title}</h1>
<p>${detail}</p>
<p><a href="/">Front page</a></p>
</main>
</body>
</html>
`.text;
