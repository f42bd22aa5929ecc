/** A weight of RFC 9110 §12.4.2, or one that its writer took less care of (`.2`); nothing where it is none. */
export const readWeight = (text: string): number | undefined => {
  const weight = /^\d*\.?\d*$/.test(text) && /\d/.test(text) ? Number(text) : Number.NaN;
  return weight >= 0 && weight <= 1 ? weight : undefined;
};

/** A member of a list such as Accept-Encoding. */
export interface Weighted {
  /** In lower case. */
  readonly name: string;
  readonly weight: number;
}

/** The members of a list in which each is a token and may have a weight; those that can't be read are left out. */
export const readWeightedList = (header: string): readonly Weighted[] =>
  header.split(",").flatMap((member) => {
    const [name = "", ...parameters] = member.split(";").map((part) => part.trim());
    const [key = "q", value = "1"] = (parameters[0] ?? "q=1").split("=").map((part) => part.trim());
    const weight = key.toLowerCase() === "q" ? readWeight(value) : undefined;
    const isToken = /^[\w!#$%&'*+.^`|~-]+$/.test(name);
    return !isToken || weight === undefined || parameters.length > 1 ? [] : [{ name: name.toLowerCase(), weight }];
  });
