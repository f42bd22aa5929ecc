import type { Bundle } from "./bundle.ts";

/** A share of a bundle, and its purpose. */
export interface Share {
  readonly name: string;
  readonly purpose: string;
  readonly bytes: number;
}

interface Group {
  readonly name: string;
  readonly purpose: string;
  /** Matches paths such as `src/http/date.ts`, and names of packages. */
  readonly subjects: RegExp;
}

const room = (name: string, purpose: string): Group => ({
  name: `src/${name}`,
  purpose,
  subjects: new RegExp(`^src/${name}/`),
});

/** The first that matches counts. */
const GROUPS: readonly Group[] = [
  room("content", "a story's text checked and compiled, with the position of every mistake"),
  room("newsroom", "the publish API: stories, media, editors, preconditions, the log"),
  room("admin", "tokens and roles, subscriptions"),
  room("routes", "every URL and its response, redirects, errors"),
  room("formats", "RSS, Atom and JSON Feed with their extensions"),
  room("dialects", "the formats of partners' systems, and their rules"),
  room("partners", "who of the partners may enter, how often, and their terms"),
  room("usage", "what partners took, counted"),
  room("http", "conditional requests, negotiation, ranges, dates, caching"),
  room("editions", "feeds from fragments, codings, deltas, the caches"),
  room("pages", "pages for people, and the style sheet"),
  room("store", "where stories are: in the bundle, or in D1"),
  room("catalog", "what readers may see now"),
  room("push", "the hub: subscriptions, deliveries"),
  room("outbound", "requests to addresses that others name, and the rules for them"),
  room("schedule", "what appears or leaves by itself, at the minute"),
  room("model", "items, views, addresses, visibility"),
  room("lib", "bounded caches, single flights and other helpers"),
  room("interop", "a Feed of the package feed as content"),
  room("app", "the composition of all this"),
  { name: "src", purpose: "the entry", subjects: /^(?:src|src\/exports|bench\/serve)\/[^/]+$/ },
  { name: "itty-router", purpose: "matching paths with routes", subjects: /^itty-router$/ },
  { name: "feed", purpose: "the feeds of that package, and its XML", subjects: /^(?:feed|xml-js|sax)$/ },
  { name: "yaml", purpose: "front matter, with lines and columns", subjects: /^yaml$/ },
  {
    name: "micromark, mdast-*",
    purpose: "Markdown as GitHub writes it, and names of characters",
    subjects: /^(micromark|mdast-|character-entities|decode-named)/,
  },
  {
    name: "parse5, hast-*",
    purpose: "HTML: read as browsers do, sanitised, written",
    subjects: /^(parse5|hast|property-)/,
  },
  { name: "ipaddr.js", purpose: "which addresses are public", subjects: /^ipaddr\.js$/ },
  { name: "valibot", purpose: "keys and values of front matter", subjects: /^valibot$/ },
  { name: "vfile", purpose: "messages with their positions", subjects: /^vfile/ },
  {
    name: "file-type, image-size",
    purpose: "type and measures of uploaded media, from their bytes",
    subjects: /^(file-type|image-size|strtok3|token-types|ieee754|uint8array-extras|@tokenizer\/|@borewit\/)/,
  },
];

const OTHERS = { name: "other packages", purpose: "small ones that those need" };

/** The name of a package, the path of a file of ours. */
const subjectOf = (path: string): string => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1] ?? path;

/** The group of a package or file. Throws for a file of ours without a group: it must not count as another package. */
const groupOf = (subject: string): Pick<Group, "name" | "purpose"> => {
  const group = GROUPS.find(({ subjects }) => subjects.test(subject));
  if (group === undefined && subject.startsWith("src/")) throw new Error(`Add the room of ${subject} to contents.ts.`);
  return group ?? OTHERS;
};

/** The shares of a bundle, the largest first. */
export const contentsOf = ({ sources }: Bundle): readonly Share[] => {
  const shares = new Map<string, Share>();
  for (const [path, more] of sources) {
    const { name, purpose } = groupOf(subjectOf(path));
    shares.set(name, { name, purpose, bytes: (shares.get(name)?.bytes ?? 0) + more });
  }
  return [...shares.values()].sort((a, b) => b.bytes - a.bytes);
};
