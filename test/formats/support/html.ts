import type { Nodes } from "hast";
import { raw } from "hast-util-raw";
import { toString as textOf } from "hast-util-to-string";
import { visit } from "unist-util-visit";

const parse = (html: string): Nodes => raw({ type: "root", children: [{ type: "raw", value: html }] });

/** The text of HTML as a reader shows it. */
export const textOfHtml = (html: string): string => textOf(parse(html));

const URL_PROPERTIES = ["href", "src", "poster", "cite", "longDesc"];

const candidatesOf = (sources: string): readonly string[] =>
  sources.split(/,\s+/).map((candidate) => candidate.trim().split(/\s+/)[0] ?? "");

/** Every URL in an attribute of HTML. */
export const urlsInHtml = (html: string): readonly string[] => {
  const urls: string[] = [];
  visit(parse(html), "element", ({ properties }) => {
    for (const property of URL_PROPERTIES) {
      const value = properties[property];
      if (typeof value === "string") urls.push(value);
    }
    if (typeof properties.srcSet === "string") urls.push(...candidatesOf(properties.srcSet));
  });
  return urls;
};
