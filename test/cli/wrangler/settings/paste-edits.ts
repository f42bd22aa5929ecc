import type { Edit } from "../../../../src/cli/wrangler/settings/edits.ts";

/** Files by name, which edits are pasted into. */
export type Pasted = Record<string, string>;

const FILE = "wrangler.toml";

/** Where the lines below a header begin; 0 if there is none to look for, -1 if it is not in the text. */
const below = (text: string, header: string): number => {
  if (header === "") return 0;
  const index = text.indexOf(`\n[${header}]\n`);
  return index === -1 ? -1 : index + header.length + 4;
};

/** The index of the bracket that closes the one at `open`. */
const closing = (text: string, open: number): number => {
  let depth = 0;
  for (let index = open; index < text.length; index++) {
    if (text[index] === "[" || text[index] === "{") depth++;
    if (text[index] === "]" || text[index] === "}") depth--;
    if (depth === 0) return index;
  }
  throw new Error("nothing closes the list");
};

const insert = (text: string, at: number, lines: string): string => text.slice(0, at) + lines + text.slice(at);

const intoList = (text: string, name: string, parent: string, lines: string): string => {
  const start = below(text, parent);
  const open = text.indexOf(`${name} = [`, start);
  if (start === -1 || open === -1) throw new Error(`there is no list ${name} under [${parent}]`);
  const close = closing(text, text.indexOf("[", open));
  const comma = /[[,]\s*$/.test(text.slice(0, close)) ? "" : ",";
  return insert(text, close, `${comma}\n${lines}\n`);
};

/** The text up to the next header. */
const untilHeader = (text: string): string => text.slice(0, /^\[/m.exec(text)?.index);

const keyOf = (line: string): string => line.split(" ")[0] ?? "";

/** Sets keys in the lines that begin a text. */
const setKeys = (text: string, lines: string): string => {
  const before = untilHeader(text);
  const others = lines
    .split("\n")
    .reduce((rest, line) => rest.replace(new RegExp(`^${keyOf(line)} = .*\\n`, "m"), ""), before);
  return `${lines}\n${others}${text.slice(before.length)}`;
};

const intoTable = (text: string, path: string, lines: string): string => {
  const start = below(text, path);
  if (start !== -1) return text.slice(0, start) + setKeys(text.slice(start), lines);
  const [name = "", ...above] = path.split(".").reverse();
  const open = text.indexOf(`${name} = {`, below(text, above.reverse().join(".")));
  if (open === -1) throw new Error(`there is no table ${path}`);
  const end = closing(text, text.indexOf("{", open));
  const table = lines
    .split("\n")
    .reduce((rest, line) => rest.replace(new RegExp(`${keyOf(line)} = [^,}]*`), line), text.slice(open, end));
  return text.slice(0, open) + table + text.slice(end);
};

const PLACES: readonly (readonly [
  place: RegExp,
  paste: (text: string, lines: string, ...names: string[]) => string,
])[] = [
  [/^Add at the end of \S+:$/, (text, lines) => `${text}\n${lines}\n`],
  [
    /^Add to the end of the list `(\w+)` (?:under \[(\S+)\]|at the top of \S+):$/,
    (text, lines, list = "", parent = "") => intoList(text, list, parent, lines),
  ],
  [/^Set under \[(\S+)\] in wrangler\.toml:$/, (text, lines, section = "") => intoTable(text, section, lines)],
  [/^Set in `(\S+)` of wrangler\.toml:$/, (text, lines, table = "") => intoTable(text, table, lines)],
  [/^Set at the top of wrangler\.toml:$/, setKeys],
];

const pasteOne = (files: Readonly<Pasted>, { where, lines }: Edit): Pasted => {
  const [, file = FILE] = /^Add at the end of (\S+):$/.exec(where) ?? [];
  for (const [place, paste] of PLACES) {
    const [found, ...names] = place.exec(where) ?? [];
    if (found !== undefined) return { ...files, [file]: paste(files[file] ?? "", lines, ...names) };
  }
  throw new Error(`nobody knows where this is: ${where}`);
};

/** Does what a publisher does: pastes lines where they belong. */
export const pasteEdits = (files: Readonly<Pasted>, edits: readonly Edit[]): Pasted =>
  edits.reduce((pasted, edit) => pasteOne(pasted, edit), files);

/** The edits in what a command printed. */
export const editsIn = (printed: string): readonly Edit[] => {
  const edits: { readonly where: string; readonly lines: string[] }[] = [];
  let isEdit = false;
  for (const line of printed.split("\n")) {
    if (/^(?:Add|Set) .*:$/.test(line)) {
      edits.push({ where: line, lines: [] });
      isEdit = true;
    } else if (/\.$/.test(line)) isEdit = false;
    else if (isEdit) edits.at(-1)?.lines.push(line);
  }
  return edits.map(({ where, lines }) => ({ where, lines: lines.join("\n").trimEnd() }));
};
