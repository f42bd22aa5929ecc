import { findNearest } from "../../content/messages/suggest.ts";
import type { Message, MessagePoint, PlacedFinding } from "../../content/result.ts";
import { splitSource } from "../../content/story/edit-front-matter.ts";
import { pointInHtml } from "../../content/story/html-body.ts";
import { pathOfPlace, type YamlMapping } from "../../content/yaml/yaml.ts";

// Whoever sent a file is told where in it something is. Whoever sent JSON never saw a file, and is told by JSON Pointer (RFC 6901).

interface MessageParts {
  readonly severity: "error" | "warning";
  readonly rule: string;
  readonly reason: string;
}

/** A message of the compiler about a story's file. `npm run check` prints the same. */
export interface FileMessage extends MessageParts {
  /** Path of the story's file, such as `content/world/embassy.md`. */
  readonly file: string;
  /** Counted from 1. */
  readonly line: number;
  /** Counted from 1. */
  readonly column: number;
}

/** A message of the compiler about a story that was sent as JSON. */
export interface JsonMessage extends MessageParts {
  /** The value that it is about (RFC 6901); empty: the story as a whole. */
  readonly pointer: string;
  /** In `text` or `html`, counted from 1. */
  readonly line?: number;
  readonly column?: number;
}

/** A message of the compiler about a story, as the API serves it. */
export type StoryMessage = FileMessage | JsonMessage;

/** How whoever sent a story is told where in it something is. */
export interface MessagePlaces {
  /** `path` is the story's path below content/, `yaml` its front matter. */
  readonly ofMessage: (path: string, message: Message, yaml: YamlMapping | undefined) => StoryMessage;
  /** What a dialect's rule says, with its place in place of line and column. */
  readonly ofFinding: (finding: PlacedFinding, yaml: YamlMapping | undefined) => object;
}

const partsOf = ({ fatal, ruleId, reason }: Message): MessageParts => ({
  severity: fatal === true ? "error" : "warning",
  rule: ruleId ?? "",
  reason,
});

const pointOf = ({ line = 1, column = 1 }: Message): MessagePoint => ({ line, column });

const fileMessage = (path: string, message: Message, { line, column }: MessagePoint): FileMessage => ({
  ...{ file: `content/${path}`, line, column },
  ...partsOf(message),
});

/** Places in the file as it is stored. */
export const filePlaces: MessagePlaces = {
  ofMessage: (path, message) => fileMessage(path, message, pointOf(message)),
  ofFinding: (finding) => finding,
};

/** Places in the file as it was sent, of messages about `source`, to whose front matter lines were added at the end. */
export const sentFilePlaces = (sent: Uint8Array, source: Uint8Array): MessagePlaces => {
  const [before, after] = [splitSource(sent).keys.length, splitSource(source).keys.length];
  const move = <Point extends MessagePoint>(point: Point): Point =>
    point.line <= before ? point : { ...point, line: Math.max(before, point.line - (after - before)) };
  return {
    ofMessage: (path, message) => fileMessage(path, message, move(pointOf(message))),
    ofFinding: (finding) => move(finding),
  };
};

/** The body of a story that was sent as JSON. */
export interface JsonBody {
  readonly key: "text" | "html";
  /** As it was sent. */
  readonly value: string;
  /** The line of the source at which it begins. */
  readonly firstLine: number;
}

