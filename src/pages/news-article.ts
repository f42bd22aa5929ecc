import { rfc3339 } from "../formats/dates.ts";
import type { Channel } from "../model/channel.ts";
import { NO_DATE } from "../model/instant.ts";
import { headlineOf, type Item, linkOf } from "../model/item.ts";
import { pixelsOf } from "../model/media.ts";
import { licenseOf, rightsOf } from "../model/rights.ts";
import { type Html, trusted } from "./html.ts";

/**
 * Renders a story's metadata for search engines: a schema.org NewsArticle (https://schema.org/NewsArticle) as JSON-LD. `<` is
 * escaped, so that no text can end the script element.
 */
export const renderNewsArticle = (item: Item, channel: Channel): Html => {
  const organization = { "@type": "NewsMediaOrganization", name: channel.title, url: `${channel.url}/` };
  const rights = rightsOf(channel, item);
  const data = {
    "@context": "https://schema.org",
    "@type": "NewsArticle",
    "@id": item.id,
    url: item.url,
    mainEntityOfPage: linkOf(item),
    headline: headlineOf(item),
    description: item.summary,
    ...(item.published !== NO_DATE && {
      datePublished: rfc3339(item.published),
      dateModified: rfc3339(item.updated),
    }),
    inLanguage: item.language ?? channel.language,
    author:
      item.authors.length === 0
        ? organization
        : item.authors.map(({ name, url }) => ({ "@type": "Person", name, url })),
    publisher:
      channel.icon === undefined
        ? organization
        : { ...organization, logo: { "@type": "ImageObject", url: channel.icon.url } },
    image: item.image && {
      "@type": "ImageObject",
      url: item.image.url,
      ...pixelsOf(item.image),
      caption: item.image.alt,
      creditText: item.image.credit,
    },
    articleSection: item.section?.name,
    keywords: item.tags.length === 0 ? undefined : item.tags.map(({ name }) => name),
    license: licenseOf(channel, item),
    ...(rights !== undefined && {
      usageInfo: rights.license,
      copyrightHolder: organization,
      copyrightNotice: channel.rights,
    }),
    isBasedOn: item.source?.url,
    correction:
      item.corrections.length === 0
        ? undefined
        : item.corrections.map(({ at, note }) => ({
            "@type": "CorrectionComment",
            datePublished: rfc3339(at),
            text: note,
          })),
  };
  return trusted(`<script type="application/ld+json">${JSON.stringify(data).replaceAll("<", "\\u003c")}</script>\n`);
};
