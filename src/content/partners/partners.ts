import * as v from "valibot";
import type { VFile } from "vfile";
import { isRecord } from "../../lib/is-record.ts";
import type { Instant } from "../../model/instant.ts";
import type { Category } from "../../model/item.ts";
import { compareText } from "../../model/newest-first.ts";
import type { Partner } from "../../model/partners/partner.ts";
import { decode } from "../decode.ts";
import { PARTNERS_FILE } from "../file-kinds.ts";
import { hasErrorAt, hasErrors, quote, reportError, reportWarning, sortMessages } from "../messages/messages.ts";
import { partnerName } from "../schema/partner-schema.ts";
import { formatPath } from "../schema/validate.ts";
import { reportUnknownSections, type WrittenSelection } from "../terms.ts";
import { parseYamlMapping, type YamlMapping } from "../yaml/yaml.ts";
import { readContract } from "./contract.ts";

/** A compiled partners.yaml. */
export interface CompiledPartners {
  readonly file: VFile;
  /** Ascending by name; those that have no error. */
  readonly partners: readonly Partner[];
  readonly selections: readonly WrittenSelection[];
}

/** Characters: as many as a file may have bytes, which is thousands of contracts. */
const MAX_PARTNERS_LENGTH = 1_048_576;

const readOne = (
  file: VFile,
  yaml: YamlMapping,
  name: string,
  now: Instant | undefined,
): { readonly partner?: Partner; readonly written: readonly WrittenSelection[] } => {
  const value = yaml.data[name];
  if (!isRecord(value)) {
    const reason = `${quote(name)} must be a contract, such as { formats: [rss], tokens: [{ sha256: … }] }.`;
    reportError(file, "value", reason, yaml.placeOf([name]));
    return { written: [] };
  }
  const { problems, partner, selection } = readContract(name, value, now);
  for (const { path, isAboutKey, rule, level, message } of problems) {
    const place = isAboutKey ? yaml.placeOfKey([name, ...path]) : yaml.placeOf([name, ...path]);
    if (rule === "value" && hasErrorAt(file, place)) continue;
    const report = level === "error" ? reportError : reportWarning;
    report(file, rule, `${quote(formatPath(path))} ${message}`, place);
  }
  const written = [{ selection, placeOf: (...path: readonly PropertyKey[]) => yaml.placeOf([name, ...path]) }];
  return partner === undefined ? { written } : { written, partner };
};

const warnOfOpenContract = (file: VFile, yaml: YamlMapping, { name, open }: Partner): void => {
  if (!open) return;
  const reason = `Anybody can read the feeds of ${quote(name)}, since its contract is open.`;
  reportWarning(file, "open-contract", reason, yaml.placeOf([name, "open"]));
};

/**
 * Turns content/partners.yaml into contracts, or into messages with line and column. `sections` are those of site.yaml, unless they
 * can't be read.
 */
export const compilePartners = (
  source: Uint8Array | string,
  sections: readonly Category[] | undefined,
  now?: Instant,
): CompiledPartners => {
  const file = decode(PARTNERS_FILE, source);
  const isUnreadable = hasErrors(file) && String(file) === "";
  const yaml = isUnreadable ? undefined : parseYamlMapping(file, String(file), 0, MAX_PARTNERS_LENGTH);
  if (yaml === undefined) {
    sortMessages(file);
    return { file, partners: [], selections: [] };
  }
  const contracts = Object.keys(yaml.data).map((name) => {
    const { issues } = v.safeParse(partnerName, name);
    for (const { message } of issues ?? [])
      reportError(file, "value", `${quote(name)} ${message}`, yaml.placeOfKey([name]));
    return readOne(file, yaml, name, now);
  });
  const partners = contracts.flatMap(({ partner }) => partner ?? []);
  const selections = contracts.flatMap(({ written }) => written);
  for (const written of selections) if (sections !== undefined) reportUnknownSections(file, written, sections);
  for (const partner of partners) warnOfOpenContract(file, yaml, partner);
  sortMessages(file);
  return { file, partners: partners.sort((a, b) => compareText(a.name, b.name)), selections };
};
