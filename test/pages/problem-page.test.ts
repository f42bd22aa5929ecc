import { expect, it } from "vitest";
import { html } from "../../src/pages/html.ts";
import { renderProblemPage } from "../../src/pages/problem-page.ts";
import { compileStory } from "./compile-story.ts";
import { readPage } from "./read-page.ts";

/** All that is known of a site that could not be opened. */
const CHANNEL = { url: "https://courier.example/news" };

const GONE = { status: 410, title: "Gone", language: "en", frontPage: "Front page" } as const;

it("a problem page shows title and detail as text, whatever they hold", async () => {
  const page = await readPage(renderProblemPage({ ...GONE, detail: "Wrong <b>Smith & Sons</b>" }, CHANNEL));
  const texts = (name: string) => page.filter((element) => element.name === name).map(({ text }) => text);
  expect(texts("title")).toEqual(["410 Gone"]);
  expect(texts("h1")).toEqual(["Gone"]);
  expect(texts("p")[1]).toBe("Wrong <b>Smith & Sons</b>");
});

it("a problem page without a detail shows the title", async () => {
  const page = await readPage(renderProblemPage(GONE, CHANNEL));
  expect(page.find(({ name }) => name === "h1")?.text).toBe("Gone");
});

it.each([
  ["en", "ltr"],
  ["ar", "rtl"],
])("a problem page in %s is written %s", async (language, dir) => {
  const [html] = await readPage(renderProblemPage({ ...GONE, language }, CHANNEL));
  expect(html?.attributes).toEqual({ lang: language, dir });
});

it("a problem page has the masthead and the foot of the site, if that is known", async () => {
  const { channel } = await compileStory();
  const page = await readPage(renderProblemPage({ ...GONE, note: html`<time>today</time>` }, channel));
  expect(page.find(({ attributes }) => attributes.class === "brand")?.text).toBe("The Courier");
  expect(page.some(({ attributes }) => attributes.href === `${channel.url}/archive`)).toBe(true);
  expect(page.find(({ name }) => name === "time")?.text).toBe("today");
  expect(page.find(({ name }) => name === "title")?.text).toBe("410 Gone · The Courier");
});

it("the whole page of a problem is this one", () => {
  const problem = {
    status: 404,
    title: "Lost & found",
    detail: "No <such> page.",
    language: "de",
    frontPage: "Zur <Startseite>",
  } as const;
  expect(renderProblemPage(problem, CHANNEL)).toBe(`<!doctype html>
<html lang="de" dir="ltr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>404 Lost &amp; found</title>
<meta name="color-scheme" content="light dark">
<link rel="stylesheet" href="/news/style.css">
</head>
<body>
<main id="content">
<div class="problem">
<p class="kicker">404</p>
<h1 id="title">Lost &amp; found</h1>
<p dir="auto">No &lt;such&gt; page.</p>
<p><a href="/news/">Zur &lt;Startseite&gt;</a></p>
</div>
</main>
</body>
</html>
`);
});
