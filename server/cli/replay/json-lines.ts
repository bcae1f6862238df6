import { readFile } from 'node:fs/promises';
import type { z } from 'zod';
import { CommandFailed } from '../failure.ts';

/** The rows of a JSONL file as unknown values; a line that is not JSON is named by its number. */
export async function readJsonLines(file: string): Promise<unknown[]> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new CommandFailed(
      `${file} cannot be read: ${error.code === 'ENOENT' ? 'there is no such file' : error.message}.`,
    );
  });
  const rows: unknown[] = [];
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue;
    try {
      rows.push(JSON.parse(line));
    } catch {
      throw new CommandFailed(`${file}, line ${index + 1}, is not JSON.`);
    }
  }
  return rows;
}

/** Every row by one schema; the first that does not fit is named by its place among the rows. */
export function parseRows<S extends z.ZodType>(schema: S, rows: unknown[], file: string): z.infer<S>[] {
  return rows.map((row, index) => {
    const parsed = schema.safeParse(row);
    if (parsed.success) return parsed.data;
    const [issue] = parsed.error.issues;
    throw new CommandFailed(
      `${file}, row ${index + 1}: ${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'no match'}.`,
    );
  });
}
