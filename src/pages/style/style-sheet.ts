import type { Channel } from "../../model/channel.ts";
import { BACKGROUNDS, type Fonts } from "../../model/pages/appearance.ts";
import { feedRules } from "./feed-rules.ts";
import { rules } from "./rules.ts";
import { subscribeRules } from "./subscribe-rules.ts";

const SANS = 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif';
const SERIF = 'Charter, "Bitstream Charter", "Sitka Text", "Source Serif 4", Georgia, "Noto Serif", serif';
const OLD_STYLE = '"Iowan Old Style", "Palatino Linotype", "URW Palladio L", P052, "Noto Serif", serif';
const HUMANIST = 'Seravek, "Gill Sans Nova", Ubuntu, Calibri, "DejaVu Sans", "Noto Sans", sans-serif';

/** Fonts that readers' systems have, for the text, the headlines and everything around them. */
const STACKS: Readonly<Record<Fonts, readonly [text: string, headlines: string, rest: string]>> = {
  serif: [SERIF, SERIF, SANS],
  "old-style": [OLD_STYLE, OLD_STYLE, SANS],
  sans: [SANS, SANS, SANS],
  humanist: [HUMANIST, HUMANIST, HUMANIST],
  mixed: [SERIF, SANS, SANS],
};

const DEFAULT_ACCENT = { light: "#a3281c", dark: "#f2937f" } as const;

/** What site.yaml decides, as custom properties that theme.css may set again. */
const properties = ({ accent = DEFAULT_ACCENT, fonts = "serif" }: Channel): string => {
  const [text, headlines, rest] = STACKS[fonts];
  return `:root {
  color-scheme: light dark;
  --text-font: ${text};
  --headline-font: ${headlines};
  --rest-font: ${rest};
  --accent: ${accent.light};
  --background: ${BACKGROUNDS.light};
  --raised: #f3f0ea;
  --text: #1f1d1a;
  --muted: #69645c;
  --line: #e3ded5;
  --measure: 40rem;
  --wide: 72rem;
  --edge: clamp(1.15rem, 4vw, 2.5rem);
}
@media (prefers-color-scheme: dark) {
  :root { --accent: ${accent.dark}; --background: ${BACKGROUNDS.dark}; --raised: #211f1c; --text: #e8e4dc; --muted: #a8a298; --line: #37342f; }
}
`;
};

/** The style sheet of the pages: what site.yaml decides, the rules of all pages, and the publisher's own theme.css behind them. */
export const renderStyleSheet = (channel: Channel): string =>
  `${properties(channel)}${rules}${subscribeRules}${feedRules}${channel.theme === undefined ? "" : `\n${channel.theme}`}`;
