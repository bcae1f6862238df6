/** One statement of a script, without its semicolon. */
export interface Statement {
  text: string;
  /** 1-based line of its first word. */
  line: number;
  /** The comments before it. */
  lead: string;
}

const TOKEN =
  /--[^\n]*|\/\*|\$(?:[a-z_\u0080-\uffff][\w\u0080-\uffff]*)?\$|e'(?:[^'\\]|\\.|'')*'|'(?:[^']|'')*'|"(?:[^"]|"")*"|[a-z_\u0080-\uffff][\w$\u0080-\uffff]*|;|\s+|./gisy;

/**
 * Cuts a script at the semicolons that end statements: not those in strings, quoted names, dollar quotes and comments.
 *
 * Postgres reports no position for a statement that fails while it runs (a broken constraint, say), so a script that is
 * sent whole cannot say which of its statements failed; sent one by one, it can. Function bodies must be dollar-quoted:
 * the bare `begin atomic … end` form is not told apart.
 */
export function splitStatements(sql: string): Statement[] {
  const statements: Statement[] = [];
  let leadStart = 0;
  let start = -1;
  const close = (end: number) => {
    if (start < 0) return;
    const text = sql.slice(start, end).trimEnd();
    statements.push({ text, line: lineAt(sql, start), lead: sql.slice(leadStart, start) });
    start = -1;
  };
  for (let at = 0; at < sql.length; ) {
    const token = tokenAt(sql, at);
    const end = endOfToken(sql, at, token);
    const isBlank = token.startsWith('--') || token === '/*' || token.trim() === '';
    if (token === ';') {
      close(at);
      leadStart = end;
    } else if (start < 0 && !isBlank) start = at;
    at = end;
  }
  close(sql.length);
  return statements;
}

/** 1-based line of a UTF-16 offset. */
export function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length;
}

function tokenAt(sql: string, at: number): string {
  TOKEN.lastIndex = at;
  return TOKEN.exec(sql)?.[0] ?? sql.slice(at, at + 1);
}

function endOfToken(sql: string, at: number, token: string): number {
  const after = at + token.length;
  if (token === '/*') return endOfBlockComment(sql, after);
  if (!/^\$.*\$$/s.test(token)) return after;
  const closing = sql.indexOf(token, after);
  return closing < 0 ? sql.length : closing + token.length;
}

/** Block comments nest in SQL. */
function endOfBlockComment(sql: string, from: number): number {
  const edge = /\/\*|\*\//g;
  edge.lastIndex = from;
  for (let depth = 1; depth > 0; ) {
    const found = edge.exec(sql);
    if (!found) return sql.length;
    depth += found[0] === '/*' ? 1 : -1;
  }
  return edge.lastIndex;
}
