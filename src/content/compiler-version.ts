import { sha256 } from "../lib/sha256.ts";
import type { CompilerVersion } from "../model/compiler-version.ts";
import { COMPILED_KEYS, type SiteContext } from "./compile-context.ts";

/**
 * The compiler's number. Add 1 whenever `compile` makes another Item of a source, refuses one that it accepted, or
 * `scopesOf` puts an Item into other scopes: newsrooms then compile their stored sources again.
 * test/content/compiler-version.test.ts fails if it was forgotten.
 */
export const COMPILER = 10;

const DIGEST_LENGTH = 32;

/** The version of the Items that `compile` makes with this channel and these media files, those that site.yaml names. */
export const compilerVersion = ({ channel, siteUrl, media }: SiteContext): CompilerVersion => {
  const known = [COMPILED_KEYS.map((key) => [key, channel[key]]), Object.entries(media), siteUrl];
  return { compiler: COMPILER, site: sha256(JSON.stringify(known)).slice(0, DIGEST_LENGTH) };
};
