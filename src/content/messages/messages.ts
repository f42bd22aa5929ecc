import type { VFile } from "vfile";
import type { VFileMessage } from "vfile-message";

// Everything that is wrong with content is a message in its VFile. `reason` says what is wrong and what to do.

/** Where in a file: a point, or a node's start and end. */
export type Place = NonNullable<VFileMessage["place"]>;

type Point = Extract<Place, { readonly line: number }>;

const START: Place = { line: 1, column: 1, offset: 0 };

const startOf = (place: Place): Point => ("start" in place ? place.start : place);

const addMessage = (file: VFile, rule: string, reason: string, place: Place = START): VFileMessage =>
  file.message(reason, { place, ruleId: rule, source: "feedwright" });

/** Reports an error, which the writer must mend before anything is published. Without a place, it is the file's start. */
export const reportError = (file: VFile, rule: string, reason: string, place?: Place): void => {
  addMessage(file, rule, reason, place).fatal = true;
};

/** Reports a warning: something was removed, or is odd but can be published. Without a place, it is the file's start. */
export const reportWarning = (file: VFile, rule: string, reason: string, place?: Place): void => {
  addMessage(file, rule, reason, place);
};

/** Whether an error was reported in the file: such a file is not published. */
export const hasErrors = (file: VFile): boolean => file.messages.some((message) => message.fatal === true);

/** Makes warnings of all errors in a file. */
export const demoteErrors = (file: VFile): void => {
  for (const message of file.messages) message.fatal = false;
};

/** Whether an error begins where the place does. */
export const hasErrorAt = (file: VFile, place: Place): boolean => {
  const { line, column } = startOf(place);
  return file.messages.some((message) => message.fatal === true && message.line === line && message.column === column);
};

/** Sorts the messages of a file by line and column, and drops repeated ones. */
export const sortMessages = (file: VFile): void => {
  const seen = new Set<string>();
  file.messages = file.messages
    .filter(({ line, column, ruleId, reason }) => {
      const key = JSON.stringify([line, column, ruleId, reason]);
      return !seen.has(key) && seen.add(key);
    })
    .sort((a, b) => (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0));
};

/** Characters of the writer's that a message shows. */
const MAX_QUOTE_LENGTH = 60;

/**
 * The writer's own words as they stand in a message: in backquotes, on one line, shortened, and without control
 * characters, which a terminal would obey.
 */
export const quote = (words: string): string => {
  const shown = words
    .slice(0, 4 * MAX_QUOTE_LENGTH)
    .toWellFormed()
    .replace(/\s+/g, " ")
    .replace(/\p{Cc}/gu, "\u{FFFD}");
  const characters = Array.from(shown);
  return `\`${characters.length > MAX_QUOTE_LENGTH ? `${characters.slice(0, MAX_QUOTE_LENGTH - 1).join("")}…` : shown}\``;
};
