import type { Feed } from "../model/feed.ts";
import type { Renderer } from "./renderer.ts";

/** A public format. */
export interface Format extends Renderer {
  readonly name: "rss" | "atom" | "json";
  /** Other media types by which clients ask for this format. */
  readonly alsoKnownAs: readonly string[];
}

/** The URL of a feed in the format that has this file name. */
export const selfUrl = ({ base }: Pick<Feed, "base">, fileName: string): string => base + fileName;
