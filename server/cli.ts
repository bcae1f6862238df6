/** `npm run -s cli -- COMMAND`: what an operator does beside the running server. Exit 0 only on success. */
import { Command } from 'commander';
import { auditCommand, rebuildCommand } from './cli/audit.ts';
import { classifyCommand } from './cli/classify.ts';
import { databaseUrlCommand } from './cli/database-url.ts';
import { sentenceOf } from './cli/failure.ts';
import { migrateCommand } from './cli/migrate.ts';
import { replayCommand } from './cli/replay.ts';
import { revokeCommand } from './cli/revoke.ts';
import { schemaCommand } from './cli/schema.ts';
import { tokenCommand } from './cli/token.ts';
import { trainRulesCommand } from './cli/train-rules.ts';

const program = new Command('npm run -s cli --')
  .description('Campaign Pulse, on the command line. It reads the same environment as the server.')
  .addCommand(migrateCommand())
  .addCommand(auditCommand())
  .addCommand(rebuildCommand())
  .addCommand(classifyCommand())
  .addCommand(databaseUrlCommand())
  .addCommand(schemaCommand())
  .addCommand(tokenCommand())
  .addCommand(revokeCommand())
  .addCommand(replayCommand())
  .addCommand(trainRulesCommand());

try {
  await program.parseAsync();
} catch (error) {
  process.stderr.write(`${sentenceOf(error)}\n`);
  process.exitCode = 1;
}
