import type { Channel } from "../../model/channel.ts";
import { organizationOf } from "./json-ld.ts";

/** The publication as a schema.org WebSite (https://schema.org/WebSite): search engines take its name from the front page. */
export const webSiteOf = (channel: Channel) => ({
  "@context": "https://schema.org" as const,
  "@type": "WebSite" as const,
  name: channel.title,
  url: `${channel.url}/`,
  description: channel.description,
  inLanguage: channel.language,
  publisher: organizationOf(channel),
});
