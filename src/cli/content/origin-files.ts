import { rightsRules } from "../../formats/rights-rules.ts";
import { renderRobots } from "../../formats/robots.ts";
import { renderTdmRules } from "../../formats/tdm-reservation.ts";
import { basePathOf, PLACEHOLDER_ORIGIN } from "../../model/address.ts";
import type { Instant } from "../../model/instant.ts";
import type { Publication } from "../../model/publication.ts";
import { visibilityOf } from "../../model/visibility.ts";

const indent = (text: string): string => text.trimEnd().replace(/^(?=.)/gm, "  ");

/**
 * What the root of the origin must serve for a site below a path, at `now`, in lines for people: crawlers look for these files there
 * only. None for a site at the root, which serves them itself.
 */
export const originFileLines = ({ url, channel, items }: Publication, now: Instant): readonly string[] => {
  if (basePathOf(url) === "") return [];
  const site = { ...channel, url };
  const { origin } = new URL(url);
  const visible = items.filter((item) => visibilityOf(item, now) === "visible");
  const rules = rightsRules(site, visible);
  const tdm = renderTdmRules(rules)?.replaceAll(PLACEHOLDER_ORIGIN, url);
  const robots = renderRobots(site, rules).replaceAll(PLACEHOLDER_ORIGIN, url);
  return [
    `${url} lies below a path. Feedwright serves nothing at ${origin}/: see to these files there.`,
    `${origin}/robots.txt, with these lines or as part of yours:\n${indent(robots)}`,
    ...(tdm === undefined ? [] : [`${origin}/.well-known/tdmrep.json:\n${indent(tdm)}`]),
  ];
};
