import type { Scope } from "./scope.ts";

/** Which stories a feed holds, and how much of each. */
export interface View {
  readonly scope: Scope;
  readonly text: "full" | "summary";
  /** Number of an archive page, with the oldest stories on page 1; absent for the feed of the newest stories. */
  readonly page?: number;
}

/** The main feed: all stories, in full. */
export const MAIN_VIEW: View = { scope: { kind: "all" }, text: "full" };
