// An id is for ever, so what is odd about one is a warning: who follows it in a story that is out already does harm.

const ALPHANUMERIC = "[a-z0-9]";
const DNS_LABEL = `${ALPHANUMERIC}(?:[a-z0-9-]*${ALPHANUMERIC})?`;
const DNS_NAME = `${DNS_LABEL}(?:\\.${DNS_LABEL})*`;
/** DNSname or emailAddress of RFC 4151 §2.1. */
const AUTHORITY = new RegExp(`^(?:[a-z0-9._-]+@)?${DNS_NAME}$`, "i");
/** `*( pchar / "/" / "?" )`; what is not ASCII has a warning of its own. */
const SPECIFIC =
  /^(?:[\w.~!$&'()*+,;=:@/?-]|%[\da-f]{2}|[^\0-\x7f])*(?:#(?:[\w.~!$&'()*+,;=:@/?-]|%[\da-f]{2}|[^\0-\x7f])*)?$/i;
const UUID = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/i;

const isDate = (text: string): boolean => {
  const [, month = "01", day = "01"] = /^\d{4}(?:-(\d\d)(?:-(\d\d))?)?$/.exec(text) ?? [undefined, "", ""];
  const date = `${text.slice(0, 4)}-${month}-${day}`;
  const time = Date.parse(`${date}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(date);
};

/** What is wrong with a tag: URI (RFC 4151 §2.1), as the end of a sentence; undefined if nothing is. */
const tagProblem = (id: string): string | undefined => {
  const [, authority, date, specific] = /^tag:([^,:]*),([^:]*):(.*)$/is.exec(id) ?? [];
  if (authority === undefined || date === undefined || specific === undefined) {
    return "is not of the form tag:example.org,2026:my-story";
  }
  if (!AUTHORITY.test(authority)) return "must have a domain or an e-mail address behind `tag:`";
  if (!isDate(date)) return "must have a date behind the comma, such as 2026 or 2026-11-22";
  return SPECIFIC.test(specific) ? undefined : "has a character behind the date that must be percent-encoded";
};

const syntaxProblem = (id: string): string | undefined => {
  const tag = /^tag:/i.test(id) ? tagProblem(id) : undefined;
  if (tag !== undefined) return `${tag} (RFC 4151)`;
  const isBadUuid = /^urn:uuid:/i.test(id) && !UUID.test(id.slice("urn:uuid:".length));
  return isBadUuid ? "is not of the form urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6 (RFC 9562)" : undefined;
};

const ONLY_NEW = "Mend it only as long as nothing is published under it: after that, an id never changes.";

/**
 * What readers may not cope with in the id of a story or of the publication, as sentences that begin with the name of
 * the key: characters beyond ASCII, and a tag: or urn:uuid: URI that is none.
 */
export const idProblems = (id: string): readonly string[] => {
  const syntax = syntaxProblem(id);
  return [
    ...(syntax === undefined ? [] : [`\`id\` ${syntax}. ${ONLY_NEW}`]),
    ...(/[^\0-\x7f]/.test(id)
      ? [
          `\`id\` has characters beyond ASCII. Some readers drop them, so that two stories may become one of which the second is never seen. ${ONLY_NEW}`,
        ]
      : []),
  ];
};
