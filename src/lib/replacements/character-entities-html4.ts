/** No names: the HTML of stories has its character references by number, so nobody looks for one. */
export const characterEntitiesHtml4: Readonly<Record<string, string>> = {};
