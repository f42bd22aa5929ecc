import { defaultSchema, type Schema } from "hast-util-sanitize";

const FORM_ATTRIBUTES =
  "accept acceptCharset accessKey action encType htmlFor maxLength method multiple prompt readOnly selected tabIndex";
const IMAGE_MAP_ATTRIBUTES = "coords isMap noHref shape useMap";

// hast-util-sanitize allows these by default (GitHub's list). In a feed, forms and image maps mean nothing, and nothing
// here makes the URLs of microdata absolute.
const FORBIDDEN_ATTRIBUTES = new Set([
  ...FORM_ATTRIBUTES.split(" "),
  ...IMAGE_MAP_ATTRIBUTES.split(" "),
  "charSet",
  "itemProp",
]);

/** An element with attributes beyond those that hast-util-sanitize allows it by default. */
const withAttributes = (tagName: string, ...names: string[]) => ({
  [tagName]: [...(defaultSchema.attributes?.[tagName] ?? []), ...names],
});

/** Elements that are removed with their content; of other elements that are not allowed, the content stays. */
export const STRIPPED_ELEMENTS = [
  ..."applet canvas datalist embed frameset iframe math object svg".split(" "),
  ..."noembed noframes noscript plaintext script select style template textarea title xmp".split(" "),
];

/**
 * Blocks that stories can't hold, and what stands in their place, so that their text does not run into what stands beside them.
 */
export const REPLACED_BLOCKS: ReadonlyMap<string, string> = new Map([
  ..."article center dialog fieldset footer form header hgroup legend main nav search"
    .split(" ")
    .map((name): [string, string] => [name, "div"]),
  ["dir", "ul"],
  ["menu", "ul"],
]);

/**
 * The HTML that stories may hold, for hast-util-sanitize. Allows every URL scheme: `resolveUrls` checks them, for a wrong
 * one is an error to report, not an attribute to lose.
 */
export const allowedHtml: Schema = {
  ...defaultSchema,
  tagNames: [
    ...(defaultSchema.tagNames ?? []),
    ...["abbr", "address", "aside", "audio", "bdi", "bdo", "caption", "cite", "col", "colgroup", "dfn", "figcaption"],
    ...["figure", "mark", "small", "time", "track", "u", "video", "wbr"],
  ],
  attributes: {
    ...defaultSchema.attributes,
    "*": (defaultSchema.attributes?.["*"] ?? []).filter(
      (name) => typeof name !== "string" || !FORBIDDEN_ATTRIBUTES.has(name),
    ),
    div: [],
    ...withAttributes("img", "srcSet", "sizes", "loading"),
    ...withAttributes("ol", "reversed", "type"),
    ...withAttributes("source", "src", "sizes", "type"),
    ...withAttributes("audio", "controls", "loop", "muted", "preload", "src"),
    ...withAttributes("video", "controls", "loop", "muted", "playsInline", "poster", "preload", "src"),
    ...withAttributes("track", "default", "kind", "src", "srcLang"),
  },
  clobber: [...(defaultSchema.clobber ?? []), "headers"],
  protocols: {},
  strip: STRIPPED_ELEMENTS,
};
