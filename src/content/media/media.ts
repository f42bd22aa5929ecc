import { fileTypeFromBuffer } from "file-type";
import { imageSize } from "image-size";
import type { MediaFile } from "../../model/media.ts";

/** Stands for a file that exists but can't be read: it has an error of its own, so references to it get none. */
export const UNREADABLE_MEDIA: MediaFile = { type: "", length: 0 };

const isSvg = (text: string): boolean =>
  /^\s*(<\?xml[^>]*>\s*)?(<!--(?:(?!-->).)*-->\s*|<!DOCTYPE[^>]*>\s*)*<svg[\s>]/is.test(text);

const textType = (bytes: Uint8Array): string | undefined => {
  try {
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: false }).decode(bytes);
    if (isSvg(text)) return "image/svg+xml";
    return text.startsWith("WEBVTT") ? "text/vtt; charset=utf-8" : "text/plain; charset=utf-8";
  } catch {
    return undefined;
  }
};

/** Some kinds of text have a signature that file-type knows; their readers still have to know the encoding. */
const withCharset = (type: string, bytes: Uint8Array): string =>
  type.startsWith("text/") && textType(bytes) !== undefined ? `${type}; charset=utf-8` : type;

/** In pixels, as shown; undefined if the bytes do not say. */
const imageDimensions = (bytes: Uint8Array): { width: number; height: number } | undefined => {
  try {
    const { width, height, orientation = 1 } = imageSize(bytes);
    // Orientations from 5 up are on their side (Exif): readers show them turned.
    return orientation >= 5 ? { width: height, height: width } : { width, height };
  } catch {
    return undefined;
  }
};

/**
 * Reads type, length and dimensions of a media file from its bytes alone, never from its name. Returns a message if the
 * bytes are of no known kind, or a picture is damaged.
 */
export const readMedia = async (bytes: Uint8Array): Promise<MediaFile | string> => {
  const known = await fileTypeFromBuffer(bytes);
  const isXml = known?.mime === "application/xml";
  const type = known === undefined || isXml ? textType(bytes) : withCharset(known.mime, bytes);
  if (bytes.length === 0) return "The file is empty. Replace it.";
  if (type === undefined) return "The file is of no kind that readers could open. Convert it to a usual one.";
  if (!type.startsWith("image/")) return { type, length: bytes.length };
  const dimensions = imageDimensions(bytes);
  if (dimensions !== undefined) return { type, length: bytes.length, ...dimensions };
  return type === "image/svg+xml"
    ? { type, length: bytes.length }
    : "The picture is damaged: its size can't be read. Save it again.";
};
