import { type Files, GIF, instant, SVG, site, story, wave } from "../../fixtures/publication.ts";

// A site with something at every kind of path, and a story of each visibility.

/** The time at which the site is tested. */
export const NOW = instant("2026-03-01T12:00:00Z");

/** The content/ folder of the site. */
export const sampleFiles: Files = {
  "site.yaml": site({
    authors: { staff: { name: "The Staff" }, "nobody-yet": { name: "Nobody Yet" } },
    sections: { world: "The World" },
    icon: "media/icon.gif",
    hubs: ["https://hub.example/"],
    redirects: {
      "/old": "/articles/visible",
      "/old/atom": "https://elsewhere.example/atom.xml",
      "/\u00fcber": "/",
      "/caf%c3%a9/": "/rss.xml",
      "/tilde/%7eann": "/rss.xml",
      // These do not count, because the site itself answers at these paths.
      "/rss.xml": "/no",
      "/": "/no",
      "/articles/visible": "/no",
      "/articles/withdrawn": "/no",
      // This counts, because there is no such story.
      "/articles/of-an-older-site": "/articles/visible",
    },
  }),
  "visible.md": story(
    "visible",
    {
      authors: ["staff", { name: "Ann Inline" }],
      section: "world",
      tags: ["News", "Caf\u00e9 au lait"],
      aliases: ["formerly"],
      image: { src: "media/picture.gif", alt: "" },
      attachments: [{ src: "media/sound/Caf\u00e9 (1)'s.mp3" }],
    },
    "Text, and a drawing: ![A drawing](media/drawing.jpg)",
  ),
  "accented.md": story("accented", { slug: "caf\u00e9", published: "2025-12-01T00:00:00Z" }),
  "embargoed.md": story("embargoed", {
    published: "2026-04-01T00:00:00Z",
    authors: [{ name: "Eve Early" }],
    tags: ["secret"],
    aliases: ["not-yet"],
    image: { src: "media/secret.gif", alt: "" },
  }),
  "expired.md": story("expired", {
    expires: "2026-02-01T00:00:00Z",
    tags: ["past"],
    aliases: ["was-here"],
    image: { src: "media/past.gif", alt: "" },
  }),
  "withdrawn.md": story("withdrawn", {
    withdrawn: { at: "2026-02-20T00:00:00Z", reason: "It named the wrong Smith & Sons." },
    aliases: ["was-wrong"],
  }),
  "draft.md": story("draft", { draft: true, tags: ["unfinished"], aliases: ["to-be"] }),
  "media/icon.gif": GIF,
  "media/picture.gif": GIF,
  "media/secret.gif": GIF,
  "media/past.gif": GIF,
  "media/unused.gif": GIF,
  "media/drawing.jpg": SVG,
  "media/sound/Caf\u00e9 (1)'s.mp3": wave(5000),
};

const FILES = ["/rss.xml", "/atom.xml", "/feed.json"];

const VIEWS = [
  "",
  "/tags/news",
  "/tags/caf%C3%A9-au-lait",
  "/authors/staff",
  "/authors/ann-inline",
  "/authors/nobody-yet",
  "/sections/world",
  "/articles/visible",
  "/articles/caf%C3%A9",
];

/** The paths of all feeds. */
export const feedPaths: readonly string[] = VIEWS.flatMap((view) =>
  FILES.flatMap((file) => [view + file, `/summaries${view}${file}`]),
);

/** The paths of all other documents and files. */
export const otherPaths: readonly string[] = [
  "/feed",
  "/",
  "/articles/visible",
  "/articles/caf%C3%A9",
  "/style.css",
  "/robots.txt",
  "/media/icon.gif",
  "/media/picture.gif",
  "/media/drawing.jpg",
  "/media/sound/Caf%C3%A9%20(1)'s.mp3",
];

