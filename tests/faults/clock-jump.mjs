/*
 * Loaded before a server: SIGUSR2 sets its wall clock by CLOCK_JUMP_MS, and back again at the next one. Timers and
 * performance.now() run on, as they do on a machine whose clock somebody sets.
 */
const jumpMs = Number(process.env.CLOCK_JUMP_MS ?? 0);
const RealDate = Date;
let offset = 0;

process.on('SIGUSR2', () => {
  offset = offset === 0 ? jumpMs : 0;
});

globalThis.Date = class extends RealDate {
  constructor(...args) {
    super(...(args.length === 0 ? [RealDate.now() + offset] : args));
  }

  static now() {
    return RealDate.now() + offset;
  }
};
