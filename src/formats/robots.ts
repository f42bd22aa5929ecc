import { LICENSE_PATH } from "../model/address.ts";
import type { Channel } from "../model/channel.ts";
import type { RightsRule } from "./license-document.ts";
import { contentSignals, usagePreference } from "./usage-preferences.ts";

/** Characters: crawlers read 500 KiB at least (RFC 9309 §2.5). */
const MAX_RULES_LENGTH = 450_000;

const isForAll = ({ location }: Pick<RightsRule, "location">): boolean => location === "/";

const renderRule = ({ location, rights }: RightsRule): string => {
  // Without a path a rule is for all.
  const path = isForAll({ location }) ? "" : `${location} `;
  const signals = contentSignals(rights);
  const preference = usagePreference(rights);
  return (signals && `Content-Signal: ${path}${signals}\n`) + (preference && `Content-Usage: ${path}${preference}\n`);
};

/** The rule for all, and of the others from the first on as many as crawlers read. Their order means nothing. */
const takeRules = (rules: readonly RightsRule[]): string => {
  let written = "";
  for (const rule of [...rules.filter(isForAll), ...rules.filter((one) => !isForAll(one))]) {
    const next = renderRule(rule);
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
  `${rules.length > 0 ? `License: ${url}${LICENSE_PATH}\n\n` : ""}User-agent: *\nAllow: /\n${takeRules(rules)}`;
