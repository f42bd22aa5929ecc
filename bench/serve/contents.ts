import type { Bundle } from "./bundle.ts";

/** A share of the bundle, and what it is there for. */
export interface Share {
  readonly name: string;
  readonly purpose: string;
  readonly bytes: number;
}

interface Group {
  readonly name: string;
  readonly purpose: string;
  /** Of the paths `src/http/date.ts` or `micromark-util-chunked`: a package is its name. */
  readonly paths: RegExp;
}

const folder = (name: string, purpose: string): Group => ({ name, purpose, paths: new RegExp(`^${name}/`) });

/** The first that fits counts. */
const GROUPS: readonly Group[] = [
  folder("src/content", "a story's text checked and compiled, with every mistake's place"),
  folder("src/publish", "the publish API: editors, preconditions, retries, media, the log"),
  folder("src/routes", "every URL and its answer, redirects, errors"),
  folder("src/formats", "RSS, Atom and JSON Feed with their extensions"),
  folder("src/http", "conditional requests, negotiation, ranges, dates, caching"),
  folder("src/editions", "feeds from fragments, codings, deltas, the caches"),
  folder("src/pages", "pages for people, and the style sheet"),
  folder("src/store", "where stories are: in the bundle, or in D1"),
  folder("src/push", "the hub: subscriptions, deliveries, rules for callbacks"),
  folder("src/alarm", "alarms that never end"),
  folder("src/schedule", "what appears or leaves by itself, at the minute"),
  folder("src/model", "items, views, addresses, visibility"),
  folder("src/memory", "bounded memory"),
  {
    name: "src",
    purpose: "the entry, and the gate that decides what readers may see now",
    paths: /^src\/([^/]+|worker\/.+)$/,
  },
  { name: "itty-router", purpose: "matching paths with routes", paths: /^itty-router$/ },
  { name: "yaml", purpose: "front matter, with lines and columns", paths: /^yaml$/ },
  {
    name: "micromark, mdast-*",
    purpose: "Markdown as GitHub writes it, and names of characters",
    paths: /^(micromark|mdast-|character-entities|decode-named)/,
  },
  {
    name: "parse5, hast-*",
    purpose: "HTML: read as browsers do, sanitised, written",
    paths: /^(parse5|hast|property-)/,
  },
  { name: "ipaddr.js", purpose: "which addresses are public", paths: /^ipaddr\.js$/ },
  { name: "valibot", purpose: "keys and values of front matter", paths: /^valibot$/ },
  { name: "vfile", purpose: "messages with their places", paths: /^vfile/ },
  {
    name: "file-type, image-size",
    purpose: "type and measures of uploaded media, from their bytes",
    paths: /^(file-type|image-size|strtok3|token-types|ieee754|uint8array-extras|@tokenizer\/|@borewit\/)/,
  },
];

const REST = { name: "other packages", purpose: "small ones that those need" };

/** A package as its name, a file of ours as its path. */
const subjectOf = (path: string): string => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1] ?? path;

/** A folder of ours that nobody named must not hide among other people's packages. */
const groupOf = (subject: string): Pick<Group, "name" | "purpose"> => {
  const group = GROUPS.find(({ paths }) => paths.test(subject));
  if (group === undefined && subject.startsWith("src/")) throw new Error(`Say in contents.ts what ${subject} is for.`);
  return group ?? REST;
};

/** What a bundle is made of, the largest share first. */
export const contentsOf = ({ sources }: Bundle): readonly Share[] => {
  const shares = new Map<string, Share>();
  for (const [path, more] of sources) {
    const { name, purpose } = groupOf(subjectOf(path));
    shares.set(name, { name, purpose, bytes: (shares.get(name)?.bytes ?? 0) + more });
  }
  return [...shares.values()].sort((a, b) => b.bytes - a.bytes);
};
