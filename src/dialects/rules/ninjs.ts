import type { DialectRules } from "./rule.ts";

/** RFC 3986: ASCII without spaces and delimiters of others. */
const URI = /^[a-z][a-z\d+.-]*:[\w.~:/?#[\]@!$&'()*+,;=%-]+$/i;

/** What ninjs asks of a story: its `uri` has the format `uri`. */
export const ninjsRules: DialectRules = {
  name: "ninjs",
  rules: [
    {
      name: "ninjs/uri",
      level: "must",
      source:
        "https://github.com/iptc/newsinjson/blob/3ace39707a725d6674279c3151e2f5323dc81074/specification/ninjs-schema_3.1.json",
      readOn: "2026-11-26",
      findBreaches: ({ id }) => {
        const message =
          "ninjs takes ids of ASCII characters only. An id never changes, so a story with another one can't go out in it.";
        return URI.test(id) ? [] : [{ kind: "key", key: "id", message }];
      },
    },
  ],
};
