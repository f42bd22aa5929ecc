import type { Random } from "../input/random.ts";

/** A request, and the status that its response must have. */
export interface SampleRequest {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly status: 200 | 404;
}

const HOST = "courier.example.org";

const FEEDS = ["/rss.xml", "/atom.xml", "/feed.json", "/summaries/rss.xml", "/tags/harbour/atom.xml", "/feed"] as const;
const PAGES = ["/", "/articles/story-0", "/style.css"] as const;
const KNOWN = [...FEEDS, ...PAGES] as const;
const CODINGS = ["gzip", "br", "identity", "gzip, deflate, br"] as const;
const FAMILIES = ["text", "image", "application", "x-made-up"] as const;

const LARGE = 0x1_0000_0000;

const randomWord = (random: Random): string => random.below(LARGE).toString(36);

const randomQvalue = (random: Random): string => (random.below(1000) / 1000).toFixed(3);

/** A request of a feed reader or a person: one of a few, by its number. */
export const knownRequest = (number: number): SampleRequest => ({
  path: KNOWN[number % KNOWN.length] ?? KNOWN[0],
  headers: { host: HOST, accept: "*/*", "accept-encoding": CODINGS[number % CODINGS.length] ?? CODINGS[0] },
  status: 200,
});

/** An Accept header that accepts anything, never the same twice. */
const randomAccept = (random: Random): string =>
  `${random.pick(FAMILIES)}/${randomWord(random)};q=${randomQvalue(random)}, application/rss+xml;q=${randomQvalue(random)}, */*;q=0.1`;

const randomCoding = (random: Random): string =>
  `${random.pick(CODINGS)}, ${randomWord(random)};q=${randomQvalue(random)}`;

/**
 * A request that is never the same twice: for a feed with a random query string, or for a feed of a random tag; with
 * random headers.
 */
export const randomRequest = (random: Random): SampleRequest => {
  const isUnknown = random.below(3) === 0;
  const path = isUnknown
    ? `/tags/${randomWord(random)}/${random.pick(["rss.xml", "atom.xml", "feed.json"])}`
    : random.pick(FEEDS);
  return {
    path: `${path}?${randomWord(random)}=${randomWord(random)}`,
    headers: { host: HOST, accept: randomAccept(random), "accept-encoding": randomCoding(random) },
    status: isUnknown ? 404 : 200,
  };
};
