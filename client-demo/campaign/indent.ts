/** Below this level replies stand under each other without going further in. */
export const DEEPEST_INDENT = 4;

/** The same on a phone, which comment.css sees to. */
export const FLAT_ON_PHONES = 4;
