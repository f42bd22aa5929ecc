import type { Element, ElementContent, Parents, Root, RootContent } from "hast";
import { SKIP, visit } from "unist-util-visit";
import type { VFile } from "vfile";
import { reportWarning } from "../messages/messages.ts";
import { parseSrcset } from "./srcset.ts";

/** Where scripts that load media late find the address, by what it becomes. */
const LAZY_PROPERTIES: readonly (readonly [property: "src" | "srcSet", names: readonly string[]])[] = [
  [
    "src",
    ["dataSrc", "dataLazySrc", "dataOriginal", "dataOriginalSrc", "dataLazy", "dataUrl", "dataImg", "dataHiResSrc"],
  ],
  ["srcSet", ["dataSrcset", "dataSrcSet", "dataLazySrcset", "dataLazySrcSet", "dataOriginalSet"]],
];

const LAZY_ELEMENTS = new Set(["audio", "img", "source", "video"]);

const textOf = (value: unknown): string => (Array.isArray(value) ? value.join(" ") : String(value ?? "")).trim();

/** What stands in a picture's place until a script loads it: nothing, a picture in the address itself, or a blank one. */
const isPlaceholder = (address: unknown): boolean => {
  const text = textOf(address);
  return (
    text === "" ||
    /^(?:data|about):/i.test(text) ||
    /(?:^|[/_-])(?:blank|placeholder|spacer|transparent|pixel|1x1|lazy)[\w-]*\.(?:gif|png|svg|jpe?g)$/i.test(text)
  );
};

const lazyAddresses = ({ properties }: Element): Readonly<Partial<Record<"src" | "srcSet", string>>> =>
  Object.fromEntries(
    LAZY_PROPERTIES.flatMap(([property, names]) => {
      if (!isPlaceholder(properties[property])) return [];
      const address = names.map((name) => textOf(properties[name])).find((text) => !isPlaceholder(text));
      return address === undefined ? [] : [[property, address]];
    }),
  );

const withoutLazyProperties = ({ properties }: Element): Element["properties"] => {
  const names = new Set(LAZY_PROPERTIES.flatMap(([, lazy]) => lazy));
  return Object.fromEntries(Object.entries(properties).filter(([name]) => !names.has(name)));
};

const elementsIn = (nodes: readonly ElementContent[]): readonly Element[] =>
  nodes.flatMap((node) => (node.type === "element" ? [node, ...elementsIn(node.children)] : []));

const isShown = ({ tagName, properties }: Element): boolean =>
  ["audio", "img", "video"].includes(tagName) && !isPlaceholder(properties.src);

/** The good copy that stands in a `<noscript>`: its one picture, film or sound. */
const copyIn = (noscript: Element): Element | undefined => elementsIn(noscript.children).find(isShown);

/** An element that can show nothing without a script, or one inside it, such as the `<img>` in a `<div>`. */
const lazyElementIn = (node: ElementContent | undefined, tagName: string): Element | undefined =>
  node === undefined ? undefined : elementsIn([node]).find((one) => one.tagName === tagName && isLazy(one));

const isLazy = (element: Element): boolean =>
  isPlaceholder(element.properties.src) &&
  (isPlaceholder(element.properties.srcSet) || Object.keys(lazyAddresses(element)).length > 0);

/** The elements before and after one. */
const neighboursOf = ({ children }: Parents, index: number): readonly Element[] => {
  const isElement = (node: RootContent): node is Element => node.type === "element";
  const nextTo = (step: 1 | -1): Element | undefined => {
    for (let at = index + step; at >= 0 && at < children.length; at += step) {
      const node = children[at];
      if (node !== undefined && isElement(node)) return node;
    }
    return undefined;
  };
  return [nextTo(-1), nextTo(1)].flatMap((node) => node ?? []);
};

const reportTaken = (file: VFile, { tagName, position }: Element, from: string): void => {
  const reason = `This <${tagName}> has no address that works without a script; the one in ${from} was taken. Write it in \`${tagName === "source" ? "srcset" : "src"}\`.`;
  reportWarning(file, "lazy-media", reason, position);
};

/** Gives a picture that has a `srcset` alone a `src` too: few feed readers know the other. */
const addSource = (file: VFile, { tagName, properties, position }: Element): void => {
  const [first] = parseSrcset(textOf(properties.srcSet));
  if (tagName !== "img" || first === undefined || textOf(properties.src) !== "") return;
  properties.src = first.url;
  const reason =
    "This picture has a `srcset` only, which few feed readers know; its first address was taken for `src`. Write one.";
  reportWarning(file, "lazy-media", reason, position);
};

/**
 * Gives media that only a script would load the address that they have elsewhere: in a `<noscript>` beside them, which the
 * sanitiser would remove, or in an attribute such as `data-src`. Warns of each.
 */
export const restoreLazyMedia = (file: VFile, tree: Root): void => {
  visit(tree, "element", (element, index, parent) => {
    if (element.tagName !== "noscript" || index === undefined || parent === undefined) return undefined;
    const copy = copyIn(element);
    const lazy =
      copy &&
      neighboursOf(parent, index)
        .map((node) => lazyElementIn(node, copy.tagName))
        .find(Boolean);
    if (copy === undefined || lazy === undefined) return SKIP;
    reportTaken(file, lazy, "the <noscript> beside it");
    lazy.properties = { ...withoutLazyProperties(lazy), ...copy.properties };
    parent.children.splice(index, 1);
    return index;
  });
  visit(tree, "element", (element) => {
    if (!LAZY_ELEMENTS.has(element.tagName)) return;
    const addresses = lazyAddresses(element);
    const [name] = Object.keys(addresses);
    if (name !== undefined) {
      reportTaken(file, element, `\`data-${name.toLowerCase()}\` or the like`);
      element.properties = { ...withoutLazyProperties(element), ...addresses };
    }
    addSource(file, element);
  });
};
