import type { Tombstone } from "../../model/tombstone.ts";
import { rfc3339 } from "../dates.ts";
import { element, textElement } from "../xml.ts";

/** The Atom "deleted-entry" Element: RFC 6721 (https://www.rfc-editor.org/rfc/rfc6721). Prefix `at`. */
export const TOMBSTONES_NAMESPACE = "http://purl.org/atompub/tombstones/1.0";

/** Renders a story that left as `at:deleted-entry`, with the reason as its comment if there is one (RFC 6721 §3). */
export const renderDeletedEntry = ({ id, at, language, reason }: Tombstone): string =>
  element("at:deleted-entry", { ref: id, when: rfc3339(at), "xml:lang": language }, textElement("at:comment", reason));
