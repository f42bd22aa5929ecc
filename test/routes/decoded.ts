import { brotliDecompressSync, gunzipSync } from "node:zlib";

const decoder = new TextDecoder();

/** What an answer says once its content-coding is undone. */
export const decodedText = async (response: Response): Promise<string> => {
  const bytes = await response.bytes();
  const coding = response.headers.get("content-encoding");
  if (coding === "gzip") return decoder.decode(gunzipSync(bytes));
  return decoder.decode(coding === "br" ? brotliDecompressSync(bytes) : bytes);
};
