import type { Element, ElementContent, Parents, Root } from "hast";
import { SKIP, visit } from "unist-util-visit";
import type { VFile } from "vfile";
import { reportWarning } from "../messages/messages.ts";
import { FRAMES } from "./frames.ts";
import { isInvisible } from "./hidden.ts";
import { parseSrcset } from "./srcset.ts";

/** Where scripts that load media late find the address, the usual places first. */
const LAZY_SOURCES = ["dataSrc", "dataLazySrc", "dataOriginal", "dataOriginalSrc", "dataLazy", "dataUrl"];

const LAZY_NAME = /^(?:data|lazy)/i;
const LAZY_SOURCE_NAME = /src|lazy|orig|echo|image|img|url/i;
const LAZY_SOURCES_NAME = /^(?:data|lazy).*srcset$/i;
const LAZY_CLASS = /^(?:lazy|lozad|b-lazy)|[-_]lazy$/i;

const MEDIA_FILE = /\.(?:avif|gif|jpe?g|m4[av]|mp[34]|og[agv]|opus|png|svg|webm|webp)(?:[?#]\S*)?$/i;

const LAZY_ELEMENTS = new Set(["audio", "img", "source", "video"]);
const PLAYED_ELEMENTS = new Set(["audio", "img", "video"]);

const textOf = (value: unknown): string => (Array.isArray(value) ? value.join(" ") : String(value ?? "")).trim();

/** What stands in a picture's place until a script loads it: nothing, a picture in the address itself, or a blank one. */
const isPlaceholder = (address: unknown): boolean => {
  const text = textOf(address);
  return (
    text === "" ||
    /^(?:data|about):/i.test(text) ||
    /(?:^|[/_-])(?:1x1|blank|clear|dot|empty|gr[ae]y|lazy|loader|loading|pixel|placeholder|spacer|trans(?:parent)?)[\w-]*\.(?:gif|png|svg|jpe?g)(?:[?#]|$)/i.test(
      text,
    )
  );
};

/** Whether a value is an address, and no template of one such as `x-{width}.jpg`. */
const isAddress = (text: string): boolean => !isPlaceholder(text) && !/[\s{}]|%7B/i.test(text) && /[./]/.test(text);

type LazyAddress = readonly [property: "src" | "srcSet", name: string, address: string];

const lazySource = ({ properties }: Element): LazyAddress | undefined => {
  const isLazyByClass = textOf(properties.className)
    .split(" ")
    .some((name) => LAZY_CLASS.test(name));
  const others = Object.keys(properties).filter(
    (name) => LAZY_NAME.test(name) && !LAZY_SOURCES_NAME.test(name) && !LAZY_SOURCES.includes(name),
  );
  const usual = LAZY_SOURCES.find((name) => isAddress(textOf(properties[name])));
  const other = others.find((name) => {
    const text = textOf(properties[name]);
    return isAddress(text) && (LAZY_SOURCE_NAME.test(name) || MEDIA_FILE.test(text));
  });
  const name = isPlaceholder(properties.src) ? (usual ?? other) : isLazyByClass ? usual : undefined;
  return name === undefined ? undefined : ["src", name, textOf(properties[name])];
};

const lazySources = ({ properties }: Element): LazyAddress | undefined => {
  if (!isPlaceholder(properties.srcSet)) return undefined;
  const name = Object.keys(properties).find(
    (one) => LAZY_SOURCES_NAME.test(one) && parseSrcset(textOf(properties[one])).some(({ url }) => isAddress(url)),
  );
  return name === undefined ? undefined : ["srcSet", name, textOf(properties[name])];
};

const lazyAddresses = (element: Element): readonly LazyAddress[] =>
  [lazySource(element), lazySources(element)].flatMap((address) => (address === undefined ? [] : [address]));

/** The properties of an element that shows what a script would have loaded. */
const loadedProperties = ({ properties }: Element, addresses: readonly LazyAddress[]): Element["properties"] => {
  const lazy = new Set([...LAZY_SOURCES, ...addresses.map(([, name]) => name), "hidden", "style"]);
  const stays = (name: string): boolean =>
    !lazy.has(name) && !LAZY_SOURCES_NAME.test(name) && !(name === "src" && isPlaceholder(properties.src));
  return {
    ...Object.fromEntries(Object.entries(properties).filter(([name]) => stays(name))),
    ...Object.fromEntries(addresses.map(([property, , address]) => [property, address])),
  };
};

const elementsIn = (nodes: readonly ElementContent[]): readonly Element[] =>
  nodes.flatMap((node) => (node.type === "element" ? [node, ...elementsIn(node.children)] : []));

const hasAddress = ({ properties, children }: Element): boolean =>
  !isPlaceholder(properties.src) ||
  !isPlaceholder(properties.srcSet) ||
  children.some((child) => child.type === "element" && child.tagName === "source" && hasAddress(child));

/** What goes with a picture or a film in it. */
const WRAPPERS = new Set(["a", "figure", "picture"]);

/** What a `<noscript>` shows, and what of it goes with it: the `<picture>` around an `<img>`. */
interface Shown {
  readonly element: Element;
  readonly whole: Element;
}

const shownIn = (nodes: readonly ElementContent[]): readonly Shown[] =>
  nodes.flatMap((node): readonly Shown[] => {
    if (node.type !== "element" || isInvisible(node)) return [];
    if (FRAMES.has(node.tagName)) return [{ element: node, whole: node }];
    if (PLAYED_ELEMENTS.has(node.tagName)) return hasAddress(node) ? [{ element: node, whole: node }] : [];
    const inner = shownIn(node.children);
    return WRAPPERS.has(node.tagName) ? inner.map(({ element }) => ({ element, whole: node })) : inner;
  });

const isLazy = (element: Element): boolean => !hasAddress(element) || lazyAddresses(element).length > 0;

/** Whether an element stands where a script would put what a `<noscript>` shows. */
const isInPlaceOf = (element: Element, { tagName, properties }: Element): boolean =>
  element.tagName === tagName &&
  (isLazy(element) || (textOf(properties.alt) !== "" && textOf(properties.alt) === textOf(element.properties.alt)));

/** Nodes: a script's picture and its copy stand close together, and to look at all others each time would take quadratic time. */
const MAX_DISTANCE = 20;

/** The elements around a place, each with its own. */
const siblingsNear = (
  { children }: Parents,
  index: number,
): readonly { readonly node: Element; readonly at: number }[] => {
  const start = Math.max(0, index - MAX_DISTANCE);
  return children
    .slice(start, index + MAX_DISTANCE)
    .flatMap((node, offset) => (node.type === "element" ? [{ node, at: start + offset }] : []));
};

/** The elements that pass a test in those next to a place: before it as long as each holds one, otherwise in the one behind it. */
const findBeside = (parent: Parents, index: number, test: (element: Element) => boolean): readonly Element[] => {
  const elements = siblingsNear(parent, index);
  const found = ({ node }: { readonly node: Element }): readonly Element[] => elementsIn([node]).filter(test);
  const before: Element[] = [];
  for (const one of elements.filter(({ at }) => at < index).reverse()) {
    if (found(one).length === 0) break;
    before.unshift(...found(one));
  }
  const next = elements.find(({ at }) => at > index);
  return before.length > 0 || next === undefined ? before : found(next);
};

const isSameAddress = (element: Element, { properties }: Element): boolean =>
  textOf(properties.src) !== "" &&
  (element.properties.src === properties.src ||
    (FRAMES.has(element.tagName) && element.properties.dataSrc === properties.src));

const reportTaken = (file: VFile, { tagName, position }: Element, from: string, attribute: string): void => {
  const reason = `This <${tagName}> has no address that works without a script; the one in ${from} was taken. Write it in \`${attribute}\`.`;
  reportWarning(file, "lazy-media", reason, position);
};

/** Gives a picture that has a `srcset` alone a `src` too: few feed readers know the other. */
const addSource = (file: VFile, { tagName, properties, position }: Element): void => {
  const first = parseSrcset(textOf(properties.srcSet)).find(({ url }) => !isPlaceholder(url));
  if (tagName !== "img" || first === undefined || !/^(?:(?:data|about):|$)/i.test(textOf(properties.src))) return;
  properties.src = first.url;
  const reason =
    "This picture has a `srcset` only, which few feed readers know; its first address was taken for `src`. Write one.";
  reportWarning(file, "lazy-media", reason, position);
};

/** What of a `<noscript>` is still missing: nothing beside it shows the same. */
const notShownBeside = (shown: readonly Shown[], parent: Parents, index: number): readonly Shown[] => {
  const beside = elementsIn(siblingsNear(parent, index).map(({ node }) => node));
  const own = new Set(shown.map(({ element }) => element));
  return shown.filter(
    ({ element }) =>
      !beside.some((one) => !own.has(one) && one.tagName === element.tagName && isSameAddress(one, element)),
  );
};

/** Gives the elements beside a `<noscript>` what it shows; returns what none of them stands for. */
const loadFromNoscript = (file: VFile, shown: readonly Shown[], parent: Parents, index: number): readonly Shown[] => {
  const used = new Set<Element>();
  return shown.filter(({ element }, position) => {
    if (FRAMES.has(element.tagName)) return true;
    const sameLeft = shown.slice(position).filter((one) => one.element.tagName === element.tagName).length;
    const candidates = findBeside(parent, index, (one) => isInPlaceOf(one, element)).filter((one) => !used.has(one));
    const target = candidates.at(-sameLeft) ?? candidates[0];
    if (target === undefined) return true;
    used.add(target);
    reportTaken(file, target, "the <noscript> beside it", "src");
    target.properties = { ...loadedProperties(target, []), ...element.properties };
    if (target.children.length === 0) target.children = element.children;
    return false;
  });
};

/**
 * Gives media that only a script would load the address that they have elsewhere: in a `<noscript>` beside them, which the
 * sanitiser would remove, or in an attribute such as `data-src`. What else a `<noscript>` shows stands in its place. Warns of each.
 */
export const restoreLazyMedia = (file: VFile, tree: Root): void => {
  visit(tree, "element", (element, index, parent) => {
    if (element.tagName !== "noscript" || index === undefined || parent === undefined) return undefined;
    const shown = notShownBeside(shownIn(element.children), parent, index);
    if (shown.length === 0) return SKIP;
    const rest = loadFromNoscript(file, shown, parent, index);
    parent.children.splice(index, 1, ...new Set(rest.map(({ whole }) => whole)));
    if (rest.length > 0) {
      const reason =
        "Feed readers run no scripts, so what this <noscript> shows stands in its place. Write it without <noscript>.";
      reportWarning(file, "lazy-media", reason, element.position);
    }
    return index;
  });
  visit(tree, "element", (element) => {
    if (!LAZY_ELEMENTS.has(element.tagName)) return;
    const addresses = lazyAddresses(element);
    const [first] = addresses;
    if (first !== undefined) {
      const attribute = first[0].toLowerCase();
      reportTaken(file, element, `\`data-${attribute}\` or the like`, attribute);
      element.properties = loadedProperties(element, addresses);
    }
    addSource(file, element);
  });
};
