import * as v from "valibot";
import type { Usage } from "../../model/item.ts";
import { toUsage } from "../../model/rights.ts";
import { mapping } from "./mapping.ts";
import { url, yesOrNo } from "./values.ts";

/** What machines may do with texts, as site.yaml and front matter write it. */
export const usage = v.pipe(
  mapping(
    {
      search: v.exactOptional(yesOrNo),
      "ai-input": v.exactOptional(yesOrNo),
      "ai-train": v.exactOptional(yesOrNo),
      license: v.exactOptional(url),
    },
    {},
    // What other vocabularies call them.
    new Map([
      ["train-ai", "ai-train"],
      ["ai-use", "ai-input"],
      ["licence", "license"],
    ]),
  ),
  v.check(
    (data) => Object.keys(data).length > 0,
    "states nothing. Write what machines may do, such as { ai-train: no }.",
  ),
  v.transform(
    ({ search, "ai-input": aiInput, "ai-train": aiTrain, license }): Usage =>
      toUsage({ search, aiInput, aiTrain, license }),
  ),
);
