import type { Breach, DialectRules } from "../../dialects/rules/rule.ts";
import type { Channel } from "../../model/channel.ts";
import type { Item } from "../../model/item.ts";
import type { PlacedFinding } from "../result.ts";
import type { LostHtml } from "./partner-blocks.ts";

/** Something in a story that a dialect's rule does not allow, or advises against. */
export interface Finding extends Omit<PlacedFinding, "line" | "column"> {
  readonly breach: Breach;
}

const ofLostHtml = ({ block, elements }: LostHtml, { name, allowedHtml }: DialectRules): readonly Finding[] => {
  if (allowedHtml === undefined) return [];
  const { source, readOn } = allowedHtml;
  const names = elements.map((element) => `<${element}>`).join(", ");
  const message = `${name} does not take ${names}: it goes with all that is in it. Write it otherwise if readers there need it.`;
  const breach: Breach = { kind: "block", block, message };
  return [{ dialect: name, rule: `${name}/html`, level: "should", message, source, readOn, breach }];
};

/** Judges a story by the rules of dialects; `siteUrl` is the `url` of site.yaml, `lost` the HTML that they don't take. */
export const judgeStory = (
  item: Item,
  channel: Pick<Channel, "language" | "url">,
  siteUrl: string,
  lost: readonly LostHtml[],
  dialects: readonly DialectRules[],
): readonly Finding[] =>
  dialects.flatMap((dialect) => [
    ...dialect.rules.flatMap(({ name, level, source, readOn, findBreaches }) =>
      findBreaches(item, channel, siteUrl).map(
        (breach): Finding => ({
          dialect: dialect.name,
          rule: name,
          level,
          message: breach.message,
          source,
          readOn,
          breach,
        }),
      ),
    ),
    ...lost.filter((one) => one.dialect === dialect.name).flatMap((one) => ofLostHtml(one, dialect)),
  ]);

/** Names of the dialects that must not have a story with these findings. */
export const unfitDialects = (findings: readonly Finding[]): readonly string[] => [
  ...new Set(findings.filter(({ level }) => level === "must").map(({ dialect }) => dialect)),
];
