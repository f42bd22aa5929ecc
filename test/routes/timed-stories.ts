import { type Files, GIF, instant, site, story, wave } from "../fixtures/publication.ts";

// A publication whose stories come and go, each with words of its own that begin with an animal.

export const LIFTS = instant("2026-03-02T00:00:00Z");
export const EXPIRES = instant("2026-03-03T00:00:00Z");
export const WITHDRAWN = instant("2026-03-04T00:00:00Z");
export const NOTICE_ENDS = instant("2026-03-05T00:00:00Z");
export const EDITED = instant("2026-03-06T00:00:00Z");

const iso = (time: number): string => new Date(time).toISOString();

/** What only those may read who may see the story. */
export const privateWords = (animal: string) => ({
  title: `${animal}Title`,
  summary: `${animal}Summary`,
  body: `${animal}Body`,
  tag: `${animal}Tag`,
  author: `${animal}Author`,
  alias: `${animal}Alias`,
  alt: `${animal}Alt`,
  credit: `${animal}Credit`,
  picture: `${animal}Picture`,
  sound: `${animal}Sound`,
  soundTitle: `${animal}Interview`,
  source: `${animal}Source`,
  note: `${animal}Note`,
  license: `${animal}License`.toLowerCase(),
});

const tell = (animal: string, front: Readonly<Record<string, unknown>> = {}): Files => {
  const words = privateWords(animal);
  return {
    [`${animal}.md`]: story(
      `${animal}Id`,
      {
        title: words.title,
        summary: words.summary,
        slug: `${animal}Slug`,
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

/** What is deployed, one version after the other. */
const publication = (tapir: object, lemur: object): Files => ({
  "site.yaml": site({ sections: { world: "World" }, noticeDays: 1, feedLength: 3 }),
  ...tell("Lemur", { ...lemur }),
  ...tell("Quagga", EMBARGOED),
  ...tell("Okapi", { expires: iso(EXPIRES) }),
  ...tell("Tapir", { ...tapir }),
  ...tell("Numbat", { draft: true }),
});

export const versions = [
  { deployed: instant("2026-03-01T00:00:00Z"), files: publication({}, {}) },
  { deployed: WITHDRAWN, files: publication(RETRACTED, {}) },
  { deployed: EDITED, files: publication(RETRACTED, { summary: "LemurSummary, edited without a word" }) },
];

export type Visibility = "hidden" | "visible" | "gone";

/** How each story stands; told without the code that is tested. */
export const standings = (now: number): Readonly<Record<string, Visibility>> => ({
  Lemur: "visible",
  Quagga: now < LIFTS ? "hidden" : "visible",
  Okapi: now < EXPIRES ? "visible" : "gone",
  Tapir: now < WITHDRAWN ? "visible" : "gone",
  Numbat: "hidden",
});

export const ANIMALS = Object.keys(standings(0));
const FILES = ["/rss.xml", "/atom.xml", "/feed.json"];

const feedsOf = (view: string): readonly string[] => FILES.flatMap((file) => [view + file, `/summaries${view}${file}`]);

export const articlesOf = (animal: string): readonly string[] => [
  `/articles/${animal}Slug`,
  ...feedsOf(`/articles/${animal}Slug`),
  `/articles/${animal}Alias`,
  ...feedsOf(`/articles/${animal}Alias`),
];
export const scopesOf = (animal: string): readonly string[] => [
  ...feedsOf(`/tags/${animal.toLowerCase()}tag`),
  ...feedsOf(`/authors/${animal.toLowerCase()}author`),
];
export const mediaOf = (animal: string): readonly string[] => [
  `/media/${animal}Picture.gif`,
  `/media/${animal}Sound.wav`,
];

export const addresses: readonly string[] = [
  "/",
  "/style.css",
  "/feed",
  "/feed.xml",
  "/nothing",
  ...feedsOf(""),
  ...feedsOf("/sections/world"),
  ...feedsOf("/archive/1"),
  ...feedsOf("/archive/2"),
  ...feedsOf("/sections/world/archive/1"),
  ...feedsOf("/authors/lemurauthor/archive/1"),
  ...ANIMALS.flatMap((animal) => [...articlesOf(animal), ...scopesOf(animal), ...mediaOf(animal)]),
];
