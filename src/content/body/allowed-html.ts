import { defaultSchema, type Schema } from "hast-util-sanitize";

// Attributes that hast-util-sanitize allows by default (GitHub's list) and stories may not have: those of forms and image
// maps, which mean nothing in a feed, and microdata, whose URLs nothing here makes absolute.
const FORBIDDEN_ATTRIBUTES = new Set([
  ...["accept", "acceptCharset", "accessKey", "action", "charSet", "coords", "encType", "htmlFor", "isMap"],
  ...["itemProp", "maxLength", "method", "multiple", "noHref", "prompt", "readOnly", "selected", "shape", "tabIndex"],
  "useMap",
]);

/** An element with attributes beyond those that hast-util-sanitize allows it by default. */
const withAttributes = (tagName: string, ...names: string[]) => ({
  [tagName]: [...(defaultSchema.attributes?.[tagName] ?? []), ...names],
});

/** Elements that are removed with their content; of other elements that are not allowed, the content stays. */
export const STRIPPED_ELEMENTS = [
  ...["embed", "frameset", "iframe", "math", "noembed", "noframes", "noscript", "object", "plaintext", "script"],
  ...["select", "style", "svg", "template", "textarea", "title", "xmp"],
];

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
