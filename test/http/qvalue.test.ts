import { describe, expect, it } from "vitest";
import { parseQvalue, parseQvalueList } from "../../src/http/qvalue.ts";

describe("weights (RFC 9110 §12.4.2)", () => {
  it.each([
    ["0", 0],
    ["1", 1],
    ["0.", 0],
    ["1.000", 1],
    ["0.001", 0.001],
    [".2", 0.2],
    ["0.12345", 0.12345],
  ])("parses %j", (text, qvalue) => {
    expect(parseQvalue(text)).toBe(qvalue);
  });

  it.each(["", ".", "x", "1.5", "2", "-1", "+1", "1e-1", "0x1", "0.5x", " 0.5", '"0.5"', "1.2.3", "Infinity", "NaN"])(
    "rejects %j",
    (text) => {
      expect(parseQvalue(text)).toBeUndefined();
    },
  );
});

describe("a list of weighted tokens", () => {
  it("has names in lower case, and the weight 1 where none is given", () => {
    expect(parseQvalueList("GZip;q=0.5, br , * ; Q = 0")).toEqual([
      { name: "gzip", qvalue: 0.5 },
      { name: "br", qvalue: 1 },
      { name: "*", qvalue: 0 },
    ]);
  });

  it.each(["", ",", "a b", '"a"', ";q=1", "a;q=x", "a;b=1", "a;q=1;b=1", "a=1"])(
    "leaves %j out, since it is malformed",
    (member) => {
      expect(parseQvalueList(`first, ${member}, last;q=0.1`).map(({ name }) => name)).toEqual(["first", "last"]);
    },
  );
});
