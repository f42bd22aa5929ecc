import { expect, it } from "vitest";
import { renderMarkdownStory } from "../../src/formats/markdown.ts";
import { sampleItem } from "./support/samples.ts";

it("a story as Markdown has title, authors, date, address, picture and text", () => {
  const item = sampleItem({
    ...{ title: "C# & *stars* [1]", url: "https://example.org/articles/a", published: 0, markdown: "Text." },
    authors: [
      { key: "a", name: "A_nn" },
      { key: "b", name: "Bob" },
    ],
    image: { url: "https://example.org/media/x (1).png", alt: "A [picture]" },
  });
  expect(renderMarkdownStory(item)).toBe(`# C\\# \\& \\*stars\\* \\[1\\]

A\\_nn, Bob · 1970-01-01T00:00:00Z · <https://example.org/articles/a>

![A \\[picture\\]](<https://example.org/media/x (1).png>)

Text.
`);
});

it("a story without a title has no heading: its text says the same", () => {
  const url = "https://example.org/articles/a";
  const item = sampleItem({ title: "", firstWords: "Text.", url, published: 0, markdown: "Text.", authors: [] });
  expect(renderMarkdownStory(item)).toBe(`1970-01-01T00:00:00Z · <${url}>\n\nText.\n`);
});

it("a story that is not there as Markdown is none", () => {
  expect(renderMarkdownStory(sampleItem({}))).toBeUndefined();
});
