import { type BundledStore, openBundled } from "../../../src/store/bundled/bundled-store.ts";
import { compileText, type Files, instant } from "../../fixtures/publication.ts";

/** A store of a content/ folder. */
export const openStore = async (files: Files): Promise<BundledStore> =>
  openBundled(await compileText(files), "", { id: "one", at: instant("2026-01-01T00:00:00Z") });

/** Midnight of a day in January 2026, as front matter has it. */
export const date = (number: number): string => `2026-01-${String(number).padStart(2, "0")}T00:00:00Z`;

/** The same in milliseconds. */
export const day = (number: number): number => instant(date(number));

/** Front matter of a story that is withdrawn on a day in January 2026. */
export const withdrawnOn = (number: number, reason = "Wrong.") => ({ withdrawn: { at: date(number), reason } });

/** The slugs of stories or tombstones. */
export const slugs = (entries: readonly { readonly slug: string }[] | undefined) => entries?.map(({ slug }) => slug);
