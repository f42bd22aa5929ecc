/**
 * A weak entity tag of a document's bytes: the first 128 bits of their SHA-256. Weak, because one tag
 * serves every content-coding; the document names its own address, so no two of them share one.
 */
export const entityTagOf = async (bytes: Uint8Array): Promise<string> => {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  const hex = Array.from(digest.subarray(0, 16), (byte) => byte.toString(16).padStart(2, "0")).join("");
  return `W/"${hex}"`;
};
