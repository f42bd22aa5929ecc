import { urlsInHtml } from "./html.ts";
import { mediaName } from "./names.ts";
import { childrenOf, textsOf, withDescendants, type XmlElement } from "./xml-reader.ts";

/** The rules that a document breaks, in words; empty if it breaks none. */
export type Violations = readonly string[];

/** The violation, unless the rule holds. */
export const check = (holds: boolean, violation: string): Violations => (holds ? [] : [violation]);

/** An element has no two children of one name, unless that is repeatable. */
export const noDuplicates = (element: XmlElement, repeatable: readonly string[]): Violations => {
  const counted = element.children.map(({ name }) => name).filter((name) => !repeatable.includes(name));
  const doubled = counted.filter((name, index) => counted.indexOf(name) !== index);
  return doubled.map((name) => `${name} is repeated in ${element.name}`);
};

/** An element has exactly one child of each name, with text. */
export const required = (element: XmlElement, names: readonly string[]): Violations =>
  names.flatMap((name) => {
    const texts = textsOf(element, name);
    return check(texts.length === 1 && texts[0] !== "", `${element.name} needs exactly one ${name}`);
  });

/** Whether a URL has a scheme and can be parsed. */
export const isAbsolute = (url: string): boolean => /^[a-z][a-z0-9+.-]*:/i.test(url) && URL.canParse(url);

const URL_ATTRIBUTES = ["href", "url", "src", "uri", "domain", "scheme"];

/** No attribute whose value is a URL has a relative one. */
export const absoluteAttributes = (root: XmlElement): Violations =>
  withDescendants(root).flatMap(({ name, attributes }) =>
    URL_ATTRIBUTES.flatMap((attribute) => {
      const value = attributes.get(attribute);
      return check(value === undefined || isAbsolute(value), `${attribute} of ${name} is relative: ${value}`);
    }),
  );

/** HTML has no relative URL. */
export const absoluteHtml = (html: string): Violations =>
  urlsInHtml(html).flatMap((url) => check(isAbsolute(url), `the HTML holds a relative URL: ${url}`));

/** Outside CDATA, every reference is a hexadecimal one (RSS profile §3.1). */
export const hexadecimalReferences = (document: string): Violations =>
  Array.from(document.replace(/<!\[CDATA\[.*?\]\]>/gs, "").matchAll(/&(?!#x[0-9A-F]+;)[^;]*;?/g)).map(
    ([reference]) => `${reference} is no hexadecimal reference`,
  );

const isPositive = (number: string | undefined): boolean => number === undefined || /^[1-9]\d*$/.test(number);

/** Media RSS 1.5.1: the elements in one item. */
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
        ...check(/^\d*$/.test(attributes.get("duration") ?? ""), "duration must be whole seconds"),
        ...texts.flatMap((text) => check(text.attributes.get("type") === "plain", `${text.name} must say it is plain`)),
        ...noDuplicates(media, [mediaName("credit")]),
      ];
    });
