import type { Feed } from "../../model/feed.ts";
import type { Format } from "../format.ts";
import { emptyElement } from "../xml.ts";

/** Feed Paging and Archiving: RFC 5005 (https://www.rfc-editor.org/rfc/rfc5005). Prefix `fh`. */
export const HISTORY_NAMESPACE = "http://purl.org/syndication/history/1.0";

/**
 * Renders what makes an archived feed of several documents (RFC 5005 §4): `fh:archive` and a link to the current feed if this
 * document is an archive page, and a link to the previous archive page if there is one. `linkElement` is Atom's link element as
 * the document names it; the format is the document's own.
 */
export const renderArchive = (
  { current, previous }: Feed,
  linkElement: "link" | "atom:link",
  { mediaType, fileName }: Pick<Format, "fileName" | "mediaType">,
): string => {
  const linkTo = (rel: string, base: string): string =>
    emptyElement(linkElement, { rel, type: mediaType, href: base + fileName });
  return (
    (current === undefined ? "" : `<fh:archive/>\n${linkTo("current", current)}`) +
    (previous === undefined ? "" : linkTo("prev-archive", previous))
  );
};
