import type { Instant } from "../model/instant.ts";

const FRONT_MATTER = /^(\uFEFF?---[ \t]*\r?\n(?:.*\r?\n)*?)(---[ \t]*(?:\r?\n|$))/;

/**
 * A story's source with `withdrawn` as its last key, everything else as it was. Nothing where there is no front matter, which
 * can't be of a story that compiled.
 */
export const withdrawSource = (source: Uint8Array, at: Instant, reason: string): Uint8Array | undefined => {
  const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(source);
  const [, keys, end] = FRONT_MATTER.exec(text) ?? [];
  if (keys === undefined || end === undefined) return undefined;
  const when = `${new Date(at).toISOString().slice(0, 19)}Z`;
  const line = `withdrawn: { at: ${when}, reason: ${JSON.stringify(reason)} }\n`;
  return new TextEncoder().encode(keys + line + text.slice(keys.length));
};
