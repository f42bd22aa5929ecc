// Weights of negotiation: RFC 9110 §12.4.2 (https://www.rfc-editor.org/rfc/rfc9110#section-12.4.2).

/** Parses a weight from 0 to 1, whatever its number of digits (`.2`, `0.1234`). Returns undefined if it is malformed. */
export const parseQvalue = (text: string): number | undefined => {
  const qvalue = /^\d*\.?\d*$/.test(text) && /\d/.test(text) ? Number(text) : Number.NaN;
  return qvalue >= 0 && qvalue <= 1 ? qvalue : undefined;
};

/** A member of a list such as Accept-Encoding. */
export interface WeightedValue {
  /** In lower case. */
  readonly name: string;
  readonly qvalue: number;
}

/** Parses a list of tokens, each with an optional weight (1 where it is absent). Malformed members are left out. */
export const parseQvalueList = (header: string): readonly WeightedValue[] =>
  header.split(",").flatMap((member) => {
    const [name = "", ...parameters] = member.split(";").map((part) => part.trim());
    const [key = "q", value = "1"] = (parameters[0] ?? "q=1").split("=").map((part) => part.trim());
    const qvalue = key.toLowerCase() === "q" ? parseQvalue(value) : undefined;
    const isToken = /^[\w!#$%&'*+.^`|~-]+$/.test(name);
    return !isToken || qvalue === undefined || parameters.length > 1 ? [] : [{ name: name.toLowerCase(), qvalue }];
  });
