import fc from "fast-check";
import { arbitraryName, arbitrarySecond, arbitrarySpelling, arbitraryText, arbitraryUrl } from "./arbitrary-text.ts";

const optional = <Value>(arbitrary: fc.Arbitrary<Value>) => fc.option(arbitrary, { nil: undefined });

const language = fc.constantFrom("en", "de", "ar", "he", "pt-BR", "zh-Hant", "sr-Latn-RS", "en-x-pirate");
const mediaType = fc.constantFrom(
  "audio/mpeg",
  "video/mp4",
  "application/pdf",
  "image/svg+xml",
  "text/plain; charset=utf-8",
  "audio/ogg; codecs=opus",
);

/** Blocks of a body: Markdown, valid and invalid HTML, and whatever has to be escaped or removed. */
const block = fc.oneof(
  // Without their ends they would be errors to the compiler, since they would swallow the rest.
  arbitraryText.map((text) => text.replaceAll("<![CDATA[", "<![CDATA[]]>").replaceAll("<script>", "<script></script>")),
  fc.lorem({ maxCount: 60 }),
  fc.constantFrom(
    "# Heading & <em>more</em>",
    "- one\n- two ]]> three\n  - deep",
    "> quote\n\n```js\nif (a < b && c > d) {} // ]]>\n```",
    "| a | b |\n|---|---|\n| 1 | **2** |",
    "[link](/relative?a=1&b=2 'title') <https://example.org/?a&b> and ![alt ]]> & \"q\"](https://example.org/a.png)",
    '<script>alert("]]>")</script><style>x{}</style><iframe src="https://example.org/"></iframe>',
    '<p onclick="x()" title="a & b > c ]]&gt;">raw <b>bold <i>crossed</b> over</i> &nbsp;&copy;&#13;&#10;&#x1F600;</p>',
    '<img src="https://example.org/x.jpg" alt="<!-- not a comment --> ]]> </content:encoded><![CDATA[" srcset="https://example.org/a.jpg?x=1,2 1x, https://example.org/b.jpg 2x">',
    "<pre>\n  kept\n\n\tspace\n</pre>\n<!-- a comment ]]> -->",
    '<video controls src="https://example.org/v.mp4" poster="//example.org/p.png"></video><a href="mailto:a@example.org?subject=%26">x</a>',
    "A note[^1].\n\n[^1]: The note & more.",
    "<table><tr><td>cell<p>unclosed",
    "text ]]> ]]]]> <![CDATA[ ]]&gt; &#93;&#93;&gt;",
  ),
);

// The first words: if all other blocks are removed, the body is not empty, which would be an error.
const body = fc
  .record({
    blocks: fc.array(block, { maxLength: 4 }),
    times: fc.oneof({ weight: 80, arbitrary: fc.constant(1) }, { weight: 1, arbitrary: fc.constant(30) }),
  })
  .map(({ blocks, times }) => ["It begins.", ...Array.from({ length: times }, () => blocks).flat()].join("\n\n"));

const inlineAuthor = fc.record(
  { name: arbitraryName, url: arbitraryUrl, email: fc.constantFrom("desk@example.org", "a.b+c_d-e@news.example.org") },
  { requiredKeys: ["name"] },
);

const attachment = fc.record(
  {
    src: arbitraryUrl,
    type: mediaType,
    length: fc.nat(),
    duration: fc.nat({ max: 1e5 }).map((n) => n / 8),
    title: arbitraryText,
  },
  { requiredKeys: ["src", "type"] },
);

const picture = fc.record(
  {
    src: arbitraryUrl,
    alt: fc.oneof(fc.constant(""), arbitraryText),
    credit: arbitraryText,
    type: fc.constantFrom("image/png", "image/jpeg"),
    width: fc.integer({ min: 1, max: 9999 }),
    height: fc.integer({ min: 1, max: 9999 }),
  },
  { requiredKeys: ["src", "alt"] },
);

const source = fc.record(
  { title: arbitraryText, url: arbitraryUrl, author: arbitraryText },
  { requiredKeys: ["title"] },
);