/** Paths that are answered by 301, each with the path or URL to which it is redirected. */
export const movedPaths: readonly (readonly [string, string])[] = [
  ["/feed.xml", "/rss.xml"],
  ["/articles/of-an-older-site", "/articles/visible"],
  ["/rss", "/rss.xml"],
  ["/rss/", "/rss.xml"],
  ["/index.xml", "/rss.xml"],
  ["/feed/", "/rss.xml"],
  ["/feed/rss", "/rss.xml"],
  ["/feed/rss/", "/rss.xml"],
  ["/atom", "/atom.xml"],
  ["/atom/", "/atom.xml"],
  ["/feed/atom", "/atom.xml"],
  ["/feed/atom/", "/atom.xml"],
  ["/feed/json", "/feed.json"],
  ["/feed/json/", "/feed.json"],
  // Redirects of site.yaml, in any spelling
  ["/old", "/articles/visible"],
  ["/old/", "/articles/visible"],
  ["/%6Fld", "/articles/visible"],
  ["/old/atom", "https://elsewhere.example/atom.xml"],
  ["/%C3%BCber", "/"],
  ["/%c3%bcber", "/"],
  ["/caf%C3%A9/", "/rss.xml"],
  ["/tilde/~ann", "/rss.xml"],
  // Former slugs of a story
  ["/articles/formerly", "/articles/visible"],
  ["/articles/formerly/rss.xml", "/articles/visible/rss.xml"],
  ["/summaries/articles/formerly/feed.json", "/summaries/articles/visible/feed.json"],
  // Other spellings of paths
  ["//", "/"],
  ["///", "/"],
  ["//feed", "/feed"],
  ["/feed//", "/feed"],
  ["/rss.xml/", "/rss.xml"],
  ["//rss.xml", "/rss.xml"],
  ["/rss.xml//", "/rss.xml"],
  ["/%72ss.xml", "/rss.xml"],
  ["/rss%2Exml", "/rss.xml"],
  ["/summaries//rss.xml", "/summaries/rss.xml"],
  ["/tags//news/rss.xml", "/tags/news/rss.xml"],
  ["/tags/%6e%65ws/rss.xml", "/tags/news/rss.xml"],
  ["/tags/caf%c3%a9-au-lait/rss.xml", "/tags/caf%C3%A9-au-lait/rss.xml"],
  ["/tags/cafe%CC%81-au-lait/rss.xml", "/tags/caf%C3%A9-au-lait/rss.xml"],
  ["/articles/visible/", "/articles/visible"],
  ["/articles/%76isible", "/articles/visible"],
  ["/articles//visible", "/articles/visible"],
  ["/articles/cafe%CC%81", "/articles/caf%C3%A9"],
  ["/articles/cafe%CC%81/rss.xml", "/articles/caf%C3%A9/rss.xml"],
  ["/articles/nobody%7Cknows,", "/articles/nobody%7Cknows%2C"],
  ["/style.css/", "/style.css"],
  ["/media/picture.gif/", "/media/picture.gif"],
  ["/media//picture.gif", "/media/picture.gif"],
  ["/media/%70icture.gif", "/media/picture.gif"],
  ["/media/sound%2FCaf%C3%A9%20(1)'s.mp3", "/media/sound/Caf%C3%A9%20(1)'s.mp3"],
  ["/media/sound/Caf%c3%a9%20%281%29%27s.mp3", "/media/sound/Caf%C3%A9%20(1)'s.mp3"],
  // Other spellings are redirected even if the tag or file does not exist
  ["/media/sound/", "/media/sound"],
  ["/tags/nobody%7Cknows/rss.xml/", "/tags/nobody%7Cknows/rss.xml"],
];

/** All paths of stories that were withdrawn or have expired. */
export const gonePaths: readonly string[] = ["expired", "was-here", "withdrawn", "was-wrong"].flatMap((slug) => [
  `/articles/${slug}`,
  ...FILES.flatMap((file) => [`/articles/${slug}${file}`, `/summaries/articles/${slug}${file}`]),
]);

const HIDDEN = ["embargoed", "not-yet", "draft", "to-be", "nothing"];

/** Paths of what does not exist, and of what must look as if it did not. */
export const missingPaths: readonly string[] = [
  ...HIDDEN.flatMap((slug) => [
    `/articles/${slug}`,
    `/articles/${slug}/rss.xml`,
    `/summaries/articles/${slug}/atom.xml`,
  ]),
  ...[
    "/tags/secret",
    "/tags/unfinished",
    "/tags/nothing",
    "/authors/eve-early",
    "/authors/nothing",
    "/sections/nothing",
  ].flatMap((view) => [`${view}/rss.xml`, `/summaries${view}/feed.json`]),
  "/media/secret.gif",
  "/media/past.gif",
  "/media/unused.gif",
  "/media/nothing.gif",
  "/nothing",
  "/tags",
  "/tags/",
  "/tags/rss.xml",

  "/tags/news/news/rss.xml",
  "/tags/NEWS/rss.xml",
  "/tag/news/rss.xml",
  "/articles",
  "/articles/",
  "/articles/visible/rss.xml/more",
  "/summaries",
  "/summaries/",
  "/summaries/feed",
  "/summaries/summaries/rss.xml",
  "/RSS.XML",
  "/rss.xmlx",
  "/rssxxml",
  "/feed.rss",
  "/constructor",
  "/__proto__",
  "/tags/__proto__/rss.xml",
  "/tags/constructor/rss.xml",
  "/articles/__proto__",
  "/media/__proto__",
  "/media/constructor",
  "/media",
  "/media/",
  "/media/sound",
  // Percent-encoding that is invalid or not UTF-8
  "/tags/%/rss.xml",
  "/tags/%zz/rss.xml",
  "/tags/%E0%A4%A/rss.xml",
  "/tags/%FF/rss.xml",
  "/tags/%C3/rss.xml",
  "/articles/%FF",
  "/articles/%",
  "/media/%FF",
  "/media/%",
  "/%",
  "/%FF",
  "/tags/%00/rss.xml",
  "/articles/%00",
  "/articles/visible%00",
  "/articles/visible%2Frss.xml",
  "/media/%00",
  "/media/picture.gif%00",
  // Attempts to leave the media folder
  "/media/../publication.txt",
  "/media/../../publication.txt",
  "/media/%2e%2e/publication.txt",
  "/media/..%2Fpublication.txt",
  "/media/..%2F..%2Fpublication.txt",
  "/media/..%5Cpublication.txt",
  "/media/%252e%252e%252fpublication.txt",
  "/media/sound%2F..%2Fpicture.gif",
  "/media/picture.gif%2F",
  "/media/%2Fpicture.gif",
  // Very long paths
  `/${"a".repeat(60_000)}`,
  `/tags/${"a".repeat(60_000)}/rss.xml`,
  `/articles/${"a".repeat(60_000)}`,
  `/media/${"a".repeat(60_000)}`,
  `/${"a/".repeat(30_000)}a`,
];
