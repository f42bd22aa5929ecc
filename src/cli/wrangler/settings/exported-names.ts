/**
 * Whether a module exports something by a name, as far as its text tells: true if it can't be told, as with `export *`.
 */
export const mayExport = (source: string, name: string): boolean => {
  if (!/^\w+$/.test(name)) return true;
  const code = source.replaceAll(/\/\*[\s\S]*?\*\/|(?<!:)\/\/.*/g, "");
  return /\bexport\s*\*/.test(code) || new RegExp(`\\bexport\\b[^=;]*\\b${name}\\b`).test(code);
};
