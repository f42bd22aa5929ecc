import { LICENSE_PATH, SITEMAP_PATH } from "../model/address.ts";
import type { Channel } from "../model/channel.ts";
import type { RightsRule } from "./license-document.ts";
import { contentSignals, usagePreference } from "./usage-preferences.ts";

/** Characters: crawlers read 500 KiB at least (RFC 9309 §2.5). */
const MAX_RULES_LENGTH = 450_000;

/** Without a path, what is said holds for all. */
const renderRule = ({ rights }: Pick<RightsRule, "rights">, path = ""): string => {
  const signals = contentSignals(rights);
  const preference = usagePreference(rights);
  return (signals && `Content-Signal: ${path}${signals}\n`) + (preference && `Content-Usage: ${path}${preference}\n`);
};

/** The rule for all, and those for paths that say something else: from the first on as many as crawlers read. */
const renderRules = (rules: readonly RightsRule[]): string => {
  const forAll = rules.filter(({ location }) => location === "/").map((rule) => renderRule(rule));
  let written = forAll.join("");
  for (const rule of rules) {
    if (forAll.includes(renderRule(rule))) continue;
    const next = renderRule(rule, `${rule.location} `);
    if (written.length + next.length > MAX_RULES_LENGTH) break;
    written += next;
  }
  return written;
};

/**
 * Renders `/robots.txt` (RFC 9309): every crawler may fetch everything that is public. What it may do with that say the licence
 * (RSL 1.0 §4.4), Content Signals and the usage preferences of the IETF (draft-ietf-aipref-attach-05 §3), as far as it is stated:
 * the longest path that matches counts.
 */
export const renderRobots = ({ url }: Pick<Channel, "url">, rules: readonly RightsRule[]): string =>
  `${rules.length > 0 ? `License: ${url}${LICENSE_PATH}\n\n` : ""}User-agent: *\nAllow: /\n${renderRules(rules)}\nSitemap: ${url}${SITEMAP_PATH}\n`;
