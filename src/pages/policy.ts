/** What browsers are told of every page: it runs no script; pictures and sound may come from anywhere. */
export const pageHeaders = {
  "content-security-policy":
    "default-src 'none'; style-src 'self'; img-src 'self' https: http:; media-src 'self' https: http:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  "referrer-policy": "strict-origin-when-cross-origin",
};
