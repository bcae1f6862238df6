import { z } from 'zod';
import { idParamSchema } from './primitives.ts';

/**
 * `GET /campaigns/:id/export?what&format&after`: every row of a campaign, valid and invalid, in one snapshot, by id.
 *
 * - The header is the table's column names and `verdict` last, also when it goes on after an id. The verdict of an
 *   impression is its class of invalid traffic, empty when it is valid; that of a comment is its status; other engagement
 *   has none. `comments` are the rows of campaign_engagement that are comments. `stats` are the cells of
 *   impression_quarter_hourly (UTC), whose verdict is the traffic class, by their key; there is no `after` for them.
 * - csv is RFC 4180 with a header and CRLF. A text that a spreadsheet would take for a formula begins with an apostrophe:
 *   one that begins with = + - @ or their wide or small forms, also behind white space, or with tab, CR or LF, unless it is a
 *   number. ndjson is a JSON object a line,
 *   as it is in the table.
 * - Times are ISO 8601 UTC. Of an address the last octet is 0 (of an IPv6 one the last 80 bits). A save or a follow does
 *   not say whose it is, nor of which impression.
 * - What ends before its time (a client that takes nothing, ten minutes, a TRUNCATE or a migration that waits for the
 *   tables) breaks off the transfer, so that it can't be taken for the whole; `after` is the last id that came.
 */
export const exportQuery = z
  .object({
    what: z.enum(['impressions', 'engagement', 'comments', 'stats']),
    format: z.enum(['csv', 'ndjson']).default('csv'),
    after: z.union([idParamSchema, z.literal('0').transform(() => 0)]).optional(),
  })
  .refine(({ what, after }) => what !== 'stats' || after === undefined, {
    path: ['after'],
    message: 'cells of statistics have no id',
  });
export type ExportQuery = z.infer<typeof exportQuery>;
