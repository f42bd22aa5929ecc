import { type Files, GIF, instant, ORIGIN, site, story, wave } from "../../fixtures/publication.ts";

// A site whose stories appear and leave at known moments. All texts of a story begin with its name, a word that occurs
// nowhere else, so that a test can tell whether a response reveals anything of it.

export const LIFTS = instant("2026-03-02T00:00:00Z");
export const EXPIRES = instant("2026-03-03T00:00:00Z");
export const WITHDRAWN = instant("2026-03-04T00:00:00Z");
export const NOTICE_ENDS = instant("2026-03-05T00:00:00Z");
export const EDITED = instant("2026-03-06T00:00:00Z");

const iso = (time: number): string => new Date(time).toISOString();

/** The texts of a story that only a response about the visible story may contain. */
export const wordsOf = (name: string) => ({
  title: `${name}Title`,
  summary: `${name}Summary`,
  body: `${name}Body`,
  tag: `${name}Tag`,
  author: `${name}Author`,
  alias: `${name}Alias`,
  alt: `${name}Alt`,
  credit: `${name}Credit`,
  picture: `${name}Picture`,
  sound: `${name}Sound`,
  soundTitle: `${name}Interview`,
  source: `${name}Source`,
  note: `${name}Note`,
  license: `${name}License`.toLowerCase(),
});

const filesOf = (name: string, front: Readonly<Record<string, unknown>> = {}): Files => {
  const words = wordsOf(name);
  return {
    [`${name}.md`]: story(
      `${name}Id`,
      {
        title: words.title,
        summary: words.summary,
        slug: `${name}Slug`,
        tags: [words.tag],
        authors: [{ name: words.author }],
        section: "world",
        aliases: [words.alias],
        image: { src: `media/${words.picture}.gif`, alt: words.alt, credit: words.credit },
        attachments: [{ src: `media/${words.sound}.wav`, title: words.soundTitle }],
        source: { title: words.source },
        corrections: [{ at: "2026-01-02T00:00:00Z", note: words.note }],
        license: `https://${words.license}.example/`,
        ...front,
      },
      words.body,
    ),
    [`media/${words.picture}.gif`]: GIF,
    [`media/${words.sound}.wav`]: wave(100),
  };
};

const EMBARGOED = { published: iso(LIFTS), corrections: [{ at: iso(LIFTS), note: "QuaggaNote" }] };
const RETRACTED = { withdrawn: { at: iso(WITHDRAWN), reason: "TapirReason" } };

const publication = (tapir: object, lemur: object): Files => ({
  "site.yaml": site({ sections: { world: "World" }, noticeDays: 1, feedLength: 3, markdown: true }),
  ...filesOf("Lemur", { ...lemur }),
  ...filesOf("Quagga", EMBARGOED),
  ...filesOf("Okapi", { expires: iso(EXPIRES) }),
  ...filesOf("Tapir", { ...tapir }),
  ...filesOf("Numbat", { draft: true }),
});

/** The deployments, one after the other. */
export const versions = [
  { deployed: instant("2026-03-01T00:00:00Z"), files: publication({}, {}) },
  { deployed: WITHDRAWN, files: publication(RETRACTED, {}) },
  { deployed: EDITED, files: publication(RETRACTED, { summary: "LemurSummary, edited without a word" }) },
];

export type Visibility = "hidden" | "visible" | "gone";

/** The visibility of each story at `now`, stated without the code under test. */
export const visibilities = (now: number): Readonly<Record<string, Visibility>> => ({
  Lemur: "visible",
  Quagga: now < LIFTS ? "hidden" : "visible",
  Okapi: now < EXPIRES ? "visible" : "gone",
  Tapir: now < WITHDRAWN ? "visible" : "gone",
  Numbat: "hidden",
});

/** The names of the stories. */
export const NAMES = Object.keys(visibilities(0));

const FILES = ["/rss.xml", "/atom.xml", "/feed.json"];

/** The paths of a view's feeds; a view may lie below /source. */
const feedsOf = (view: string): readonly string[] =>
  FILES.flatMap((file) => [
    view + file,
    view.startsWith("/source") ? view.replace("/source", "/source/summaries") + file : `/summaries${view}${file}`,
  ]);

/** The path of what oEmbed says of a story. */
const oembedOf = (slug: string): string => `/oembed?url=${encodeURIComponent(`${ORIGIN}/articles/${slug}`)}`;

/** The paths of a story's page and feeds, by its slug and by its former slug. */
export const articlesOf = (name: string): readonly string[] => [
  `/articles/${name}Slug`,
  ...feedsOf(`/articles/${name}Slug`),
  ...feedsOf(`/source/articles/${name}Slug`),
  ...[`/articles/${name}Slug.md`, oembedOf(`${name}Slug`), `${oembedOf(`${name}Slug`)}&format=xml`],
  `/articles/${name}Alias`,
  ...[`/articles/${name}Alias.md`, oembedOf(`${name}Alias`)],
  ...feedsOf(`/articles/${name}Alias`),
];

/** The paths of the feeds of a story's tag and author, which no other story has. */
export const scopesOf = (name: string): readonly string[] => [
  ...feedsOf(`/tags/${name.toLowerCase()}tag`),
  ...feedsOf(`/source/tags/${name.toLowerCase()}tag`),
  ...feedsOf(`/authors/${name.toLowerCase()}author`),
];

/** The pages of a story's tag and author. */
export const scopePagesOf = (name: string): readonly string[] => [
  `/tags/${name.toLowerCase()}tag`,
  `/authors/${name.toLowerCase()}author`,
];

/** The paths of a story's media files. */
export const mediaOf = (name: string): readonly string[] => [`/media/${name}Picture.gif`, `/media/${name}Sound.wav`];

/** Every path of the site, and one that does not exist. */
export const paths: readonly string[] = [
  "/",
  ...["/page/2", "/sections/world", "/sections/world/page/2", "/archive", "/archive/2026/01", "/archive/2026/03"],
  "/style.css",
  "/sitemap.xml",
  "/sitemaps/1.xml",
  "/news-sitemap.xml",
  "/feed",
  "/feed.xml",
  "/nothing",
  "/tags/nothing/rss.xml",
  "/subscribe",
  "/opml.xml",
  ...feedsOf("/source"),
  ...feedsOf("/source/archive/1"),
  ...feedsOf(""),
  ...feedsOf("/sections/world"),
  ...feedsOf("/archive/1"),
  ...feedsOf("/archive/2"),
  ...feedsOf("/sections/world/archive/1"),
  ...feedsOf("/authors/lemurauthor/archive/1"),
  ...NAMES.flatMap((name) => [...articlesOf(name), ...scopesOf(name), ...scopePagesOf(name), ...mediaOf(name)]),
];
