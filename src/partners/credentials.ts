/** RFC 6750 §2.1. */
const BEARER = /^Bearer +([\w.~+/-]{1,512}=*) *$/i;

/** RFC 7617 §2; §2.1: UTF-8, as the challenge says. */
const BASIC = /^Basic +([A-Za-z0-9+/]{1,1024}={0,2}) *$/i;

const MAX_TOKEN_LENGTH = 512;

/** The password of Basic credentials; the user name does not matter. Undefined if they are none. */
const passwordOf = (credentials: string): string | undefined => {
  try {
    const bytes = Uint8Array.from(atob(credentials), (character) => character.charCodeAt(0));
    const decoded = new TextDecoder().decode(bytes);
    const colon = decoded.indexOf(":");
    return colon === -1 ? undefined : decoded.slice(colon + 1);
  } catch {
    return undefined;
  }
};

/**
 * The token that a partner sends: as a bearer token, as the password of Basic, or in the header that its contract names. At most
 * one counts: whoever sends Authorization means that. Undefined if there is none.
 */
export const tokenOf = (headers: Headers, header: string | undefined): string | undefined => {
  const authorization = headers.get("authorization");
  if (authorization !== null) {
    const basic = BASIC.exec(authorization)?.[1];
    return BEARER.exec(authorization)?.[1] ?? (basic === undefined ? undefined : passwordOf(basic));
  }
  const value = header === undefined ? null : headers.get(header);
  return value === null || value === "" || value.length > MAX_TOKEN_LENGTH ? undefined : value;
};
