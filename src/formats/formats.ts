import { atom } from "./atom.ts";
import type { Format } from "./format.ts";
import { jsonFeed } from "./json-feed.ts";
import { rss } from "./rss.ts";

/** Every format, the one to choose when nobody minds first. */
export const formats: readonly Format[] = [rss, atom, jsonFeed];

/** The format whose feeds have this file name. */
export const formatByFileName = (fileName: string): Format | undefined =>
  formats.find((format) => format.fileName === fileName);
