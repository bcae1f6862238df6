import type { RequestListener } from 'node:http';
import { type ApiOptions, answer } from './answer.ts';
import type { Operation } from './operation.ts';

const prefix = '/api/v1';

interface HotRoute {
  operation: Operation;
  pattern: RegExp;
  names: string[];
}

/**
 * A shorter way to the operations marked `hot`, in front of Express: the same table, the same answer, without Express's
 * own cost for a request (75 of 138 µs of the server's CPU a like, measured). Whatever is not plainly one of them (a
 * query, an escape, a preflight, another origin) goes through Express as everything else does.
 */
export function withHotPath(options: ApiOptions, crossOrigin: boolean, express: RequestListener): RequestListener {
  const routes = new Map<string, HotRoute[]>();
  for (const operation of options.operations.filter(({ hot }) => hot)) {
    const method = operation.method.toUpperCase();
    routes.set(method, [...(routes.get(method) ?? []), routeOf(operation)]);
  }

  return (request, response) => {
    const candidates = routes.get(request.method ?? '');
    if (!candidates || (crossOrigin && request.headers.origin !== undefined)) return express(request, response);
    const path = request.url ?? '';
    for (const { operation, pattern, names } of candidates) {
      const match = pattern.exec(path);
      if (!match) continue;
      const params = Object.fromEntries(names.map((name, place) => [name, match[place + 1]]));
      return answer(operation, options, { request, response, params, query: {}, ip: () => '' });
    }
    return express(request, response);
  };
}

/** Hot operations need a token and take no query, so nobody asks for the address that only Express can work out. */
function routeOf(operation: Operation): HotRoute {
  const { path, access, query, method } = operation;
  if (access === 'public' || query) throw new Error(`${method} ${path} can not be hot`);
  const names = [...path.matchAll(/:(\w+)/g)].map((match) => match[1] ?? '');
  const pattern = new RegExp(`^${prefix}${path.replace(/:\w+/g, '([\\w.-]+)')}$`);
  return { operation, pattern, names };
}
