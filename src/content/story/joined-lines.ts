import type { VFile } from "vfile";
import { isRecord } from "../../lib/is-record.ts";
import { reportWarning } from "../messages/messages.ts";
import type { YamlMapping } from "../yaml/yaml.ts";

type Path = readonly PropertyKey[];

/** The paths of all texts in which a line break stands between words. */
const pathsOfLines = (value: unknown, path: Path): readonly Path[] => {
  if (typeof value === "string") return /[\n\r\u{85}\u{2028}\u{2029}]/u.test(value.trim()) ? [path] : [];
  if (Array.isArray(value)) return value.flatMap((entry, index) => pathsOfLines(entry, [...path, index]));
  return isRecord(value) ? Object.entries(value).flatMap(([key, entry]) => pathsOfLines(entry, [...path, key])) : [];
};

/** Warns of texts of the front matter that have several lines: each becomes one. Lines that YAML itself folds are one already. */
export const reportJoinedLines = (file: VFile, yaml: YamlMapping): void => {
  for (const path of pathsOfLines(yaml.data, [])) {
    const reason = `\`${path.map(String).join(".")}\` is one line in feeds: its line breaks become spaces. Write it on one line.`;
    reportWarning(file, "joined", reason, yaml.placeOf(path));
  }
};
