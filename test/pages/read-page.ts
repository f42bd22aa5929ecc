/** An element of a page, with the text directly in it. */
export interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly text: string;
}

const REFERENCES: Readonly<Record<string, string>> = { "&lt;": "<", "&gt;": ">", "&quot;": '"', "&amp;": "&" };

const decode = (text: string): string =>
  text.replace(/&(?:lt|gt|quot|amp);/g, (reference) => REFERENCES[reference] ?? reference);

/** Elements without an end tag. */
const VOID_ELEMENTS = new Set(["br", "hr", "img", "input", "link", "meta"]);

/** Parses a page with workerd's HTMLRewriter. Returns its elements in order. */
export const readPage = async (page: string): Promise<readonly Element[]> => {
  const elements: { name: string; attributes: Record<string, string>; text: string }[] = [];
  const open: (typeof elements)[number][] = [];
  const rewriter = new HTMLRewriter().on("*", {
    element(element) {
      const attributes = Object.fromEntries(
        Array.from(element.attributes, ([name, value]) => [name ?? "", decode(value ?? "")]),
      );
      const one = { name: element.tagName, attributes, text: "" };
      elements.push(one);
      if (VOID_ELEMENTS.has(element.tagName)) return;
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
  return elements.map(({ text, ...rest }) => ({ ...rest, text: rest.name === "script" ? text : decode(text) }));
};

/** A page without what test/pages/head tests: icons, cards, links to other forms of a story, and JSON-LD. */
export const withoutMetadata = (page: string): string =>
  page
    .replaceAll(/<meta (?:property|name="twitter:)[^>]*>\n/g, "")
    .replaceAll(/<link rel="(?:icon|apple-touch-icon)"[^>]*>\n/g, "")
    .replaceAll(/<link rel="alternate" type="(?:application\/json\+oembed|text\/markdown)"[^>]*>\n/g, "")
    .replaceAll(/<script type="application\/ld\+json">.*<\/script>\n/g, "");
