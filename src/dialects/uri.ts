/** The start of an address up to the end of an IPv6 address, around which alone brackets may stand (RFC 3986 §3.2.2). */
const IP_LITERAL = /^[a-z][a-z\d+.-]*:\/\/[^/?#[\]]*\[[\da-f:.]+\]/i;

/** What may not stand in a URI (RFC 3986 §2), brackets among it, and a percent sign that begins no triplet. */
const ILLEGAL = /%(?![\dA-Fa-f]{2})|[^\w.~:/?#@!$&'()*+,;=%-]/gu;

/**
 * An IRI or a URL as a URI (RFC 3987 §3.1): browsers leave characters in URLs that a URI can't have, such as brackets in a query,
 * and these are percent-encoded. What is a URI comes back as it is.
 */
export const toUri = (iri: string): string => {
  const start = IP_LITERAL.exec(iri)?.[0] ?? "";
  const [rest = "", ...fragment] = iri.slice(start.length).replace(ILLEGAL, encodeURIComponent).split("#");
  return start + rest + (fragment.length === 0 ? "" : `#${fragment.join("%23")}`);
};
