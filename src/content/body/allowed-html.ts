import { defaultSchema, type Schema } from "hast-util-sanitize";

// What the sanitiser allows beyond GitHub's list, and what it must not: attributes of forms and image maps,
// which mean nothing in a feed, and microdata, whose URLs nobody would make absolute.
const NOT_HERE = new Set([
  ...["accept", "acceptCharset", "accessKey", "action", "charSet", "coords", "encType", "htmlFor", "isMap"],
  ...["itemProp", "maxLength", "method", "multiple", "noHref", "prompt", "readOnly", "selected", "shape", "tabIndex"],
  "useMap",
]);

const allowed = (tagName: string, ...names: string[]) => ({
  [tagName]: [...(defaultSchema.attributes?.[tagName] ?? []), ...names],
});

/** Elements that go with all they hold; of others that are not allowed, the text stays. */
export const STRIPPED = [
  ...["embed", "frameset", "iframe", "math", "noembed", "noframes", "noscript", "object", "plaintext", "script"],
  ...["select", "style", "svg", "template", "textarea", "title", "xmp"],
];

/**
 * The HTML that stories may hold. Says nothing of what URLs may begin with: `absolutise` judges each of them,
 * where a wrong one is a problem to report, not an attribute to lose.
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
    "*": (defaultSchema.attributes?.["*"] ?? []).filter((name) => typeof name !== "string" || !NOT_HERE.has(name)),
    div: [],
    ...allowed("img", "srcSet", "sizes", "loading"),
    ...allowed("ol", "reversed", "type"),
    ...allowed("source", "src", "sizes", "type"),
    ...allowed("audio", "controls", "loop", "muted", "preload", "src"),
    ...allowed("video", "controls", "loop", "muted", "playsInline", "poster", "preload", "src"),
    ...allowed("track", "default", "kind", "src", "srcLang"),
  },
  clobber: [...(defaultSchema.clobber ?? []), "headers"],
  protocols: {},
  strip: STRIPPED,
};
