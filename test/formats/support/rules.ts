import { urlsInHtml } from "./html.ts";
import { mediaName } from "./names.ts";
import { childrenOf, textsOf, withDescendants, type XmlElement } from "./xml-reader.ts";

/** What a checked document does wrong, in words; empty where nothing is wrong. */
export type Violations = readonly string[];

/** One violation unless it holds. */
export const check = (holds: boolean, violation: string): Violations => (holds ? [] : [violation]);

/** No name but those that may be repeated stands twice in an element. */
export const noDuplicates = (element: XmlElement, repeatable: readonly string[]): Violations => {
  const counted = element.children.map(({ name }) => name).filter((name) => !repeatable.includes(name));
  const doubled = counted.filter((name, index) => counted.indexOf(name) !== index);
  return doubled.map((name) => `${name} is repeated in ${element.name}`);
};

/** Every name stands exactly once in an element, and is not empty. */
export const required = (element: XmlElement, names: readonly string[]): Violations =>
  names.flatMap((name) => {
    const texts = textsOf(element, name);
    return check(texts.length === 1 && texts[0] !== "", `${element.name} needs exactly one ${name}`);
  });

/** Begins with a scheme, and a parser agrees. */
export const isAbsolute = (url: string): boolean => /^[a-z][a-z0-9+.-]*:/i.test(url) && URL.canParse(url);

const URL_ATTRIBUTES = ["href", "url", "src", "uri", "domain", "scheme"];

/** No relative URL stands in an attribute that is a URL. */
export const absoluteAttributes = (root: XmlElement): Violations =>
  withDescendants(root).flatMap(({ name, attributes }) =>
    URL_ATTRIBUTES.flatMap((attribute) => {
      const value = attributes.get(attribute);
      return check(value === undefined || isAbsolute(value), `${attribute} of ${name} is relative: ${value}`);
    }),
  );

/** No relative URL stands in HTML. */
export const absoluteHtml = (html: string): Violations =>
  urlsInHtml(html).flatMap((url) => check(isAbsolute(url), `the HTML holds a relative URL: ${url}`));

/** Outside CDATA, every reference is a hexadecimal one (RSS profile §3.1). */
export const hexadecimalReferences = (document: string): Violations =>
  Array.from(document.replace(/<!\[CDATA\[.*?\]\]>/gs, "").matchAll(/&(?!#x[0-9A-F]+;)[^;]*;?/g)).map(
    ([reference]) => `${reference} is no hexadecimal reference`,
  );

const isPositive = (number: string | undefined): boolean => number === undefined || /^[1-9]\d*$/.test(number);

/** Media RSS 1.5.1: what the elements of one item must be. */
export const mediaRules = (item: XmlElement): Violations =>
  childrenOf(item, mediaName("content"))
    .concat(childrenOf(item, mediaName("thumbnail")))
    .flatMap((media) => {
      const { attributes } = media;
      const kinds = [undefined, "image", "audio", "video", "document", "executable"];
      const texts = [...childrenOf(media, mediaName("title")), ...childrenOf(media, mediaName("description"))];
      return [
        ...check(attributes.has("url"), `${media.name} needs a url`),
        ...check(kinds.includes(attributes.get("medium")), "medium is none of Media RSS"),
        ...["fileSize", "width", "height"].flatMap((name) =>
          check(isPositive(attributes.get(name)), `${name} must be a positive whole number`),
        ),
        ...check(/^(\d+(\.\d+)?)?$/.test(attributes.get("duration") ?? ""), "duration must be seconds"),
        ...texts.flatMap((text) => check(text.attributes.get("type") === "plain", `${text.name} must say it is plain`)),
        ...noDuplicates(media, [mediaName("credit")]),
      ];
    });
