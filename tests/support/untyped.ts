/**
 * What came over a wire or out of the database, before an assertion has looked at it. `unknown` would put a cast in front
 * of each assertion and check nothing more; shapes are held by the contract's own schemas where a test is about them.
 */
// biome-ignore lint/suspicious/noExplicitAny: the one place where a test says so
export type Untyped = any;
