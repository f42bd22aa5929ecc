import type { Feed } from "../../model/feed.ts";
import type { Format } from "../format.ts";
import { emptyElement } from "../xml.ts";

/** Namespace of `fh:archive`. */
export const HISTORY_NAMESPACE = "http://purl.org/syndication/history/1.0";

/** The links between the pages of an archived feed (RFC 5005 §4), as elements with the name that a format has for links. */
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
