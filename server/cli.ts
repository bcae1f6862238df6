/** `npm run -s cli -- COMMAND`: what an operator does beside the running server. Exit 0 only on success. */
import { Command } from 'commander';
import { sentenceOf } from './cli/failure.ts';

/** In the order of the help. Only the one asked for is loaded: all of them take as long again as most take to run. */
const commands: [name: string, load: () => Promise<Command>][] = [
  ['migrate', async () => (await import('./cli/migrate.ts')).migrateCommand()],
  ['audit', async () => (await import('./cli/audit.ts')).auditCommand()],
  ['rebuild', async () => (await import('./cli/audit.ts')).rebuildCommand()],
  ['classify', async () => (await import('./cli/classify.ts')).classifyCommand()],
  ['database-url', async () => (await import('./cli/database-url.ts')).databaseUrlCommand()],
  ['schema', async () => (await import('./cli/schema.ts')).schemaCommand()],
  ['token', async () => (await import('./cli/token.ts')).tokenCommand()],
  ['revoke', async () => (await import('./cli/revoke.ts')).revokeCommand()],
  ['replay', async () => (await import('./cli/replay.ts')).replayCommand()],
  ['train-rules', async () => (await import('./cli/train-rules.ts')).trainRulesCommand()],
];

try {
  const program = new Command('npm run -s cli --').description(
    'Campaign Pulse, on the command line. It reads the same environment as the server.',
  );
  const asked = commands.filter(([name]) => name === process.argv[2]);
  // Help, and the answer to a word that is no command, speak of all.
  for (const [, load] of asked.length > 0 ? asked : commands) program.addCommand(await load());
  await program.parseAsync();
} catch (error) {
  process.stderr.write(`${sentenceOf(error)}\n`);
  process.exitCode = 1;
}
