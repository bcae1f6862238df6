/** Controls but tab and line feed, and the marks that turn the direction of what follows them. */
const controls = /[^\P{Cc}\t\n]|[\u202a-\u202e\u2066-\u2069]/gu;
/** Without width and without a meaning where they stand: at either end, or one after another. Joiners inside an emoji or
 * a word are neither. */
const padding =
  /^[\u00ad\u200b-\u200d\u2060\ufeff]+|[\u00ad\u200b-\u200d\u2060\ufeff]+$|(?<=[\u200b\u2060\ufeff])[\u200b\u2060\ufeff]+/gu;

/**
 * A comment as it is shown. The server keeps what was written; a reader is spared what can not be seen but changes what
 * is: a text that shows backwards, spills over the words beside it, or hides a hundred characters in none.
 */
export const readableText = (text: string): string => text.replace(controls, '').replace(padding, '').trim();
