const PLACEHOLDER = /\{(\w+)\}/;

/** The names of the placeholders in a template, such as `number` in "Back to reference {number}". */
export const placeholdersOf = (template: string): readonly string[] =>
  Array.from(template.matchAll(new RegExp(PLACEHOLDER, "g")), ([, name = ""]) => name);

/** The parts of a template in its own order, with values in place of the placeholders. What has no value stays as it is. */
export const fillParts = <Value>(
  template: string,
  values: Readonly<Record<string, Value>>,
): readonly (Value | string)[] =>
  template.split(PLACEHOLDER).map((part, index) => {
    if (index % 2 === 0) return part;
    const value = Object.hasOwn(values, part) ? values[part] : undefined;
    return value ?? `{${part}}`;
  });

/** A template with texts in place of its placeholders. */
export const fill = (template: string, values: Readonly<Record<string, string | number>>): string =>
  fillParts(template, values).join("");
