import type { VFile } from "vfile";
import type { Category } from "../../model/item.ts";
import { type Accent, BACKGROUNDS, contrastOf, MIN_CONTRAST, readableOn } from "../../model/pages/appearance.ts";
import type { MenuLink } from "../../model/pages/own-page.ts";
import { quote, reportError } from "../messages/messages.ts";
import { suggest } from "../messages/suggest.ts";
import type { YamlMapping } from "../yaml/yaml.ts";

/** An accent as site.yaml writes it. */
type WrittenAccent = string | Accent;

/**
 * The accent for both backgrounds: of a single colour, the one for the dark background is made. Reports one that is too faint to be
 * read.
 */
export const resolveAccent = (file: VFile, yaml: YamlMapping, written: WrittenAccent): Accent => {
  const isOne = typeof written === "string";
  const accent = isOne ? { light: written, dark: readableOn(written, BACKGROUNDS.dark) } : written;
  for (const side of ["light", "dark"] as const) {
    const contrast = contrastOf(accent[side], BACKGROUNDS[side]);
    if (contrast >= MIN_CONTRAST) continue;
    const better = readableOn(accent[side], BACKGROUNDS[side]);
    const reason = `${quote(accent[side])} is too faint on the ${side} background: its contrast is ${contrast.toFixed(1)}, and what is to be read needs ${MIN_CONTRAST}. Write another one, such as "${better}".`;
    reportError(file, "accent", reason, yaml.placeOf(isOne ? ["accent"] : ["accent", side]));
  }
  return accent;
};

/** What links of the menu may name. */
export interface LinkTargets {
  /** Names of the publisher's own pages; absent if they are not known here, and then any name is taken for one. */
  readonly pages?: readonly string[] | undefined;
  readonly sections: readonly Category[];
}

/** Names of pages that every site has. */
const PAGES_OF_ALL = ["archive", "subscribe"] as const;

/** The links of the menu or the footer. Reports names of nothing. */
export const resolveLinks = (
  file: VFile,
  yaml: YamlMapping,
  key: "footer" | "menu",
  written: readonly (string | { readonly title: string; readonly url: string })[],
  { pages, sections }: LinkTargets,
): readonly MenuLink[] =>
  written.flatMap((link, index): readonly MenuLink[] => {
    if (typeof link !== "string") return [{ kind: "link", ...link }];
    const ofAll = PAGES_OF_ALL.find((one) => one === link);
    if (ofAll !== undefined) return [{ kind: ofAll }];
    if (pages?.includes(link)) return [{ kind: "page", key: link }];
    if (sections.some((section) => section.key === link)) return [{ kind: "section", key: link }];
    if (pages === undefined) return [{ kind: "page", key: link }];
    const known = [...pages, ...sections.map((section) => section.key), ...PAGES_OF_ALL];
    const reason = `${quote(link)} is neither a page of content/pages nor a section.${suggest(link, known) || " Mend the name, or write { title: …, url: … }."}`;
    reportError(file, "menu", reason, yaml.placeOf([key, index]));
    return [];
  });
