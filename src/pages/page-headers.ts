const policyWith = (scripts: string): string =>
  `default-src 'none'; ${scripts}style-src 'self'; img-src 'self' https: http:; media-src 'self' https: http:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;

/** The header fields of every HTML page: it runs no script, has no forms and is in no frame; media may come from anywhere. */
export const pageHeaders = {
  "content-security-policy": policyWith(""),
  "referrer-policy": "strict-origin-when-cross-origin",
};

/** Those of a page that uses our script. */
export const scriptedPageHeaders = { ...pageHeaders, "content-security-policy": policyWith("script-src 'self'; ") };
