import type { Item } from "../../model/item.ts";
import { escapeText, textElement } from "../xml.ts";

/** Dublin Core Metadata Element Set 1.1 (https://www.dublincore.org/specifications/dublin-core/dces/). Prefix `dc`. */
export const DUBLIN_CORE_NAMESPACE = "http://purl.org/dc/elements/1.1/";

/** Renders the authors of a story, a `dc:creator` each. */
export const renderCreators = ({ authors }: Item): string => {
  let written = "";
  for (const { name } of authors) written += `<dc:creator>${escapeText(name)}</dc:creator>\n`;
  return written;
};

/** Renders what a story rests on as `dc:source`: title, author and address, as far as they are known. */
export const renderSource = ({ source }: Item): string =>
  source === undefined
    ? ""
    : textElement(
        "dc:source",
        [source.title, source.author, source.url].filter((part) => part !== undefined).join(", "),
      );

/** Renders the language of a story or its notice as `dc:language`, if it is not that of the channel. */
export const renderLanguage = ({ language }: Pick<Item, "language">): string => textElement("dc:language", language);
