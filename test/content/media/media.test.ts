import { describe, expect, it } from "vitest";
import { readMedia } from "../../../src/content/media/media.ts";
import { png } from "../support.ts";

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

const hex = (text: string): Uint8Array =>
  Uint8Array.from(text.match(/[\da-f]{2}/gi) ?? [], (pair) => Number.parseInt(pair, 16));

const padded = (start: Uint8Array, length: number): Uint8Array => {
  const whole = new Uint8Array(length);
  whole.set(start);
  return whole;
};

/** A compound file (MS-CFB) whose root entry, in the second sector, has a class id. */
const compound = (classId: string): Uint8Array => {
  const whole = padded(hex("d0cf11e0a1b11ae1"), 2048);
  whole.set(hex("0900"), 30);
  whole.set(hex("01000000"), 48);
  whole.set(hex(classId), 1024 + 80);
  return whole;
};

/** A ZIP archive that begins with a file of this name. */
const zip = (name: string): Uint8Array => {
  const header = hex("504b0304140000000000000000000000000000000000000000000000");
  const whole = new Uint8Array(header.length + 2 + name.length + 64);
  whole.set(header);
  whole[26] = name.length;
  whole.set(bytes(name), 30);
  return whole;
};

const WORD = "0609020000000000c000000000000046";
const INSTALLER = "84100c0000000000c000000000000046";

/** A JPEG of 640 × 480 stored pixels whose Exif says how it is to be turned (TIFF tag 0x0112). */
const photograph = (orientation: number): Uint8Array =>
  Uint8Array.from([
    ...[0xff, 0xd8, 0xff, 0xe1, 0, 34, ...bytes("Exif\0\0")],
    ...[...bytes("MM"), 0, 42, 0, 0, 0, 8, 0, 1, 1, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0, 0, 0, 0, 0],
    ...[0xff, 0xc0, 0, 17, 8, 1, 0xe0, 2, 0x80, 3, 1, 0x22, 0, 2, 0x11, 1, 3, 0x11, 1, 0xff, 0xd9],
  ]);

describe("reading a media file", () => {
  it.each([
    ["a picture", png(640, 480), { type: "image/png", length: 33, width: 640, height: 480 }],
    ["a panorama", png(100_000, 3000), { width: 100_000, height: 3000 }],
    [
      "a drawing",
      bytes('<svg xmlns="http://www.w3.org/2000/svg" width="4" height="3"/>'),
      { type: "image/svg+xml", width: 4, height: 3 },
    ],
    ["a drawing without a size", bytes('<svg xmlns="http://www.w3.org/2000/svg"/>'), { type: "image/svg+xml" }],
    ["subtitles", bytes("WEBVTT\n\n"), { type: "text/vtt; charset=utf-8", length: 8 }],
    ["a calendar", bytes("BEGIN:VCALENDAR\r\n"), { type: "text/calendar; charset=utf-8" }],
    ["a text", bytes("Some words."), { type: "text/plain; charset=utf-8", length: 11 }],
    ["a text with a byte order mark", bytes("\u{feff}a,b\n1,2\n"), { type: "text/plain; charset=utf-8" }],
    ["a text about HTML", bytes("In <b>HTML</b> …"), { type: "text/plain; charset=utf-8" }],
    ["a track", bytes('<?xml version="1.0"?>\n<gpx version="1.1"/>'), { type: "text/plain; charset=utf-8" }],
    [
      "an article of JATS",
      bytes("<!DOCTYPE article PUBLIC '-//NLM//DTD JATS'>\n<article/>"),
      { type: "text/plain; charset=utf-8" },
    ],
    ["a PDF", bytes("%PDF-1.7\n"), { type: "application/pdf" }],
    ["a rich text", bytes("{\\rtf1 x}"), { type: "application/rtf" }],
    ["an archive", zip("a.txt"), { type: "application/zip" }],
    ["a document of an old Word", compound(WORD), { type: "application/x-cfb" }],
    ["sound", padded(bytes("RIFF\u0024\u0000\u0000\u0000WAVEfmt "), 64), { type: "audio/wav" }],
  ])("recognises %s by its bytes", async (_, content, facts) => {
    expect(await readMedia("media/x", content)).toMatchObject(facts);
  });

  it.each(["a.jpg", "a.PNG", "figure-1.2", "LICENSE", "sh", "com.png", "my.html.png", "js/app.js.png"])(
    "does not mind that a picture is called %s",
    async (name) => {
      expect(await readMedia(`media/${name}`, png(4, 3))).toMatchObject({ type: "image/png" });
    },
  );

  it.each(["data.csv", "data.json", "track.gpx", "area.geojson", "words.md", "README", "film.srt", "story.tex"])(
    "takes text that is called %s for text",
    async (name) => {
      expect(await readMedia(`media/${name}`, bytes("1,2"))).toMatchObject({ type: "text/plain; charset=utf-8" });
    },
  );

  it("takes time that grows with the length only, or this test would never end", async () => {
    for (const start of [
      "<!--a-->",
      "<!--",
      "<?a?>",
      "<!DOCTYPE a [",
      "<!DOCTYPE a []>",
      "&#60;",
      "<!ENTITY a ",
      "<?xml-stylesheet ",
      " on",
      ";",
      '= "',
    ]) {
      await readMedia("media/x", bytes(`${start.repeat(50_000)}<p>`));
      await readMedia("media/x", bytes(`<svg>${start.repeat(50_000)}`));
    }
  });

  it.each([
    ["is empty", new Uint8Array(), /empty/],
    ["is cut off", Uint8Array.from([0xff, 0xd8, 0xff, 0xe0]), /damaged/],
    ["is nothing known", Uint8Array.from([0xff, 0x00, 0x80, 0x81]), /no kind/],
    ["is binary, but UTF-8", bytes("a\0b"), /no kind/],
    ["is text in UTF-16", hex("fffe61002c0062000a00"), /UTF-16/],
    ["is text in UTF-16, the other way round", hex("feff0061002c0062000a"), /UTF-16/],
  ])("refuses one that %s", async (_, content, reason) => {
    expect(await readMedia("media/x", content)).toMatch(reason);
  });
});

