import type { Random } from "../input/random.ts";

/** A request and the status that must answer it. */
export interface Question {
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

const word = (random: Random): string => random.below(LARGE).toString(36);

const weight = (random: Random): string => (random.below(1000) / 1000).toFixed(3);

/** What feed readers and people ask: the number-th of a few addresses, as it is spelt. */
export const knownQuestion = (number: number): Question => ({
  path: KNOWN[number % KNOWN.length] ?? KNOWN[0],
  headers: { host: HOST, accept: "*/*", "accept-encoding": CODINGS[number % CODINGS.length] ?? CODINGS[0] },
  status: 200,
});

/** Always accepts anything, in words that nobody sends twice. */
const randomAccept = (random: Random): string =>
  `${random.pick(FAMILIES)}/${word(random)};q=${weight(random)}, application/rss+xml;q=${weight(random)}, */*;q=0.1`;

const randomCoding = (random: Random): string => `${random.pick(CODINGS)}, ${word(random)};q=${weight(random)}`;

/**
 * What strangers ask: the same feeds with a query string that nobody has sent before, or a feed of a made-up tag; with
 * headers of which every one is new.
 */
export const strayQuestion = (random: Random): Question => {
  const isMadeUp = random.below(3) === 0;
  const path = isMadeUp
    ? `/tags/${word(random)}/${random.pick(["rss.xml", "atom.xml", "feed.json"])}`
    : random.pick(FEEDS);
  return {
    path: `${path}?${word(random)}=${word(random)}`,
    headers: { host: HOST, accept: randomAccept(random), "accept-encoding": randomCoding(random) },
    status: isMadeUp ? 404 : 200,
  };
};
