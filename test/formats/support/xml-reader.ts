import { SaxesParser } from "saxes";

/** An element of an XML document as a strict parser with namespaces reads it. */
export interface XmlElement {
  /** `{namespace}local`; just `local` where there is no namespace. */
  readonly name: string;
  /** By `{namespace}local`, in the order of the document. */
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly XmlElement[];
  /** The text directly in it, CDATA sections included, byte for byte. */
  readonly text: string;
}

interface OpenElement {
  readonly name: string;
  readonly attributes: Map<string, string>;
  readonly children: XmlElement[];
  text: string;
}

const nameOf = (uri: string, local: string): string => (uri === "" ? local : `{${uri}}${local}`);

const isDeclaration = (name: string): boolean => name === "xmlns" || name.startsWith("xmlns:");

/**
 * Reads a document with saxes: strict, namespaces on, so an undeclared prefix, a doubled attribute or
 * an illegal character throws. Text is neither trimmed nor decoded twice.
 */
export const readXml = (document: string): XmlElement => {
  const parser = new SaxesParser({ xmlns: true });
  const open: OpenElement[] = [{ name: "", attributes: new Map(), children: [], text: "" }];
  const append = (text: string): void => {
    const current = open.at(-1);
    if (current !== undefined) current.text += text;
  };
  parser.on("error", (error) => {
    throw error;
  });
  parser.on("text", append);
  parser.on("cdata", append);
  parser.on("opentag", ({ uri, local, attributes }) => {
    const written = Object.values(attributes).filter(({ name }) => !isDeclaration(name));
    const values = new Map(written.map((attribute) => [nameOf(attribute.uri, attribute.local), attribute.value]));
    open.push({ name: nameOf(uri, local), attributes: values, children: [], text: "" });
  });
  parser.on("closetag", () => {
    const closed = open.pop();
    if (closed !== undefined) open.at(-1)?.children.push(closed);
  });
  parser.write(document).close();
  const root = open[0]?.children[0];
  if (root === undefined) throw new Error("the document has no root element");
  return root;
};

/** The children of this name. */
export const childrenOf = (element: XmlElement, name: string): readonly XmlElement[] =>
  element.children.filter((child) => child.name === name);

/** The only child of this name; throws if there is none or more than one. */
export const childOf = (element: XmlElement, name: string): XmlElement => {
  const [child, ...others] = childrenOf(element, name);
  if (child === undefined || others.length > 0) {
    throw new Error(`${others.length === 0 ? "no" : "more than one"} ${name} in ${element.name}`);
  }
  return child;
};

/** The text of the children of this name. */
export const textsOf = (element: XmlElement, name: string): readonly string[] =>
  childrenOf(element, name).map(({ text }) => text);

/** The text of the first child of this name; undefined if there is none. */
export const textOf = (element: XmlElement, name: string): string | undefined => textsOf(element, name)[0];

/** An element and all its descendants. */
export const withDescendants = (element: XmlElement): readonly XmlElement[] => [
  element,
  ...element.children.flatMap(withDescendants),
];
