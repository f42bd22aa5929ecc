import { type OpmlFolder, renderOpml } from "../formats/opml.ts";
import { rss } from "../formats/rss.ts";
import { viewPath } from "../model/address.ts";
import type { Channel } from "../model/channel.ts";
import type { ListedFeed, ListedFeeds } from "../model/feed.ts";
import { SUBSCRIBE_PATH } from "../model/pages/own-page.ts";
import { licenseOfChannel } from "../model/rights.ts";
import { MAIN_VIEW, type View } from "../model/view.ts";
import { fill } from "../model/words/template.ts";
import type { Words } from "../model/words/words.ts";
import { wordsOf } from "../model/words/words-of.ts";
import { renderFeedBox, renderScriptElement } from "./feed-box.ts";
import { type Html, html } from "./html.ts";
import { renderFeedLinks, renderLayout, renderLicenseLink } from "./layout.ts";
import { renderTime } from "./time.ts";

/** Addresses that the page names. */
export interface SubscribePageAddresses {
  readonly page: string;
  readonly opml: string;
  readonly script: string;
}

/** Feeds below a heading. */
interface Group {
  readonly heading: string;
  readonly feeds: readonly ListedFeed[];
  /** Whether there may be more than are listed. */
  readonly isCut: boolean;
}

const groupsOf = ({ sections, named, tags, authors, isCut }: ListedFeeds, words: Words): readonly Group[] =>
  [
    { heading: words.sections, feeds: sections, isCut: false },
    { heading: words.moreFeeds, feeds: named, isCut: false },
    { heading: words.tags, feeds: tags, isCut },
    { heading: words.authors, feeds: authors, isCut },
  ].filter(({ feeds }) => feeds.length > 0);

const viewOf = ({ scope }: Pick<ListedFeed, "scope">): View => ({ scope, text: "full" });

/** The address of a feed in the default format. */
const urlOf = ({ url }: Channel, view: View): string => `${url}${viewPath(view)}/${rss.fileName}`;

const renderFormats = (channel: Channel, view: View): Html =>
  html`<p class="feeds">${renderFeedLinks(channel, view)}</p>\n`;

const renderFeed = (feed: ListedFeed, id: string, channel: Channel, words: Words): Html => {
  const { newest, name } = feed;
  const view = viewOf(feed);
  const time = newest && renderTime(newest.published, newest.utcOffsetSeconds?.published ?? 0, channel.language);
  return html`<details>
<summary><bdi>${name}</bdi> ${time}</summary>
${renderFeedBox(id, urlOf(channel, view), name, words)}${renderFormats(channel, view)}</details>
`;
};

const renderGroup = ({ heading, feeds, isCut }: Group, channel: Channel, words: Words): Html =>
  html`<h2>${heading}</h2>
${isCut ? html`<p>${words.newestOnlyDetail}</p>\n` : ""}${feeds.map((feed) => renderFeed(feed, viewPath(viewOf(feed)).slice(1), channel, words))}`;

/** Renders the page that lists every feed, each with its address and the ways to follow it. */
export const renderSubscribePage = (
  channel: Channel,
  feeds: ListedFeeds,
  addresses: SubscribePageAddresses,
): string => {
  const { language, title } = channel;
  const words = wordsOf(channel, language);
  return renderLayout(channel, {
    title: fill(words.labelled, { label: words.subscribe, content: title }),
    description: words.feedDetail,
    canonical: addresses.page,
    language,
    view: MAIN_VIEW,
    namedFeeds: channel.feeds,
    head: html`${channel.usage && renderLicenseLink(licenseOfChannel(channel))}${renderScriptElement(addresses.script)}`,
    path: SUBSCRIBE_PATH,
    body: html`<header class="page-head">
<h1>${words.subscribe}</h1>
<p dir="auto">${words.feedDetail}</p>
</header>
<h2>${words.allStories}</h2>
${renderFeedBox("all", urlOf(channel, MAIN_VIEW), title, words)}${renderFormats(channel, MAIN_VIEW)}${groupsOf(feeds, words).map((group) => renderGroup(group, channel, words))}<p class="opml"><a href="${addresses.opml}" download>${words.downloadOpml}</a></p>
`,
  });
};

/** The page for people of a feed. Named feeds have none of their own. */
const pageOf = (channel: Channel, { scope }: ListedFeed): string =>
  channel.url + (scope.kind === "feed" ? "/" : viewPath(viewOf({ scope })));

/** Renders the same feeds as a list that feed readers import. A reader shows a feed by its title alone, which so begins with the site's. */
export const renderFeedList = (channel: Channel, feeds: ListedFeeds): string => {
  const { title } = channel;
  const folders = groupsOf(feeds, wordsOf(channel, channel.language)).map(
    (group): OpmlFolder => ({
      title: group.heading,
      feeds: group.feeds.map((feed) => ({
        title: `${title}: ${feed.name}`,
        url: urlOf(channel, viewOf(feed)),
        page: pageOf(channel, feed),
      })),
    }),
  );
  return renderOpml(title, [{ title, url: urlOf(channel, MAIN_VIEW), page: `${channel.url}/` }], folders);
};
