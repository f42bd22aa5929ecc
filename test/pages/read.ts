/** An element of a page, with the text that stands in it directly. */
export interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly text: string;
}

const REFERENCES: Readonly<Record<string, string>> = { "&lt;": "<", "&gt;": ">", "&quot;": '"', "&amp;": "&" };

const plain = (text: string): string =>
  text.replace(/&(?:lt|gt|quot|amp);/g, (reference) => REFERENCES[reference] ?? reference);

/** Elements that have no end. */
const VOID = new Set(["br", "hr", "img", "link", "meta"]);

/** Reads a page with workerd's own HTML parser: its elements, in order. */
export const read = async (page: string): Promise<readonly Element[]> => {
  const elements: { name: string; attributes: Record<string, string>; text: string }[] = [];
  const open: (typeof elements)[number][] = [];
  const rewriter = new HTMLRewriter().on("*", {
    element(element) {
      const attributes = Object.fromEntries(
        Array.from(element.attributes, ([name, value]) => [name ?? "", plain(value ?? "")]),
      );
      const one = { name: element.tagName, attributes, text: "" };
      elements.push(one);
      if (VOID.has(element.tagName)) return;
      open.push(one);
      element.onEndTag(() => {
        open.pop();
      });
    },
    text({ text }) {
      const innermost = open.at(-1);
      if (innermost !== undefined) innermost.text += text;
    },
  });
  await rewriter.transform(new Response(page)).text();
  return elements.map(({ text, ...rest }) => ({ ...rest, text: rest.name === "script" ? text : plain(text) }));
};
