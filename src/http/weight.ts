/** A weight of RFC 9110 §12.4.2, or one that its writer took less care of (`.2`); nothing where it is none. */
export const readWeight = (text: string): number | undefined => {
  const weight = /^\d*\.?\d*$/.test(text) && /\d/.test(text) ? Number(text) : Number.NaN;
  return weight >= 0 && weight <= 1 ? weight : undefined;
};
