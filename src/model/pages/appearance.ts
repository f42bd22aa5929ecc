/** The backgrounds of the pages in light and in dark: what an accent must be read on. */
export const BACKGROUNDS = { light: "#fdfcfa", dark: "#161513" } as const;

/** How pages may be set: in fonts that readers have, so that nothing is requested from elsewhere. */
export const FONTS = ["serif", "old-style", "sans", "humanist", "mixed"] as const;

/** The name of a choice of fonts. */
export type Fonts = (typeof FONTS)[number];

/** A colour for links and marks, as `#rrggbb`: on the light and on the dark background. */
export interface Accent {
  readonly light: string;
  readonly dark: string;
}

const channelsOf = (hex: string): readonly number[] =>
  [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));

const luminance = (hex: string): number => {
  const [red = 0, green = 0, blue = 0] = channelsOf(hex).map((channel) => {
    const part = channel / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
};

/** The contrast of two colours (WCAG 2.2, "contrast ratio"), each as `#rrggbb`: from 1 to 21. */
export const contrastOf = (one: string, other: string): number => {
  const [darker = 0, lighter = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
};

/** What text of any size needs (WCAG 2.2, success criterion 1.4.3). */
export const MIN_CONTRAST = 4.5;

/** A colour, mixed with as much black or white as it takes to be read on a background. */
export const readableOn = (color: string, background: string): string => {
  const target = luminance(background) > 0.18 ? 0 : 255;
  const mixed = (share: number): string =>
    `#${channelsOf(color)
      .map((channel) =>
        Math.round(channel + (target - channel) * share)
          .toString(16)
          .padStart(2, "0"),
      )
      .join("")}`;
  for (let share = 0; share < 1; share += 0.02) {
    if (contrastOf(mixed(share), background) >= MIN_CONTRAST) return mixed(share);
  }
  return mixed(1);
};
