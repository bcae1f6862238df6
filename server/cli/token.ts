import { Command, InvalidArgumentError, Option } from 'commander';
import { readConfig } from '../config.ts';
import { type Role, roleSchema } from '../contract/auth.ts';
import { keptSecret } from '../platform/auth/secret-file.ts';
import { createTokens } from '../platform/auth/tokens.ts';
import { CommandFailed } from './failure.ts';
import { idOption } from './id-option.ts';

interface TokenOptions {
  sub: number;
  role: Role[];
  advertiserId?: number;
  name?: string;
  expires: string;
}

/** `token`: prints a JWT that a server with the same secret takes. */
export function tokenCommand(): Command {
  return new Command('token')
    .description('print a JWT signed with JWT_SECRET, or with the secret kept in DATA_DIR when that is not set')
    .requiredOption('--sub <id>', 'the user id', idOption('A user'))
    .addOption(
      new Option('--role <role>', `one of ${roleSchema.options.join(', ')}; give it again for more`)
        .argParser(addRole)
        .makeOptionMandatory(),
    )
    .option('--advertiser-id <id>', 'whose campaigns an advertiser owns', idOption('An advertiser'))
    .option('--name <name>', 'the name that others see')
    .option('--expires <span>', 'how long it is valid, such as 30s, 15m, 1h or 7d', span, '1h')
    .action(async (options: TokenOptions) => console.log(await signToken(options)));
}

async function signToken({ sub, role, advertiserId, name, expires }: TokenOptions): Promise<string> {
  const { JWT_SECRET, JWT_JWKS_URL, DATA_DIR } = readConfig(process.env);
  if (JWT_JWKS_URL) {
    throw new CommandFailed('Tokens are checked against JWT_JWKS_URL, so only the owner of its private keys can sign.');
  }
  const { sign } = createTokens({ kind: 'secret', secret: JWT_SECRET ?? (await keptSecret(DATA_DIR)) });
  if (!sign) throw new CommandFailed('There is no secret to sign with.');
  const claims = {
    sub: String(sub),
    roles: [...new Set(role)],
    ...(name === undefined ? {} : { name }),
    ...(advertiserId === undefined ? {} : { advertiser_id: advertiserId }),
  };
  return sign(claims, expires);
}

function addRole(value: string, before: Role[] | undefined): Role[] {
  const parsed = roleSchema.safeParse(value);
  if (!parsed.success) throw new InvalidArgumentError(`A role is one of ${roleSchema.options.join(', ')}.`);
  return [...(before ?? []), parsed.data];
}

function span(value: string): string {
  if (!/^\d{1,6} ?[smhdw]$/.test(value)) throw new InvalidArgumentError('A span is a number with s, m, h, d or w.');
  return value;
}
