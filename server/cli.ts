/** `npm run -s cli -- COMMAND`: what an operator does beside the running server. Exit 0 only on success. */
import { Command } from 'commander';
import { sentenceOf } from './cli/failure.ts';

/** Each with what it alone needs; loaded when it is named, all of them for the list of commands. */
const commands: Record<string, () => Promise<Command>> = {
  migrate: async () => (await import('./cli/migrate.ts')).migrateCommand(),
  audit: async () => (await import('./cli/audit.ts')).auditCommand(),
  rebuild: async () => (await import('./cli/audit.ts')).rebuildCommand(),
  classify: async () => (await import('./cli/classify.ts')).classifyCommand(),
  'database-url': async () => (await import('./cli/database-url.ts')).databaseUrlCommand(),
  schema: async () => (await import('./cli/schema.ts')).schemaCommand(),
  token: async () => (await import('./cli/token.ts')).tokenCommand(),
  revoke: async () => (await import('./cli/revoke.ts')).revokeCommand(),
  replay: async () => (await import('./cli/replay.ts')).replayCommand(),
  'train-rules': async () => (await import('./cli/train-rules.ts')).trainRulesCommand(),
};

const named = commands[process.argv[2] ?? ''];
const program = new Command('npm run -s cli --').description(
  'Campaign Pulse, on the command line. It reads the same environment as the server.',
);

try {
  for (const command of named ? [named] : Object.values(commands)) program.addCommand(await command());
  await program.parseAsync();
} catch (error) {
  process.stderr.write(`${sentenceOf(error)}\n`);
  process.exitCode = 1;
}