describe("a picture of a size that no picture has", () => {
  it.each([
    [0, 1],
    [1, 0],
    [0, 0],
    [4_294_967_295, 4_294_967_295],
    [4_294_967_295, 1],
    [1, 2_147_483_648],
    [100_001, 1],
    [100_000, 100_000],
    [20_000, 15_001],
  ])("is refused: %i × %i", async (width, height) => {
    expect(await readMedia("media/x.png", png(width, height))).toBe(
      `The picture says that it is ${width} × ${height} pixels, which nobody could see. Save it again.`,
    );
  });

  it.each([
    ['width="1e999" height="3"', /Infinity × 3/],
    ['viewBox="0 0 0 0"', /0 × 0/],
    ['width="4294967295" height="4294967295"', /4294967295 × 4294967295/],
  ])("is refused as a drawing too: %s", async (size, reason) => {
    const svg = bytes(`<svg xmlns="http://www.w3.org/2000/svg" ${size}/>`);
    expect(await readMedia("media/x.svg", svg)).toMatch(reason);
  });
});

const ALLOWED = "Allowed are pictures (PNG, JPEG, GIF";

describe("a file that is run when it is opened", () => {
  it.each([
    ["a program of Windows", bytes("MZ\x90\0\x03")],
    ["a program of Linux", padded(hex("7f454c460201010000"), 64)],
    ["a program of macOS", hex("cffaedfe07000001")],
    ["a class of Java", hex("cafebabe00000034")],
    ["an archive of Java", zip("META-INF/MANIFEST.MF")],
    ["a package of Android", zip("classes.dex")],
    ["WebAssembly", hex("0061736d01000000")],
    ["Flash", bytes("FWS\x0a\x01\x02\x03\x04")],
    ["a package of Debian", bytes("!<arch>\ndebian-binary   ")],
    ["an extension of Chrome", bytes("Cr24\x03\0\0\0")],
    ["an installer of Windows", compound(INSTALLER)],
    ["a shortcut of Windows", hex("4c0000000114020000000000c000000000000046")],
    ["a script for a shell", bytes("#!/bin/sh\nrm -rf ~\n")],
    ["a script for Python, behind a byte order mark", bytes("\u{feff}#!/usr/bin/env python3\n")],
    ["a batch file", bytes("@echo off\r\ndel *.*\r\n")],
    ["PHP", bytes("<?php system($_GET['x']); ?>")],
    ["a shortcut to an address", bytes("[InternetShortcut]\r\nURL=https://example.org/\r\n")],
    ["HTML", bytes("<!DOCTYPE html><title>x</title>")],
    ["HTML without a head", bytes("\n <script>alert(1)</script>")],
    ["HTML behind a comment", bytes("<!-- x --><!-- y -->\n<IMG src=x onerror=alert(1)>")],
    ["XHTML", bytes('<?xml version="1.0"?>\n<html xmlns="http://www.w3.org/1999/xhtml"/>')],
    ["XHTML with a document type", bytes('<?xml version="1.0"?><!DOCTYPE html PUBLIC "a" "b"><x/>')],
    ["a font", padded(bytes("wOF2\0\x01\0\0"), 64)],
    ["PostScript", bytes("%!PS-Adobe-3.0\n")],
  ])("is refused with what is allowed, whatever it is called: %s", async (_, content) => {
    for (const name of ["x", "x.png", "x.jpg", "x.txt", "x.pdf", "x.zip"]) {
      expect(await readMedia(`media/${name}`, content), name).toContain(ALLOWED);
    }
  });

  it.each([
    ...[
      "setup.exe",
      "SETUP.EXE",
      "a.dll",
      "a.apk",
      "a.jar",
      "a.msi",
      "a.scr",
      "a.com",
      "a.lnk",
      "a.deb",
      "a.dmg",
      "a.app",
    ],
    ...[
      "a.sh",
      "a.js",
      "a.mjs",
      "a.py",
      "a.bat",
      "a.cmd",
      "a.ps1",
      "a.vbs",
      "a.php",
      "a.html",
      "a.xhtml",
      "a.hta",
      "a.wasm",
    ],
    ...["a.docm", "a.xlsm", "a.pptm", "photo.png.exe", "folder/a.png.js", "a.exe "],
  ])("is refused by the ending of its name, whatever its bytes are: %s", async (name) => {
    for (const content of [png(4, 3), bytes("Some words."), zip("a.txt")]) {
      expect(await readMedia(`media/${name}`, content)).toContain(ALLOWED);
    }
  });

  it.each(["photo.png", "photo.jpg", "sound.mp3", "film.mp4", "paper.pdf", "table.xlsx", "all.zip"])(
    "can't hide as text that is called %s",
    async (name) => {
      expect(await readMedia(`media/${name}`, bytes("fetch('https://example.org/')"))).toMatch(/^The file is text/);
    },
  );
});

