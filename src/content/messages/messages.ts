import { VFile } from "vfile";
import type { VFileMessage } from "vfile-message";

/** Where in a file: a point, or a node's start and end. */
export type Place = NonNullable<VFileMessage["place"]>;

type Point = Extract<Place, { readonly line: number }>;

const START: Place = { line: 1, column: 1, offset: 0 };

const startOf = (place: Place): Point => ("start" in place ? place.start : place);

const add = (file: VFile, rule: string, reason: string, place: Place = START): VFileMessage =>
  file.message(reason, { place, ruleId: rule, source: "feedwright" });

/**
 * Notes a mistake that the publisher must mend: the file gives no Item.
 * `reason` says what is wrong and what to do.
 */
export const reportError = (file: VFile, rule: string, reason: string, place?: Place): void => {
  add(file, rule, reason, place).fatal = true;
};

/** Notes something that was put right, or that is odd but can be published. */
export const reportWarning = (file: VFile, rule: string, reason: string, place?: Place): void => {
  add(file, rule, reason, place);
};

/** Whether a problem was noted in the file: such a file is not published. */
export const hasErrors = (file: VFile): boolean => file.messages.some((message) => message.fatal === true);

/** Whether a message stands at the beginning of a place already. */
export const hasMessageAt = (file: VFile, place: Place): boolean => {
  const { line, column } = startOf(place);
  return file.messages.some((message) => message.line === line && message.column === column);
};

/** Puts the messages into the order of the text, each once. */
export const sortMessages = (file: VFile): void => {
  const seen = new Set<string>();
  file.messages = file.messages
    .filter(({ line, column, ruleId, reason }) => {
      const key = JSON.stringify([line, column, ruleId, reason]);
      return !seen.has(key) && seen.add(key);
    })
    .sort((a, b) => (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0));
};

/** A fresh file to report on; `path` is below content/. */
export const reportOn = (path: string, text: string): VFile => new VFile({ path, value: text });
