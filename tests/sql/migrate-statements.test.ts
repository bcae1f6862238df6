import { expect, test } from 'vitest';
import { splitStatements } from '../../server/platform/migrate/statements.ts';

const texts = (sql: string) => splitStatements(sql).map((statement) => statement.text);

test('a script is cut at the semicolons that end statements', () => {
  expect(texts('select 1; select 2;\n\n;select 3')).toEqual(['select 1', 'select 2', 'select 3']);
});

test('a semicolon in a string, a quoted name, a dollar quote or a comment ends nothing', () => {
  const statements = [
    `select 'a;''b;'`,
    `select e'a\\';b'`,
    'select 1 as "a;""b"',
    'do $$ begin; end; $$',
    'do $body$ select $$;$$; $body$',
    'select 1 -- one; two\n, 2',
    'select /* one; /* two; */ three; */ 1',
    "select date'2026-11-22', a$b, $1",
  ];
  expect(texts(statements.join(';\n'))).toEqual(statements);
});

test('a statement knows its line and the comments before it', () => {
  const sql = '-- first\n\nselect 1; -- after\n/* guard */\n-- guard: ask\nselect\n2;\n-- the end\n';
  expect(splitStatements(sql)).toEqual([
    { text: 'select 1', line: 3, lead: '-- first\n\n' },
    { text: 'select\n2', line: 6, lead: ' -- after\n/* guard */\n-- guard: ask\n' },
  ]);
});

test('what never ends is one statement, for Postgres to complain about', () => {
  for (const sql of [`select 'a; select 2`, 'do $$ begin; end;', 'select 1 /* ; select 2'])
    expect(texts(sql)).toHaveLength(sql.includes("'") ? 2 : 1);
});