describe("a drawing with a script", () => {
  const svg = (inner: string, attributes = ""): Uint8Array =>
    bytes(
      `<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"${attributes} width="1" height="1">${inner}</svg>`,
    );

  it.each([
    ["an element", svg("<script>alert(1)</script>")],
    ["an element with a prefix", svg("<s:script>alert(1)</s:script>", ' xmlns:s="http://www.w3.org/2000/svg"')],
    ["an element that refers to a script", svg('<script href="https://example.org/x.js"/>')],
    ["an event attribute", svg("", ' onload="alert(1)"')],
    ["an event attribute in other letters", svg("<path OnClick = 'alert(1)' d=\"\"/>")],
    ["an event attribute behind a slash", svg('<path/onclick="alert(1)"/>')],
    ["an address", svg('<a href="javascript:alert(1)"><text>x</text></a>')],
    ["an address behind white space", svg('<a xlink:href=" \n javascript:alert(1)"/>')],
    ["an address with white space in it", svg('<a href="java\tscr\nipt:alert(1)"/>')],
    ["an address in references", svg('<a href="&#106;avascript&#x3a;alert(1)"/>')],
    ["an address that is set later", svg('<animate attributeName="href" values="#;javascript:alert(1)"/>')],
    ["an event that is set later", svg('<set attributeName="onmouseover" to="alert(1)"/>')],
    ["HTML in an address", svg('<use href="data:text/html,x"/>')],
    ["a frame", svg('<foreignObject><iframe xmlns="http://www.w3.org/1999/xhtml" src="x"/></foreignObject>')],
    ["an entity", bytes('<!DOCTYPE svg [<!ENTITY x "y">]><svg width="1" height="1">&x;</svg>')],
    [
      "a declared attribute",
      bytes('<!DOCTYPE svg [<!ATTLIST path onclick CDATA "alert(1)">]><svg width="1" height="1"><path/></svg>'),
    ],
    [
      "a style sheet that transforms it",
      bytes('<?xml-stylesheet type="text/xsl" href="#x"?><svg width="1" height="1"/>'),
    ],
  ])("is refused: %s", async (_, content) => {
    expect(await readMedia("media/x.svg", content)).toMatch(/holds a script/);
  });

  it.each([
    ["a style sheet", svg("<style>path { fill: red }</style>")],
    ["links", svg('<a href="https://example.org/?once=1">x</a>')],
    [
      "words about scripts",
      svg("<title>On = off, JavaScript: a book, &lt;b&gt;</title><desc>description = script</desc>"),
    ],
    ["text in HTML", svg('<foreignObject><p xmlns="http://www.w3.org/1999/xhtml">x</p></foreignObject>')],
    ["an animation", svg('<animate attributeName="opacity" from="0" to="1"/>')],
    ["a picture in it", svg('<image href="data:image/png;base64,iVBORw0KGgo="/>')],
    [
      "entities of Illustrator",
      bytes(
        '<?xml version="1.0"?>\n<!-- Generator: X --><!DOCTYPE svg PUBLIC "a" "b" [\n<!ENTITY ns_svg "http://www.w3.org/2000/svg">\n]>\n<svg xmlns="&ns_svg;" width="1" height="1"/>',
      ),
    ],
  ])("is not what has %s", async (_, content) => {
    expect(await readMedia("media/x.svg", content)).toMatchObject({ type: "image/svg+xml", width: 1, height: 1 });
  });
});

describe("a photograph", () => {
  // Exif 2.3 §4.6.4 A: 1 to 4 stand upright or on their head, 5 to 8 lie on their side.
  it.each([1, 2, 3, 4])("has the size that is stored with orientation %i", async (orientation) => {
    expect(await readMedia("media/x", photograph(orientation))).toMatchObject({ width: 640, height: 480 });
  });

  it.each([5, 6, 7, 8])("has the size that is shown with orientation %i", async (orientation) => {
    expect(await readMedia("media/x", photograph(orientation))).toMatchObject({ width: 480, height: 640 });
  });
});
