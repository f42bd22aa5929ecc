const MOST = 64;
const LONGEST = 256;

/** A function of a header that remembers its answers: the headers that clients really send are few. */
export const remember = <Answer>(decide: (header: string | null) => Answer): ((header: string | null) => Answer) => {
  const remembered = new Map<string | null, { readonly answer: Answer }>();
  return (header) => {
    const known = remembered.get(header);
    if (known !== undefined) return known.answer;
    const answer = decide(header);
    if ((header ?? "").length > LONGEST) return answer;
    if (remembered.size >= MOST) remembered.clear();
    remembered.set(header, { answer });
    return answer;
  };
};
