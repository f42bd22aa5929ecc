import { hasScript } from "./svg-scripts.ts";

// As browsers know binary data (MIME Sniffing §3, https://mimesniff.spec.whatwg.org/#binary-data-byte): no text holds such bytes.
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what it looks for
const BINARY = /[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f]/;

// What stands before the first element of an XML or HTML document.
const PROLOGUE =
  /^\s*(?:<\?(?:(?!\?>).)*\?>\s*|<!--(?:(?!-->).)*-->\s*|<!DOCTYPE(?:\s[^>[]*(?:\[(?:(?!\]\s*>).)*\]\s*)?)?>\s*)*/is;

// The elements by which browsers know HTML (MIME Sniffing §7.1), and others that do something by themselves.
const HTML =
  /^<(?:html|head|body|script|iframe|h[1-6]|div|font|table|a|style|title|b|br|p|base|button|embed|form|frameset|img|input|link|meta|object|template|textarea)[\s/>]/i;

// How scripts and shortcuts begin.
const SCRIPT = /^(?:#!|<\?php|<\?=|<%|@?echo +off\b|\[InternetShortcut\]|\[Desktop Entry\])/i;

/** The kind of text that bytes are, by what they begin with; undefined if they are no text in UTF-8. */
export type TextKind = "html" | "script" | "svg" | "svg with a script" | "text" | "vtt";

/** Reads the kind of text that bytes are. Takes time that grows with the length only. */
export const textKindOf = (bytes: Uint8Array): TextKind | undefined => {
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: false }).decode(bytes);
  } catch {
    return undefined;
  }
  if (BINARY.test(text)) return undefined;
  if (SCRIPT.test(text.trimStart())) return "script";
  const prologue = PROLOGUE.exec(text)?.[0] ?? "";
  const root = text.slice(prologue.length, prologue.length + 100);
  if (/^<(?:[\w.-]+:)?svg[\s/>]/i.test(root)) return hasScript(text) ? "svg with a script" : "svg";
  if (HTML.test(root) || /<!DOCTYPE\s+html\b/i.test(prologue)) return "html";
  return text.startsWith("WEBVTT") ? "vtt" : "text";
};
