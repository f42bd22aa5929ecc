import * as v from "valibot";
import { isRecord } from "../../lib/is-record.ts";
import { FONTS } from "../../model/pages/appearance.ts";
import { suggest } from "../messages/suggest.ts";
import { mapping } from "./mapping.ts";
import { expected, list, text } from "./values.ts";

const COLOR_MESSAGE =
  'must be a colour in quotes, # and three or six hexadecimal digits, such as "#0b62a4". Without quotes, # begins a comment.';

/** A colour, as `#rrggbb`. */
const color = v.pipe(
  v.string(COLOR_MESSAGE),
  v.regex(/^#(?:[\da-f]{3}|[\da-f]{6})$/i, COLOR_MESSAGE),
  v.transform((value) => (value.length === 4 ? value.replace(/[\da-f]/gi, "$&$&") : value).toLowerCase()),
);

/** One colour, or one for each background. */
export const accent = v.lazy((input) =>
  isRecord(input)
    ? mapping(
        { light: color, dark: color },
        {
          light: "Write a colour for the light background.",
          dark: "Write a colour for the dark background.",
        },
      )
    : color,
);

/** One of the choices of fonts. */
export const fonts = v.picklist(FONTS, ({ received, input }) =>
  received === "null"
    ? expected("")({ received })
    : `must be ${FONTS.slice(0, -1).join(", ")} or ${FONTS.at(-1)}: fonts that readers have.${suggest(String(input), FONTS)}`,
);

/** Links of the menu or the footer: names, or titles with targets. */
export const links = <const Target extends v.GenericSchema<unknown, string>>(target: Target) =>
  list(
    v.lazy((input) =>
      isRecord(input)
        ? mapping({ title: text, url: target }, { title: "Name the link.", url: "Write where it leads." })
        : text,
    ),
  );