/** Valid front matter and a body, without id and slug, which distinguish stories. */
const storyValues = fc.record({
  isPermalink: fc.boolean(),
  title: fc.oneof({ weight: 5, arbitrary: arbitraryText }, fc.constantFrom("", undefined)),
  published: arbitrarySecond,
  spelling: arbitrarySpelling,
  updatedAfter: optional(fc.nat({ max: 1e7 })),
  authors: optional(fc.array(fc.oneof(fc.constantFrom("staff", "ana"), inlineAuthor), { maxLength: 4 })),
  section: optional(fc.constantFrom("world", "odd")),
  tags: optional(fc.array(fc.oneof(arbitraryName, fc.constantFrom("iraq", "Iraq", "C++ & C#")), { maxLength: 4 })),
  summary: optional(arbitraryText),
  image: optional(picture),
  attachments: optional(fc.array(attachment, { maxLength: 3 })),
  language: optional(language),
  canonical: optional(arbitraryUrl),
  source: optional(source),
  license: optional(arbitraryUrl),
  leaves: fc.constantFrom("stays", "stays", "stays", "stays", "withdrawn", "expires", "draft"),
  leftAfter: fc.integer({ min: 1, max: 1e7 }),
  corrections: optional(fc.array(fc.record({ after: fc.nat({ max: 1e7 }), note: arbitraryText }), { maxLength: 2 })),
  reason: arbitraryText,
  body,
});

const IRI = /^[^\s<>"{}|\\^`]+$/;

type StoryValues = typeof storyValues extends fc.Arbitrary<infer Value> ? Value : never;

const tombstone = ({ leaves, published, leftAfter, spelling, reason, updatedAfter, corrections }: StoryValues) => {
  const lastChange = published + Math.max(0, updatedAfter ?? 0, ...(corrections ?? []).map(({ after }) => after));
  if (leaves === "withdrawn") return { withdrawn: { at: spelling(lastChange + leftAfter), reason } };
  if (leaves === "expires") return { expires: spelling(published + leftAfter) };
  return leaves === "draft" ? { draft: true } : {};
};

/** Writes the source of a story, as a publisher would. Every JSON value is YAML. */
const write = (story: StoryValues, index: number): string => {
  const { title, spelling, published, authors, section, tags, summary, image, attachments } = story;
  const canonical = story.canonical === undefined ? undefined : new URL(story.canonical).href;
  // One story at most has its address for an id: ids must differ.
  const isPermalink = index === 0 && story.isPermalink && canonical !== undefined && IRI.test(canonical);
  const data = {
    id: isPermalink ? canonical : `tag:example.org,2026:ü-${index}`,
    title,
    published: spelling(published),
    updated: story.updatedAfter === undefined ? undefined : spelling(published + story.updatedAfter),
    authors,
    section,
    tags,
    summary,
    image,
    attachments,
    language: story.language,
    canonical,
    source: story.source,
    license: story.license,
    corrections: story.corrections?.map(({ after, note }) => ({ at: spelling(published + after), note })),
    ...tombstone(story),
  };
  const lines = Object.entries(data)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => `${key}: ${JSON.stringify(value)}`);
  return `---\n${lines.join("\n")}\n---\n\n${story.body}\n`;
};

/** Sources of one or two stories with different ids. */
export const arbitraryStories = fc
  .array(storyValues, { minLength: 1, maxLength: 2 })
  .map((stories) => stories.map(write));

/** site.yaml with authors and sections whose names are odd. */
export const arbitrarySite = fc
  .record(
    {
      id: fc.constantFrom("tag:example.org,2026:feeds", "https://example.org/"),
      title: arbitraryText,
      description: arbitraryText,
      language,
      rights: arbitraryText,
      license: arbitraryUrl,
      hubs: fc.uniqueArray(arbitraryUrl, { maxLength: 2 }),
      staff: arbitraryName,
      odd: arbitraryName,
      noticeDays: fc.constantFrom(0, 14, 366),
    },
    { requiredKeys: ["id", "title", "description", "language", "staff", "odd"] },
  )
  .map(({ staff, odd, ...rest }) =>
    JSON.stringify({
      ...rest,
      url: "https://example.org",
      authors: {
        staff: { name: staff },
        ana: { name: "Ana & Béla", url: "https://example.org/ana?x=1&y=2", email: "ana@example.org" },
      },
      sections: { world: "World", odd },
    }),
  );
