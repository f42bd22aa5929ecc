/** Which stories a feed is about. */
export type Scope =
  | { readonly kind: "all" }
  | { readonly kind: "tag" | "author" | "section" | "article"; readonly key: string };

/** Which stories, and how much of each. */
export interface View {
  readonly scope: Scope;
  readonly text: "full" | "summary";
  /** Number of an archive page, the oldest stories on page 1; absent for the feed of the newest. */
  readonly page?: number;
}

/** The main feed: all stories, in full. */
export const MAIN_VIEW: View = { scope: { kind: "all" }, text: "full" };
