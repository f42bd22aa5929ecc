import type { Usage } from "../model/item.ts";
import { RSL_NAMESPACE, renderRslContent } from "./modules/rsl.ts";
import { element } from "./xml.ts";

/** What machines may do with what is at a URL or at paths of a pattern (RFC 9309 §2.2.3). */
export interface RightsRule {
  readonly location: string;
  readonly rights: Usage;
}

/** Renders a document of RSL 1.0 (https://rslstandard.org/rsl), §3. There must be a rule at least. */
export const renderLicenseDocument = (rules: readonly RightsRule[]): string =>
  element(
    "rsl",
    { xmlns: RSL_NAMESPACE },
    rules.map(({ location, rights }) => renderRslContent(location, rights, "")).join(""),
  );
