import type { BareFeed } from "../../model/feed.ts";
import { type Format, selfUrl } from "../format.ts";
import { emptyElement } from "../xml.ts";

/** Feed Paging and Archiving: RFC 5005 (https://www.rfc-editor.org/rfc/rfc5005). Prefix `fh`. */
export const HISTORY_NAMESPACE = "http://purl.org/syndication/history/1.0";

/** Renders the link to the document itself (RFC 4287 §4.2.7.2), if it has an address of its own. Parameters as below. */
export const renderSelf = (
  { base }: BareFeed,
  linkElement: "link" | "atom:link",
  { mediaType, fileName }: Pick<Format, "fileName" | "mediaType">,
): string =>
  base === undefined
    ? ""
    : emptyElement(linkElement, { rel: "self", type: mediaType, href: selfUrl({ base }, fileName) });

/**
 * Renders what makes an archived feed of several documents (RFC 5005 §4): `fh:archive` and a link to the current feed if this
 * document is an archive page, and a link to the previous archive page if there is one. `linkElement` is Atom's link element as
 * the document names it; the format is the document's own.
 */
export const renderArchive = (
  { current, previous }: BareFeed,
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
