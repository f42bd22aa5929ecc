import type { Element, Nodes, Root } from "hast";
import { raw } from "hast-util-raw";
import { toHtml } from "hast-util-to-html";
import { toString as textOf } from "hast-util-to-string";
import { fromMarkdown } from "mdast-util-from-markdown";
import { gfmFromMarkdown } from "mdast-util-gfm";
import { toHast } from "mdast-util-to-hast";
import { gfm } from "micromark-extension-gfm";
import { visit } from "unist-util-visit";
import type { VFile } from "vfile";
import { absolutise } from "./absolutise.ts";
import { nameIllegal } from "./characters.ts";
import { problem } from "./report.ts";
import type { Base } from "./resolve.ts";
import { sanitise } from "./sanitise.ts";
import { oneLine } from "./shapes.ts";

/** A story's body, ready for every format. */
export interface Body {
  readonly html: string;
  /** The text of the first paragraph that has any, on one line; empty where there is none. */
  readonly firstParagraph: string;
  /** Paths of the local media files it uses. */
  readonly media: readonly string[];
}

const reportMissingAlternatives = (file: VFile, tree: ReturnType<typeof fromMarkdown>): void =>
  visit(tree, ["image", "imageReference"], (node) => {
    if ("alt" in node && !node.alt) {
      problem(file, "missing-alt", "This picture has no text for those who can't see it: ![text](…).", node.position);
    }
  });

const reportHtmlMistakes = (file: VFile, tree: Root): void =>
  visit(tree, (node) => {
    if (node.type === "element" && node.tagName === "img" && node.properties.alt === undefined) {
      problem(
        file,
        "missing-alt",
        'This picture has no `alt`. Say what it shows, or write alt="" if it is decoration.',
        node.position,
      );
    }
    const texts =
      node.type === "text" ? [node.value] : node.type === "element" ? Object.values(node.properties).map(String) : [];
    for (const { name } of texts.flatMap((text) => nameIllegal(text).slice(0, 1))) {
      // What the source itself holds was noted when it was decoded; here it came from a reference such as &#1;.
      if (nameIllegal(String(file)).length === 0) {
        problem(file, "illegal-character", `${name} can't stand in XML. Delete it.`, node.position);
      }
    }
  });

const firstParagraph = (tree: Nodes): string => {
  let found = "";
  visit(tree, "element", (element: Element) => {
    if (found === "" && element.tagName === "p") found = oneLine(textOf(element));
    return found === "";
  });
  return found;
};

/**
 * Turns the body of a story (GitHub Flavored Markdown, raw HTML allowed) into safe HTML with absolute
 * URLs. `text` is the whole file with its front matter blanked, so that places stay true.
 */
export const renderBody = (file: VFile, text: string, base: Base): Body => {
  try {
    const markdown = fromMarkdown(text, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] });
    reportMissingAlternatives(file, markdown);
    const html = raw(toHast(markdown, { allowDangerousHtml: true, clobberPrefix: "" }), { file });
    const root: Root = html.type === "root" ? html : { type: "root", children: [] };
    reportHtmlMistakes(file, root);
    const media = absolutise(file, root, base);
    const safe = sanitise(file, root, base.slug);
    return { html: toHtml(safe).trim(), firstParagraph: firstParagraph(safe), media };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    problem(file, "too-deep", "The text is nested too deeply (quotes, lists or HTML). Flatten it.");
    return { html: "", firstParagraph: "", media: [] };
  }
};
