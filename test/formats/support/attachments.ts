import type { Attachment } from "../../../src/model/media.ts";

/** The attachments of a story in the order that feeds must have: sound, film, the rest. */
export const inFeedOrder = (attachments: readonly Attachment[]): readonly Attachment[] => {
  const isSound = ({ type }: Attachment): boolean => type.startsWith("audio/");
  const isFilm = ({ type }: Attachment): boolean => type.startsWith("video/");
  return [
    ...attachments.filter(isSound),
    ...attachments.filter(isFilm),
    ...attachments.filter((one) => !isSound(one) && !isFilm(one)),
  ];
};