/** A JSON Pointer: of no keys, the empty one, which is the whole document. */
export const toPointer = (path: readonly PropertyKey[]): string =>
  path.map((key) => `/${String(key).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");

/** What other systems call the body of a story. */
const BODY_NAMES: ReadonlyMap<string, string> = new Map([
  ["body", "text"],
  ["content", "text"],
  ["content_text", "text"],
  ["markdown", "text"],
  ["content_html", "html"],
]);

const bodyNameFor = (key: string): string | undefined =>
  BODY_NAMES.get(key.toLowerCase()) ?? findNearest(key, ["text", "html"]);

const UPLOAD = "Send the file by PUT to /api/media/…, and name it as media/….";

/** What advice that speaks of files and commands becomes for whoever sent JSON. */
const ADVICE: readonly (readonly [spoken: RegExp, put: string])[] = [
  [/`npm run new` writes one\./, "POST /api/items makes one."],
  [/ `npm run release [^`]*` writes it\.$/, " `now` is the present time."],
  [/Write some below the front matter\./, "Write some in `text`, or in `html`."],
  [/^The front matter has (.*) most\..*$/, "The keys have $1 most. Leave something out."],
  [/^The file name gives (.*)\. Rename it with (.*), or add `slug`\.$/, "The address gives $1. Use one with $2."],
  [/Save (?:it|the file|the picture) in content\/media(?:, and name (?:it|the file))?\./, UPLOAD],
  [/There is no file `content\/(media\/[^`]*)`\. Add it, /, "There is no file `$1`. PUT it to /api/$1, "],
  [/or a file in content\/media\.$/, "or an uploaded file such as media/x.jpg."],
  [/or save the file as UTF-8 again\./, "or read it as UTF-8."],
  [/Write the keys as YAML between the lines ---\.$/, "Send them as keys of JSON."],
];

/** The same for whoever sent HTML, in which nothing of Markdown is read. */
const HTML_ADVICE: typeof ADVICE = [
  [/Put a blank line between the tag and the text, or write (.*)\.$/, "Write $1, or send Markdown in `text`."],
  [/put them into backquotes\.$/, "put them into <code>."],
];

const replaceAdvice = (reason: string, advice: typeof ADVICE): string =>
  advice.reduce((text, [spoken, put]) => text.replace(spoken, put), reason);

/** What a message says, put for whoever sent JSON. `body` is the key that holds the story's body. */
const reasonFor = ({ ruleId, reason }: Message, pointer: string, body: JsonBody["key"]): string => {
  if (ruleId === "missing-key" && pointer === "/published")
    return "`published` is missing. Write when it appears, such as 2026-11-22T18:00:00Z, or `now`; or `draft`: true.";
  const isTopLevel = /^\/[^/]+$/.test(pointer);
  if (ruleId === "unknown-key" && isTopLevel && !reason.includes("Did you mean")) {
    const name = bodyNameFor(pointer.slice(1));
    return name === undefined
      ? reason.replace(/( Known keys: .*)\.$/, "$1, text, html.")
      : `${reason.replace(/ Known keys: .*$/, "")} Did you mean \`${name}\`?`;
  }
  return replaceAdvice(reason, body === "html" ? [...ADVICE, ...HTML_ADVICE] : ADVICE);
};

/** The key in whose lines a point is; undefined if it is before all of them. */
const keyAt = ({ line, column }: MessagePoint, yaml: YamlMapping | undefined): string | undefined =>
  Object.keys(yaml?.data ?? {}).findLast((key) => {
    const place = yaml?.placeOfKey([key]);
    if (place === undefined || !("start" in place)) return false;
    const { start } = place;
    return start.line < line || (start.line === line && start.column <= column);
  });

/** Places by JSON Pointer. `body` is the one that the messages' source has. */
export const jsonPlaces = (body: JsonBody): MessagePlaces => {
  const pointInBody = ({ line, column }: MessagePoint): MessagePoint => {
    const point = { line: line - body.firstLine + 1, column };
    if (body.key === "html") return pointInHtml(body.value, point);
    const lines = body.value.split(/\r\n?|\n/).length;
    return point.line <= lines ? point : { line: lines, column: 1 };
  };
  const placeAt = (point: MessagePoint, yaml: YamlMapping | undefined) => {
    if (point.line >= body.firstLine) return { pointer: `/${body.key}`, ...pointInBody(point) };
    const key = keyAt(point, yaml);
    return { pointer: key === undefined ? "" : toPointer([key]) };
  };
  return {
    ofMessage: (_, message, yaml) => {
      const path = pathOfPlace(message.place);
      const place = path === undefined ? placeAt(pointOf(message), yaml) : { pointer: toPointer(path) };
      return { ...place, ...partsOf(message), reason: reasonFor(message, place.pointer, body.key) };
    },
    ofFinding: ({ line, column, ...finding }, yaml) => ({ ...finding, ...placeAt({ line, column }, yaml) }),
  };
};
