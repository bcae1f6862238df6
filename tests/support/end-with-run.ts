/*
 * For every worker of the system tests: when the run is killed, so is the worker. vitest's workers otherwise go on with
 * their test to its end, holding the servers that it started.
 */
process.once('disconnect', () => process.exit(1));
