import { type NextFunction, type Request, type Response, Router } from 'express';
import { Refusal } from '../refusal.ts';
import { type ApiOptions, answer, requestIdOf } from './answer.ts';
import { sendProblem } from './problem.ts';

/** Express routes for a list of operations; what is no operation is problem+json too. */
export function createApiRouter(options: ApiOptions): Router {
  const { operations, log } = options;
  const refuse = (request: Request, response: Response, error: unknown) =>
    sendProblem(response, error, requestIdOf(request, response), log);
  const router = Router();
  for (const operation of operations) {
    router[operation.method](operation.path, (request, response) => {
      const { params, query } = request;
      answer(operation, options, {
        request,
        response,
        params,
        query,
        ip: () => request.ip ?? '',
      });
    });
  }
  for (const path of new Set(operations.map((operation) => operation.path))) {
    const allowed = operations.filter((operation) => operation.path === path).map(({ method }) => method.toUpperCase());
    router.all(path, (request, response) => {
      if (request.method === 'OPTIONS') response.setHeader('Allow', allowed.join(', ')).status(204).end();
      else refuse(request, response, new Refusal('method_not_allowed', { headers: { Allow: allowed.join(', ') } }));
    });
  }
  router.use((request, response) => refuse(request, response, new Refusal('not_found')));
  // What Express itself refuses, such as a path that does not decode. It knows this handler by its four parameters.
  router.use((error: unknown, request: Request, response: Response, _next: NextFunction) =>
    refuse(request, response, error),
  );
  return router;
}
