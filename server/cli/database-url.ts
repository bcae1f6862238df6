import { Command } from 'commander';
import { readConfig } from '../config.ts';
import { readAccess } from '../platform/embedded/cluster.ts';
import { clusterDirectory, databaseUrlOf } from '../platform/embedded/embedded-postgres.ts';
import { CommandFailed } from './failure.ts';

/** `database-url`: what to hand to psql. It carries the password of the embedded server, so it is only ever printed here. */
export function databaseUrlCommand(): Command {
  return new Command('database-url')
    .description('print the address of the database: DATABASE_URL, else the embedded one in DATA_DIR')
    .action(() => {
      const { DATABASE_URL, DATA_DIR } = readConfig(process.env);
      const access = DATABASE_URL ? undefined : readAccess(clusterDirectory(DATA_DIR));
      if (!DATABASE_URL && !access) throw new CommandFailed(`There is no embedded database in ${DATA_DIR} yet.`);
      console.log(DATABASE_URL ?? (access ? databaseUrlOf(access) : ''));
    });
}
