import type { Root } from "mdast";
import { visit } from "unist-util-visit";
import type { VFile } from "vfile";
import { quote, reportWarning } from "../../messages/messages.ts";
import { UNSPACED_LETTER } from "../cjk-markdown.ts";

const PATH = /^(?:https?:\/\/)?[^/?#]*[/?#](.*)$/is;

/** Warns of bare addresses in text without spaces, as of Chinese, whose end is not sure. */
export const reportUnsureAddressEnds = (file: VFile, tree: Root): void => {
  const source = String(file);
  visit(tree, "link", ({ position }) => {
    const [start, end] = [position?.start.offset, position?.end.offset];
    if (start === undefined || end === undefined || !/^(?:https?:|www\.)/i.test(source.slice(start, start + 6))) return;
    const address = source.slice(start, end);
    const after = source.slice(end, end + 2);
    const isApart = /^\s?$/.test(source.slice(start - 1, start)) && /^(?:\s|$)/.test(after);
    if (
      UNSPACED_LETTER.test(String.fromCodePoint(after.codePointAt(0) ?? 0)) ||
      (!isApart && UNSPACED_LETTER.test(PATH.exec(address)?.[1] ?? ""))
    ) {
      const reason = `This address ends with ${quote(address.slice(-20))}, as far as one can tell. Put a space behind it; or, if it is longer or shorter, put it into angle brackets: <https://…>.`;
      reportWarning(file, "address-end", reason, position);
    }
  });
};
