interface PageParts {
  title: string;
  body: string;
  styles?: string[];
  scripts?: string[];
}

/** A page of the documentation. `body` is HTML of ours; what comes from data goes through textOf. */
export const page = ({ title, body, styles = [], scripts = [] }: PageParts): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${textOf(title)} · Campaign Pulse</title>
<link rel="icon" href="/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/docs/docs.css">
${styles.map((href) => `<link rel="stylesheet" href="${href}">`).join('\n')}
</head>
<body>
<header><strong>Campaign Pulse</strong><nav aria-label="Documentation"><a href="/docs">HTTP API</a>
<a href="/docs/live">Live streams</a> <a href="/docs/problems">Problems</a> <a href="/">Demo</a></nav></header>
<main><h1>${textOf(title)}</h1>
${body}
</main>
${scripts.map((src) => `<script src="${src}"></script>`).join('\n')}
</body>
</html>
`;

/** Each row can be pointed at by its id. */
export function table(heads: string[], rows: { id: string; cells: string[] }[]): string {
  const head = heads.map((one) => `<th scope="col">${textOf(one)}</th>`).join('');
  const lines = rows.map(
    ({ id, cells: [first = '', ...rest] }) =>
      `<tr id="${textOf(id)}"><th scope="row"><code>${textOf(first)}</code></th>${rest
        .map((cell) => `<td>${textOf(cell)}</td>`)
        .join('')}</tr>`,
  );
  return `<div class="table"><table><thead><tr>${head}</tr></thead><tbody>${lines.join('\n')}</tbody></table></div>`;
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
export const textOf = (text: string): string => text.replace(/[&<>"']/g, (one) => entities[one] ?? one);

/** Quiet, and in both themes; Swagger UI brings its own for what is below it. */
export const css = `:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { margin: 0; }
header { display: flex; flex-wrap: wrap; gap: .5rem 2rem; align-items: baseline; padding: 1rem clamp(1rem, 4vw, 3rem);
  border-bottom: 1px solid color-mix(in srgb, currentcolor 15%, transparent); }
nav { display: flex; flex-wrap: wrap; gap: 1.25rem; }
a { color: light-dark(#2450c4, #8fb0ff); }
main { padding: 1rem clamp(1rem, 4vw, 3rem) 4rem; max-width: 75rem; }
h1 { font-size: 1.5rem; line-height: 1.2; }
.table { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: .5rem 1.5rem .5rem 0; font-weight: 400;
  border-bottom: 1px solid color-mix(in srgb, currentcolor 12%, transparent); }
thead th { font-weight: 600; }
tr:target { background: light-dark(#fff3c4, #4a3d10); }
tbody th { white-space: nowrap; }
`;
