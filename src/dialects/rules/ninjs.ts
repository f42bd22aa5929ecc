import { toUri } from "../uri.ts";
import type { DialectRules } from "./rule.ts";

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
          "For ninjs an id must be a URI: ASCII characters, no brackets, % only before two hexadecimal digits. An id never changes, so a story with another one can't go out in it.";
        return toUri(id) === id ? [] : [{ kind: "key", key: "id", message }];
      },
    },
  ],
};
