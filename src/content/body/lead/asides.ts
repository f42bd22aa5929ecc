import type { Element, Root } from "hast";
import { visit } from "unist-util-visit";

declare module "hast" {
  interface ElementData {
    /** Whether this stands beside the text of a story. */
    readonly isAside?: boolean;
  }
}

const ASIDE_ELEMENTS = new Set(
  "aside dialog dir figcaption footer form header hgroup legend menu nav search".split(" "),
);

/** Roles of WAI-ARIA and of its module for digital publishing. */
const ASIDE_ROLES = new Set([
  ..."complementary contentinfo doc-endnotes doc-footnote doc-notice doc-pullquote doc-tip doc-toc".split(" "),
  ..."navigation note search".split(" "),
]);

/** Classes by which other systems tell captions, notes and the like from the text, such as `wp-caption-text`. */
const ASIDE_CLASS =
  /^(?:(?:[\w-]+-)?(?:caption(?:-text)?|credits?)|(?:foot|end)notes?|toc|table-of-contents|byline|dateline|pull-?quote|advert(?:isement)?|related-posts|newsletter|preheader|sr-only|visually-hidden|screen-reader-text)$/i;

const classesOf = ({ properties: { className } }: Element): readonly string[] =>
  Array.isArray(className) ? className.map(String) : [];

/** Marks what stands beside the text, while elements, roles and classes still tell: the sanitiser removes them. */
export const markAsides = (tree: Root): void =>
  visit(tree, "element", (element) => {
    const isAside =
      ASIDE_ELEMENTS.has(element.tagName) ||
      ASIDE_ROLES.has(String(element.properties.role)) ||
      classesOf(element).some((name) => ASIDE_CLASS.test(name));
    if (isAside) element.data = { ...element.data, isAside };
  });

/** Whether an element stands beside the text of a story: it is a caption, a note, navigation or the like. */
export const isAside = ({ data }: Element): boolean => data?.isAside === true;
