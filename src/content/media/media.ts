import { fileTypeFromBuffer } from "file-type";
import { imageSize } from "image-size";
import { isPossibleSize, type MediaFile } from "../../model/media.ts";
import { ALLOWED_MEDIA, isAllowedType, isBinaryByName, isExecutableByName } from "./allowed-media.ts";
import { textKindOf } from "./text-media.ts";

/** Stands for a file that exists but can't be read: it has an error of its own, so references to it get none. */
export const UNREADABLE_MEDIA: MediaFile = { type: "", length: 0 };

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

const readPicture = (type: string, bytes: Uint8Array): MediaFile | string => {
  const dimensions = imageDimensions(bytes);
  if (dimensions !== undefined) {
    const { width, height } = dimensions;
    if (isPossibleSize(width, height)) return { type, length: bytes.length, ...dimensions };
    return `The picture says that it is ${width} × ${height} pixels, which nobody could see. Save it again.`;
  }
  return type === "image/svg+xml"
    ? { type, length: bytes.length }
    : "The picture is damaged: its size can't be read. Save it again.";
};

const readText = (path: string, bytes: Uint8Array, known: string | undefined): MediaFile | string => {
  const kind = textKindOf(bytes);
  switch (kind) {
    case undefined:
      return `The file is of no kind that readers could open. Convert it to a usual one. ${ALLOWED_MEDIA}`;
    case "html":
      return `This is HTML, which runs on your site as if you had written it. Make it a story, or a PDF. ${ALLOWED_MEDIA}`;
    case "script":
      return `This is a script. Put it into an archive. ${ALLOWED_MEDIA}`;
    case "svg with a script":
      return "The drawing holds a script, an event handler or a declaration that could become one. Save it without.";
    case "svg":
      return readPicture("image/svg+xml", bytes);
    default:
      if (isBinaryByName(path)) return `The file is text, not what the ending of its name says. Replace or rename it.`;
      return { type: `${known ?? (kind === "vtt" ? "text/vtt" : "text/plain")}; charset=utf-8`, length: bytes.length };
  }
};

/** Whether bytes are text in UTF-16, which file-type takes for sound. */
const isUtf16 = ([first, second, third, fourth]: Uint8Array): boolean =>
  (first === 0xff && second === 0xfe && fourth === 0) || (first === 0xfe && second === 0xff && third === 0);

const INSTALLERS = [0x82, 0x84, 0x86];

/**
 * Whether a compound file is an installer of Windows and no document: by the class of its root entry (MS-CFB §2.6.1), which is
 * 000C1082, 000C1084 or 000C1086-0000-0000-C000-000000000046.
 */
const isInstaller = (bytes: Uint8Array): boolean => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.byteLength < 512) return false;
  const classId = (view.getUint32(48, true) + 1) * 2 ** view.getUint16(30, true) + 80;
  return (
    classId + 4 <= view.byteLength &&
    INSTALLERS.includes(view.getUint8(classId)) &&
    view.getUint32(classId, true) >>> 8 === 0x000c10
  );
};

/**
 * Reads type, length and dimensions of a media file from its bytes alone, never from its name. Returns a message if the bytes
 * are of a kind that is not allowed, or a picture is damaged or of a size that no picture has; or if the ending of the name says
 * that the file is run when it is opened. `path` is below content/.
 */
export const readMedia = async (path: string, bytes: Uint8Array): Promise<MediaFile | string> => {
  if (bytes.length === 0) return "The file is empty. Replace it.";
  if (isExecutableByName(path)) {
    return `A file with this ending is run when it is opened. Put it into an archive, or rename it if it is none. ${ALLOWED_MEDIA}`;
  }
  if (isUtf16(bytes)) return "The file is text in UTF-16. Save it as UTF-8.";
  const type = (await fileTypeFromBuffer(bytes))?.mime;
  if (type === undefined || type === "application/xml") return readText(path, bytes, undefined);
  if (type.startsWith("text/")) return readText(path, bytes, type);
  const isAllowed = isAllowedType(type.replace(/;.*/, "")) && !(type === "application/x-cfb" && isInstaller(bytes));
  if (!isAllowed) return `This is ${type}, which is not for readers. ${ALLOWED_MEDIA}`;
  return type.startsWith("image/") ? readPicture(type, bytes) : { type, length: bytes.length };
};
