import type { Channel } from "../../model/channel.ts";
import { type Block, type Item, linkOf } from "../../model/item.ts";
import type { Image } from "../../model/media.ts";
import type { Breach } from "./rule.ts";

/** A breach of a key of the front matter. */
export const ofKey = (key: string, message: string): Breach => ({ kind: "key", key, message });

/** The breach, unless the rule holds. */
export const unless = (holds: boolean, breach: Breach): readonly Breach[] => (holds ? [] : [breach]);

/** The picture of a story, if partners get it. */
export const partnerImage = ({ image }: Item): Image | undefined =>
  image?.distributable === false ? undefined : image;

/** The blocks of which partners get what was written. */
const wholeBlocks = ({ blocks, replacedBlocks = {} }: Item): readonly Block[] =>
  blocks.filter((_block, index) => replacedBlocks.partner?.[index] === undefined);

/** Whether partners get a picture: that of the story, or one in its text. */
export const hasPicture = (item: Item): boolean =>
  partnerImage(item) !== undefined || wholeBlocks(item).some(({ elements }) => elements.includes("img"));

/** Characters (UTF-16 units) of the story's text. */
export const textLengthOf = ({ blocks }: Item): number => blocks.reduce((sum, { textLength }) => sum + textLength, 0);

/** An address that partners get, and the place that a breach of it has. */
interface Address {
  readonly url: string;
  readonly breach: (message: string) => Breach;
}

/** The addresses of a story: its link, its picture and the media in its text. */
const addressesOf = (item: Item): readonly Address[] => {
  const image = partnerImage(item);
  const ofStory = (message: string): Breach => ({ kind: "story", message });
  return [
    {
      url: linkOf(item),
      breach: (message) => (item.canonical === undefined ? ofStory(message) : ofKey("canonical", message)),
    },
    ...(image === undefined ? [] : [{ url: image.url, breach: (message: string) => ofKey("image", message) }]),
    ...item.blocks.flatMap(({ media }, block) =>
      media.map((url) => ({ url, breach: (message: string): Breach => ({ kind: "block", block, message }) })),
    ),
  ];
};

const isHttps = (url: string): boolean => url.toLowerCase().startsWith("https://");

/**
 * The breaches of a rule that wants `https`. Addresses of this site are as site.yaml's `url` is, which is one breach for all of
 * them.
 */
export const findInsecureAddresses = (
  item: Item,
  { url: base }: Pick<Channel, "url">,
  siteUrl: string,
  partner: string,
): readonly Breach[] => {
  const isOwn = ({ url }: Address): boolean => url === base || url.startsWith(`${base}/`);
  const addresses = addressesOf(item);
  const message = `${partner} takes addresses with https only, and \`url\` in site.yaml is ${siteUrl}. Serve the site with https, and write that.`;
  return [
    ...unless(isHttps(siteUrl) || !addresses.some(isOwn), { kind: "story", message }),
    ...addresses
      .filter((address) => !isOwn(address) && !isHttps(address.url))
      .map(({ url, breach }) =>
        breach(`${partner} takes addresses with https only, and this is ${url}. Write the address with https.`),
      ),
  ];
};

/** The breaches of a rule that forbids user names and passwords in addresses. */
export const findCredentials = (item: Item, partner: string): readonly Breach[] =>
  addressesOf(item)
    .filter(({ url }) => URL.canParse(url) && new URL(url).username + new URL(url).password !== "")
    .map(({ breach }) =>
      breach(`${partner} refuses addresses with a user name or a password. Write the address without them.`),
    );
