import type { Problem } from "../http/problem.ts";
import { html } from "./html.ts";

/** An error for people, in a browser. */
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
