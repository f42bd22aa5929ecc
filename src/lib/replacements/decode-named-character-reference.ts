import { decodeHTMLStrict } from "entities/decode";

/**
 * What a named character reference stands for, `name` without `&` and `;`; false if there is none of this name. The package brings
 * 12 kB of names after gzip: those of the HTML parser are there anyway.
 */
export const decodeNamedCharacterReference = (name: string): string | false => {
  const reference = `&${name};`;
  const decoded = decodeHTMLStrict(reference);
  return /^[a-z\d]+$/i.test(name) && decoded !== reference ? decoded : false;
};
