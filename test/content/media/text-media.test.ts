import { describe, expect, it } from "vitest";
import { textKindOf } from "../../../src/content/media/text-media.ts";

const kindOf = (text: string) => textKindOf(new TextEncoder().encode(text));

describe("the kind of a text", () => {
  it.each([
    ["", "text"],
    ["In <p>HTML</p>", "text"],
    ["WEBVTT\n", "vtt"],
    [" WEBVTT\n", "text"],
    ["<svg/>", "svg"],
    ["<s:svg xmlns:s='x'>", "svg"],
    ["<svgx/>", "text"],
    ["<svg onload='x'/>", "svg with a script"],
    ["<!DOCTYPE svg><svg/>", "svg"],
    ["<!DOCTYPE html><x/>", "html"],
    ["<!doctype HTML><x/>", "html"],
    ["<!DOCTYPE htmlx><x/>", "text"],
    ["<?xml version='1.0'?><!-- a --><!-- b --><x/>", "text"],
    ["<?xml version='1.0'?><!-- a --><!-- b --><p>", "html"],
    ["<!-- <p> --><x/>", "text"],
    ["<!DOCTYPE x [<!ENTITY y '>'>]><p>", "html"],
    ["<px>", "text"],
    ["#!/bin/sh", "script"],
    ["<?php x", "script"],
    ["<?=1?>", "script"],
    ["<%= x %>", "script"],
    ["echo off", "script"],
    ["@ECHO  OFF", "script"],
    ["echo offer", "text"],
    ["[InternetShortcut]", "script"],
    ["[Desktop Entry]", "script"],
  ] as const)("%j is %s, with a byte order mark before it too", (text, kind) => {
    expect(kindOf(text)).toBe(kind);
    expect(kindOf(`\u{feff}${text}`)).toBe(kind);
  });

  it.each(
    "html head body script iframe h1 h2 h3 h4 h5 h6 div font table a style title b br p base button embed form frameset img input link meta object template textarea".split(
      " ",
    ),
  )("is HTML if it begins with <%s>", (name) => {
    for (const root of [`<${name}>`, `<${name} x>`, `<${name}/>`, `\n <${name.toUpperCase()}\n>`]) {
      expect([root, kindOf(root)]).toEqual([root, "html"]);
    }
    expect(kindOf(`<${name}-x>`)).toBe("text");
  });

  it("is none if it holds a byte that no text holds", () => {
    const allowed = [0x09, 0x0a, 0x0c, 0x0d, 0x1b, 0x20];
    for (let byte = 0; byte <= 0x20; byte++) {
      const kind = textKindOf(Uint8Array.of(0x61, byte, 0x61));
      expect([byte, kind]).toEqual([byte, allowed.includes(byte) ? "text" : undefined]);
    }
    expect(textKindOf(Uint8Array.of(0x61, 0xe9))).toBeUndefined();
  });
});
