// None of the spaces, nor of those that only steer how others are shown, nor a blank of a script.
const VISIBLE = /[^\s\p{Cf}\p{Default_Ignorable_Code_Point}\u{2800}]/u;

/** Whether people see anything of a text. */
export const isVisible = (text: string): boolean => VISIBLE.test(text);
