import { atomName, contentName, dcName, dctermsName, mediaName } from "./names.ts";
import {
  absoluteAttributes,
  absoluteHtml,
  check,
  hexadecimalReferences,
  isAbsolute,
  mediaRules,
  noDuplicates,
  required,
  type Violations,
} from "./rules.ts";
import { childrenOf, readXml, textOf, textsOf, type XmlElement } from "./xml-reader.ts";

const RFC_822 =
  /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4} \d\d:\d\d:\d\d GMT$/;
const RFC_3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/;

const dateRule = (text: string): Violations =>
  check(RFC_822.test(text) && new Date(text).toUTCString() === text, `${text} is no RFC 822 date in GMT`);

const guidRule = (item: XmlElement): Violations => {
  const [guid] = childrenOf(item, "guid");
  if (guid === undefined || guid.text === "") return ["the item has no guid"];
  const isPermaLink = guid.attributes.get("isPermaLink") ?? "true";
  const isLink = guid.text === textOf(item, "link");
  return check(
    isPermaLink === String(isLink),
    `isPermaLink is ${isPermaLink}, but the guid ${isLink ? "is" : "is not"} the link`,
  );
};

const enclosureRule = (item: XmlElement): Violations => {
  const enclosures = childrenOf(item, "enclosure");
  return [
    ...check(enclosures.length <= 1, "there is more than one enclosure"),
    ...enclosures.flatMap(({ attributes }) => [
      ...check(attributes.has("url") && attributes.get("type") !== undefined, "the enclosure needs url and type"),
      ...check(/^\d+$/.test(attributes.get("length") ?? ""), "the enclosure needs a length, 0 where it is unknown"),
      ...check(attributes.size === 3, "the enclosure has other attributes than url, type and length"),
    ]),
  ];
};

const orderRule = (item: XmlElement): Violations => {
  const names = item.children.map(({ name }) => name);
  const encoded = names.indexOf(contentName("encoded"));
  const description = names.indexOf("description");
  return check(
    encoded < 0 || (description >= 0 && description < encoded),
    "content:encoded does not stand behind the description",
  );
};

const REPEATABLE = ["category", dcName("creator"), atomName("link"), mediaName("content"), mediaName("thumbnail")];

const itemRules = (item: XmlElement, now: number): Violations => [
  ...noDuplicates(item, REPEATABLE),
  ...check(
    textsOf(item, "title").length + textsOf(item, "description").length > 0,
    "the item has neither title nor description",
  ),
  ...textsOf(item, "link").flatMap((link) => check(isAbsolute(link), `the link is relative: ${link}`)),
  ...guidRule(item),
  ...enclosureRule(item),
  ...orderRule(item),
  ...mediaRules(item),
  ...textsOf(item, "pubDate").flatMap((text) => [
    ...dateRule(text),
    ...check(Date.parse(text) <= now, `the item is dated in the future: ${text}`),
  ]),
  ...textsOf(item, dctermsName("modified")).flatMap((text) =>
    check(RFC_3339.test(text), `${text} is no RFC 3339 date`),
  ),
  ...textsOf(item, "author").flatMap((text) => check(/^\S+@\S+/.test(text), "author needs an e-mail address")),
  ...check(
    textsOf(item, "author").length === 0 || textsOf(item, dcName("creator")).length === 0,
    "author and dc:creator stand together",
  ),
  ...[...textsOf(item, "description"), ...textsOf(item, contentName("encoded"))].flatMap(absoluteHtml),
];

const imageRules = (channel: XmlElement): Violations =>
  childrenOf(channel, "image").flatMap((image) => [
    ...required(image, ["url", "title", "link"]),
    ...noDuplicates(image, []),
    ...check(Number(textOf(image, "width") ?? 88) <= 144, "the image is wider than 144 pixels"),
    ...check(Number(textOf(image, "height") ?? 31) <= 400, "the image is higher than 400 pixels"),
    ...check(textOf(image, "title") === textOf(channel, "title"), "the image has another title than the channel"),
    ...check(textOf(image, "link") === textOf(channel, "link"), "the image has another link than the channel"),
    ...check(isAbsolute(textOf(image, "url") ?? ""), "the image's URL is relative"),
  ]);

const channelRules = (channel: XmlElement): Violations => {
  const self = childrenOf(channel, atomName("link")).filter(({ attributes }) => attributes.get("rel") === "self");
  const guids = childrenOf(channel, "item").map((item) => textOf(item, "guid"));
  return [
    ...required(channel, ["title", "link", "description"]),
    ...noDuplicates(channel, ["category", "item", atomName("link")]),
    ...check(isAbsolute(textOf(channel, "link") ?? ""), "the channel's link is relative"),
    ...check(self.length === 1, "there is not exactly one atom:link rel=self"),
    ...textsOf(channel, "lastBuildDate").flatMap(dateRule),
    ...check(new Set(guids).size === guids.length, "two items have the same guid"),
    ...imageRules(channel),
  ];
};

/** Everything in an RSS document that RSS 2.0 or the Best Practices Profile forbids, in words. No item is dated after `now`. */
export const violationsOfRss = (document: string, now: number): Violations => {
  const root = readXml(document);
  const channels = childrenOf(root, "channel");
  return [
    ...check(root.name === "rss" && root.attributes.get("version") === "2.0", "the root is not rss version 2.0"),
    ...check(channels.length === 1, "there is not exactly one channel"),
    ...hexadecimalReferences(document),
    ...absoluteAttributes(root),
    ...channels.flatMap(channelRules),
    ...channels.flatMap((channel) => childrenOf(channel, "item")).flatMap((item) => itemRules(item, now)),
  ];
};
