/** For messages: what media files may be. */
export const ALLOWED_MEDIA =
  "Allowed are pictures (PNG, JPEG, GIF, WebP, AVIF, HEIC, JPEG XL, BMP, TIFF, ICO, SVG), sound, films, documents (PDF, EPUB, MOBI, RTF, Word, Excel, PowerPoint, OpenDocument), text and data in UTF-8 (TXT, CSV, JSON, XML, GPX, KML, ICS, VCF, VTT, SRT …), Parquet, Arrow, SQLite, Shapefile, glTF, STL, and archives (ZIP, GZIP, TAR, 7Z, BZIP2, XZ, Zstandard).";

const typesOf = (kind: string, names: string): readonly string[] => names.split(" ").map((name) => `${kind}/${name}`);

// As file-type names them. What is not here is an executable, holds macros, or opens in few programs only.
const ALLOWED_TYPES: ReadonlySet<string> = new Set([
  ...typesOf("image", "apng avif bmp gif heic heic-sequence heif heif-sequence jpeg jxl png svg+xml tiff webp x-icon"),
  ...typesOf("text", "calendar plain vcard vtt"),
  ...typesOf("model", "3mf gltf-binary stl"),
  // Sound and films in containers that may hold either.
  ...typesOf("application", "mxf ogg vnd.ms-asf"),
  ...typesOf("application", "epub+zip pdf rtf x-cfb x-mobipocket-ebook"),
  ...["document", "template"].map((one) => `application/vnd.openxmlformats-officedocument.wordprocessingml.${one}`),
  ...["sheet", "template"].map((one) => `application/vnd.openxmlformats-officedocument.spreadsheetml.${one}`),
  ...["presentation", "slideshow", "template"].map(
    (one) => `application/vnd.openxmlformats-officedocument.presentationml.${one}`,
  ),
  ...["text", "spreadsheet", "presentation", "graphics"].flatMap((one) => [
    `application/vnd.oasis.opendocument.${one}`,
    `application/vnd.oasis.opendocument.${one}-template`,
  ]),
  ...typesOf("application", "avro vnd.apache.arrow.file vnd.apache.parquet x-esri-shape x-spss-sav x-sqlite3"),
  ...typesOf("application", "gzip x-7z-compressed x-bzip2 x-tar x-xz zip zstd"),
]);

/** Whether media files may be of a type, which has no parameters; of sound and films, every type is allowed. */
export const isAllowedType = (type: string): boolean => /^(audio|video)\//.test(type) || ALLOWED_TYPES.has(type);

// Endings of files that a system or a browser runs when they are opened, whatever their bytes are.
const EXECUTABLE_ENDINGS: ReadonlySet<string> = new Set(
  [
    "apk aab app appimage appx bat bash cgi chm class cmd com command cpl crx csh deb desktop dll dmg dylib ear elf exe fish",
    "flatpak hlp hta htc inf ipa iso jar js jse jsp ksh lnk lua mjs cjs mobileconfig msc msi msix msp mst pif pkg pl ps1 psm1 py pyc",
    "pyw rb reg rpm run scf scpt scr sh snap so swf sys tcsh url vb vbe vbs war wasm webloc wsf wsh xpi zsh",
    "asp aspx htm html mht mhtml php phtml shtml xht xhtml xsl xslt",
    "docm dotm potm ppam ppsm pptm sldm xlam xlsb xlsm xltm",
  ].flatMap((line) => line.split(" ")),
);

// Endings of files that are no text.
const BINARY_ENDINGS: ReadonlySet<string> = new Set(
  [
    "7z aac aif aiff apng avi avif bmp bz2 doc docx epub flac gif gz heic heif ico jpeg jpg jxl m4a m4v mid midi mkv mobi mov mp3 mp4",
    "mpeg mpg odp ods odt oga ogg ogv opus parquet pdf png ppt pptx rar tar tif tiff wav weba webm webp wma wmv xls xlsx xz zip zst",
  ].flatMap((line) => line.split(" ")),
);

const endingOf = (path: string): string => /\.([^./]+)$/.exec(path.trim())?.[1]?.toLowerCase() ?? "";

/** Whether a file is run when it is opened, by the ending of its name. */
export const isExecutableByName = (path: string): boolean => EXECUTABLE_ENDINGS.has(endingOf(path));

/** Whether a file is no text, by the ending of its name. */
export const isBinaryByName = (path: string): boolean => BINARY_ENDINGS.has(endingOf(path));
