import type { Nodes } from "hast";
import type { Root } from "mdast";
import { visit } from "unist-util-visit";
import type { VFile } from "vfile";
import { reportError } from "../../messages/messages.ts";

/** Reports each picture in Markdown whose alternative text is empty. */
export const reportMissingAltInMarkdown = (file: VFile, tree: Root): void =>
  visit(tree, ["image", "imageReference"], (node) => {
    if ("alt" in node && !node.alt?.trim()) {
      const reason = "This picture has no text for those who can't see it: ![text](…).";
      reportError(file, "missing-alt", reason, node.position);
    }
  });

/** Reports each `<img>` without `alt`. An empty one is right: it says that the picture is decoration. */
export const reportMissingAltInHtml = (file: VFile, tree: Nodes): void =>
  visit(tree, "element", ({ tagName, properties, position }) => {
    if (tagName === "img" && typeof properties.alt !== "string") {
      const reason = 'This picture has no `alt`. Say what it shows, or write alt="" if it is decoration.';
      reportError(file, "missing-alt", reason, position);
    }
  });
