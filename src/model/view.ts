/** Which stories a feed is about. */
export type Scope =
  | { readonly kind: "all" }
  | { readonly kind: "tag" | "author" | "section" | "article"; readonly key: string };

/** Which stories, and how much of each. */
export interface View {
  readonly scope: Scope;
  readonly text: "full" | "summary";
}

/** The main feed: all stories, in full. */
export const MAIN_VIEW: View = { scope: { kind: "all" }, text: "full" };
