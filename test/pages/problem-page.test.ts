import { expect, it } from "vitest";
import { renderProblemPage } from "../../src/pages/problem-page.ts";
import { readPage } from "./read-page.ts";

const GONE = { status: 410, title: "Gone", language: "en", frontPage: "Front page", basePath: "" } as const;

it("a problem page shows title and detail as text, whatever they hold", async () => {
  const page = await readPage(renderProblemPage({ ...GONE, detail: "Wrong <b>Smith & Sons</b>" }));
  const texts = (name: string) => page.filter((element) => element.name === name).map(({ text }) => text);
  expect(texts("title")).toEqual(["410 Gone"]);
  expect(texts("h1")).toEqual(["Gone"]);
  expect(texts("p")[0]).toBe("Wrong <b>Smith & Sons</b>");
});

it("a problem page without a detail shows the title", async () => {
  const page = await readPage(renderProblemPage(GONE));
  expect(page.find(({ name }) => name === "h1")?.text).toBe("Gone");
});

it.each([
  ["en", "ltr"],
  ["ar", "rtl"],
])("a problem page in %s is written %s", async (language, dir) => {
  const [html] = await readPage(renderProblemPage({ ...GONE, language }));
  expect(html?.attributes).toEqual({ lang: language, dir });
});

it("the whole page of a problem is this one", () => {
  const problem = {
    status: 404,
    title: "Lost & found",
    detail: "No <such> page.",
    language: "de",
    frontPage: "Zur <Startseite>",
    basePath: "/news",
  } as const;
  expect(renderProblemPage(problem)).toBe(`<!doctype html>
<html lang="de" dir="ltr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>404 Lost &amp; found</title>
<link rel="stylesheet" href="/news/style.css">
</head>
<body>
<main>
<h1>Lost &amp; found</h1>
<p dir="auto">No &lt;such&gt; page.</p>
<p><a href="/news/">Zur &lt;Startseite&gt;</a></p>
</main>
</body>
</html>
`);
});
