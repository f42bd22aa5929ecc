import { describe, expect, it } from "vitest";
import { isTimeZone, utcOffsetSeconds } from "../../src/content/time-zone.ts";

describe("the offset of a time zone", () => {
  it.each([
    ["UTC", "2026-11-20T21:30:00Z", 0],
    ["America/New_York", "2026-11-21T02:30:00Z", -18_000],
    ["America/New_York", "2026-07-01T12:00:00Z", -14_400],
    ["Europe/Berlin", "2026-03-29T00:59:59Z", 3600],
    ["Europe/Berlin", "2026-03-29T01:00:00Z", 7200],
    ["Europe/Berlin", "2026-10-25T00:59:59Z", 7200],
    ["Europe/Berlin", "2026-10-25T01:00:00Z", 3600],
    ["Asia/Kathmandu", "2026-01-01T00:00:00Z", 20_700],
    ["Australia/Lord_Howe", "2026-01-01T00:00:00Z", 39_600],
    ["Australia/Lord_Howe", "2026-07-01T00:00:00Z", 37_800],
    ["Pacific/Kiritimati", "2026-01-01T00:00:00Z", 50_400],
    ["Etc/GMT+12", "2026-01-01T00:00:00Z", -43_200],
    ["America/New_York", "1969-12-31T23:59:59Z", -18_000],
    ["Africa/Monrovia", "1960-06-01T00:00:00Z", -2670],
    ["Europe/Amsterdam", "1890-01-01T00:00:00.500Z", 1050],
    ["Pacific/Apia", "1000-01-01T00:00:00Z", 45_184],
  ])("%s at %s is %i seconds", (timeZone, instant, seconds) => {
    expect(utcOffsetSeconds(timeZone, Date.parse(instant))).toBe(seconds);
  });
});

describe("a time zone", () => {
  it.each([
    "UTC",
    "GMT",
    "CET",
    "EST",
    "Europe/Berlin",
    "Asia/Kolkata",
    "Asia/Calcutta",
    "America/Argentina/Ushuaia",
    "Etc/GMT+12",
  ])("can be %s", (name) => {
    expect(isTimeZone(name)).toBe(true);
  });

  it.each(["", "+01:00", "-0500", "PST", "IST", "Europe/Berlni", "Berlin", "New York", "Local", "UTC+1"])(
    "can't be %j",
    (name) => {
      expect(isTimeZone(name)).toBe(false);
    },
  );
});
