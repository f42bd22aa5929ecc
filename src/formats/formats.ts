import { atom } from "./atom.ts";
import type { Format } from "./format.ts";
import { jsonFeed } from "./json-feed.ts";
import { rss } from "./rss.ts";

/** The public formats. The first is the default where a client has no preference. */
export const formats: readonly Format[] = [rss, atom, jsonFeed];

/** The format whose feeds have this file name. */
export const formatByFileName = (fileName: string): Format | undefined =>
  formats.find((format) => format.fileName === fileName);
