const LONGEST = 60;

/**
 * The writer's own words inside a message: in backquotes, on one line, no longer than a glance takes, and
 * without characters that a terminal would obey.
 */
export const quoted = (words: string): string => {
  const shown = words
    .slice(0, 4 * LONGEST)
    .toWellFormed()
    .replace(/\s+/g, " ")
    .replace(/\p{Cc}/gu, "\u{FFFD}");
  const characters = Array.from(shown);
  return `\`${characters.length > LONGEST ? `${characters.slice(0, LONGEST - 1).join("")}…` : shown}\``;
};
