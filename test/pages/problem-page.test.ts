import { expect, it } from "vitest";
import { renderProblemPage } from "../../src/pages/problem-page.ts";
import { read } from "./read.ts";

it("an error is put before people as text, whatever the reason says", async () => {
  const page = await read(renderProblemPage({ status: 410, title: "Gone", detail: "Wrong <b>Smith & Sons</b>" }));
  const texts = (name: string) => page.filter((element) => element.name === name).map(({ text }) => text);
  expect(texts("title")).toEqual(["410 Gone"]);
  expect(texts("h1")).toEqual(["Gone"]);
  expect(texts("p")[0]).toBe("Wrong <b>Smith & Sons</b>");
});

it("an error without a detail says the rest", async () => {
  const page = await read(renderProblemPage({ status: 404, title: "Not Found" }));
  expect(page.find(({ name }) => name === "h1")?.text).toBe("Not Found");
});
