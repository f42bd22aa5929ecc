/** A weight of RFC 9110 §12.4.2, or one that its writer took less care of (`.2`); nothing where it is none. */
export const readQvalue = (text: string): number | undefined => {
  const qvalue = /^\d*\.?\d*$/.test(text) && /\d/.test(text) ? Number(text) : Number.NaN;
  return qvalue >= 0 && qvalue <= 1 ? qvalue : undefined;
};

/** A member of a list such as Accept-Encoding. */
export interface WeightedValue {
  /** In lower case. */
  readonly name: string;
  readonly qvalue: number;
}

/** The members of a list in which each is a token and may have a weight; those that can't be read are left out. */
export const readQvalueList = (header: string): readonly WeightedValue[] =>
  header.split(",").flatMap((member) => {
    const [name = "", ...parameters] = member.split(";").map((part) => part.trim());
    const [key = "q", value = "1"] = (parameters[0] ?? "q=1").split("=").map((part) => part.trim());
    const qvalue = key.toLowerCase() === "q" ? readQvalue(value) : undefined;
    const isToken = /^[\w!#$%&'*+.^`|~-]+$/.test(name);
    return !isToken || qvalue === undefined || parameters.length > 1 ? [] : [{ name: name.toLowerCase(), qvalue }];
  });
