import { rfc3339 } from "../../formats/dates.ts";
import type { Channel } from "../../model/channel.ts";
import { NO_DATE } from "../../model/instant.ts";
import { type Author, headlineOf, type Item, linkOf } from "../../model/item.ts";
import { licenseOf, rightsOf } from "../../model/rights.ts";
import type { Html } from "../html.ts";
import { imageObject, organizationOf, renderJsonLd } from "./json-ld.ts";

const authorObject = ({ name, url, type }: Author) => ({
  "@type": type === "organization" ? ("Organization" as const) : ("Person" as const),
  name,
  ...(url !== undefined && { url }),
});

/** A story as a schema.org NewsArticle (https://schema.org/NewsArticle), with what search engines ask of articles. */
export const newsArticleOf = (item: Item, channel: Channel) => {
  const { logo: _logo, ...organization } = organizationOf(channel);
  const rights = rightsOf(channel, item);
  const license = licenseOf(channel, item);
  const { published, updated, authors, image, section, tags, source, corrections } = item;
  return {
    "@context": "https://schema.org" as const,
    "@type": "NewsArticle" as const,
    "@id": item.id,
    url: item.url,
    mainEntityOfPage: linkOf(item),
    headline: headlineOf(item),
    description: item.summary,
    ...(published !== NO_DATE && { datePublished: rfc3339(published), dateModified: rfc3339(updated) }),
    inLanguage: item.language ?? channel.language,
    author: authors.length === 0 ? organization : authors.map(authorObject),
    publisher: organizationOf(channel),
    isAccessibleForFree: true,
    ...(image !== undefined && { image: [imageObject(image)] }),
    ...(section !== undefined && { articleSection: section.name }),
    ...(tags.length > 0 && { keywords: tags.map(({ name }) => name) }),
    ...(license !== undefined && { license }),
    ...(rights !== undefined && {
      ...(rights.license !== undefined && { usageInfo: rights.license }),
      copyrightHolder: organization,
      ...(channel.rights !== undefined && { copyrightNotice: channel.rights }),
    }),
    ...(source?.url !== undefined && { isBasedOn: source.url }),
    ...(corrections.length > 0 && {
      correction: corrections.map(({ at, note }) => ({
        "@type": "CorrectionComment" as const,
        datePublished: rfc3339(at),
        text: note,
      })),
    }),
  };
};

/** Renders a story's metadata for search engines. */
export const renderNewsArticle = (item: Item, channel: Channel): Html => renderJsonLd(newsArticleOf(item, channel));
