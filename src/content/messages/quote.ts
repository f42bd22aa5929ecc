const MAX_LENGTH = 60;

/**
 * The writer's own words inside a message: in backquotes, on one line, no longer than a glance takes, and
 * without characters that a terminal would obey.
 */
export const quote = (words: string): string => {
  const shown = words
    .slice(0, 4 * MAX_LENGTH)
    .toWellFormed()
    .replace(/\s+/g, " ")
    .replace(/\p{Cc}/gu, "\u{FFFD}");
  const characters = Array.from(shown);
  return `\`${characters.length > MAX_LENGTH ? `${characters.slice(0, MAX_LENGTH - 1).join("")}…` : shown}\``;
};
