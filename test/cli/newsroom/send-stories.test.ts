import { afterEach, expect, it, vi } from "vitest";
import type { NewsroomClient } from "../../../src/cli/newsroom/newsroom-client.ts";
import { type LocalStory, readLocalStory, sendStories } from "../../../src/cli/newsroom/send-stories.ts";
import { story } from "../../fixtures/publication.ts";
import { fakeNewsroom, refusal } from "./fake-newsroom.ts";

afterEach(() => vi.restoreAllMocks());

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

/** A newsroom that answers by path, and all of each request to it. */
const openNewsroom = (answer: (path: string) => Response = () => new Response("{}", { status: 201 })) => {
  const requests: Parameters<NewsroomClient["request"]>[] = [];
  const newsroom: NewsroomClient = {
    ...fakeNewsroom(() => new Response()),
    async request(...request) {
      requests.push(request);
      return answer(request[1]);
    },
  };
  return { newsroom, requests };
};

it.each<[string, string, LocalStory]>([
  [
    "world/a-name.md",
    story("x", { aliases: ["one", "two"] }),
    {
      path: "world/a-name.md",
      slug: "a-name",
      aliases: ["one", "two"],
      id: "tag:courier.example,2026:x",
      source: bytesOf(""),
    },
  ],
  ["b.md", "No front matter.", { path: "b.md", slug: "b", aliases: [], source: bytesOf("") }],
])("what has to be known of %s is read from it", (path, text, expected) => {
  expect(readLocalStory(path, bytesOf(text))).toEqual({ ...expected, source: bytesOf(text) });
});

it("each story is sent in its order, with its version and with those that it may link to by their file names", async () => {
  const stories = [
    readLocalStory("a.md", bytesOf(story("a", {}, "[b](world/b.md), [B](B.MD), [c](<d%C3%A9.md>) and [a](a.md)."))),
    { ...readLocalStory("world/b.md", bytesOf(story("b", {}, "See x-b.md and `(dé.md)`."))), etag: '"v3"' },
    readLocalStory("far/away/dé.md", bytesOf(story("d", { slug: "d" }, `[long](${"x".repeat(299)}.md) ../b.md`))),
    readLocalStory("B.MD", bytesOf(story("upper"))),
    readLocalStory(`${"x".repeat(299)}.md`, bytesOf(story("long"))),
  ];
  const { newsroom, requests } = openNewsroom();
  expect(await sendStories(newsroom, stories)).toEqual(stories);
  const sent = requests.map(([method, path, body, headers]) => {
    const url = new URL(path, "https://newsroom.example");
    return [method, url.pathname, url.searchParams.getAll("path"), url.searchParams.getAll("linked"), body, headers];
  });
  const markdown = { "content-type": "text/markdown" };
  const [a, b, d, upper, long] = stories.map(({ slug, source }) => ({
    slug,
    source,
    url: `/api/items/${encodeURIComponent(slug)}`,
  }));
  expect(sent).toEqual([
    [
      "PUT",
      a?.url,
      ["a.md"],
      [`world/b.md:${b?.slug}`, `far/away/dé.md:${d?.slug}`, `B.MD:${upper?.slug}`],
      a?.source,
      markdown,
    ],
    ["PUT", b?.url, ["world/b.md"], [`far/away/dé.md:${d?.slug}`], b?.source, { ...markdown, "if-match": '"v3"' }],
    [
      "PUT",
      d?.url,
      ["far/away/dé.md"],
      [`world/b.md:${b?.slug}`, `${"x".repeat(299)}.md:${long?.slug}`],
      d?.source,
      markdown,
    ],
    ["PUT", upper?.url, ["B.MD"], [], upper?.source, markdown],
    ["PUT", long?.url, [`${"x".repeat(299)}.md`], [], long?.source, markdown],
  ]);
});

it("why stories are refused is printed, and the others are sent all the same", async () => {
  const printed: string[] = [];
  vi.spyOn(console, "error").mockImplementation((line: string) => void printed.push(line));
  const stories = ["a", "b", "c"].map((name) => readLocalStory(`world/${name}.md`, bytesOf(story(name))));
  const { newsroom, requests } = openNewsroom((path) =>
    path.startsWith("/api/items/c") ? Response.json({}) : refusal(409, `No ${path.slice(11, 12)}.`),
  );
  expect(await sendStories(newsroom, stories)).toEqual([stories[2]]);
  expect(requests).toHaveLength(3);
  expect(printed).toEqual(["content/world/a.md: 409 No a.", "content/world/b.md: 409 No b."]);
});
