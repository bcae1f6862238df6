/** Controls but tab and line feed, and the marks that turn the direction of what follows them. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const controls = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/gu;
/** Without width and without a meaning where they stand: at either end, or one after another. Joiners inside an emoji or
 * a word are neither. */
const padding =
  /^[\u00ad\u200b-\u200d\u2060\ufeff]+|[\u00ad\u200b-\u200d\u2060\ufeff]+$|(?<=[\u200b\u2060\ufeff])[\u200b\u2060\ufeff]+/gu;

/**
 * A comment as it is shown. The server keeps what was written; a reader is spared what can not be seen but changes what
 * is: a text that shows backwards, spills over the words beside it, or hides a hundred characters in none.
 */
export const readableText = (text: string): string => text.replace(controls, '').replace(padding, '').trim();
