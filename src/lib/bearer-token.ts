/** How many characters a token has at least, so that nobody can guess it. */
export const MIN_TOKEN_LENGTH = 32;

const MAX_TOKEN_LENGTH = 512;

/** The characters that a token can be sent with (`b64token` in RFC 6750 §2.1). */
const SYNTAX = /^[\w.~+/-]+=*$/;

/**
 * Says why a text cannot serve as the token of an API, in words that continue the sentence that begins with the name of
 * its variable; undefined if it can. The text itself is never part of them.
 */
export const findTokenFault = (token: string): string | undefined => {
  if (token.length < MIN_TOKEN_LENGTH) return `has fewer than ${MIN_TOKEN_LENGTH} characters`;
  if (token.length > MAX_TOKEN_LENGTH) return `has more than ${MAX_TOKEN_LENGTH} characters`;
  return SYNTAX.test(token) ? undefined : "has characters that no bearer token has (letters, digits, - . _ ~ + / only)";
};
