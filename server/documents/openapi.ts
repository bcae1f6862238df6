import type { z } from 'zod';
import { problemSchema, problems } from '../contract/errors.ts';
import type { Operation } from '../platform/http/operation.ts';
import { type JsonSchema, JsonSchemas } from './json-schema.ts';

/** The HTTP side as an OpenAPI 3.1 document, from the same operations that the router serves. */
export function openApiOf(operations: Operation[], version: string): object {
  const schemas = new JsonSchemas();
  const paths: Record<string, Record<string, object>> = {};
  for (const operation of operations) {
    const path = operation.path.replace(/:(\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [operation.method]: describe(operation, schemas) };
  }
  schemas.output(problemSchema);
  return {
    openapi: '3.1.0',
    info: {
      title: 'Campaign Pulse',
      version,
      description: [
        'Engagement beside an advertising platform: what is on the glass equals what is in the database.',
        'A 2xx answer to a write means that it is committed. Every write takes an Idempotency-Key.',
        'Errors are RFC 9457 problem details; their codes are listed at /docs/problems. Live events: /asyncapi.json.',
      ].join('\n\n'),
    },
    servers: [{ url: '/api/v1' }],
    tags: [...new Set(operations.map(tagOf))].map((name) => ({ name })),
    paths,
    components: {
      schemas: schemas.components,
      securitySchemes: { token: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } },
      responses: {
        Problem: {
          description: 'A problem; `code` says which',
          content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
        },
      },
    },
  };
}

function describe(operation: Operation, schemas: JsonSchemas): object {
  const { method, path, summary, access, params, query, body, answers, limit } = operation;
  const keyed = method === 'get' ? [] : [idempotencyKey];
  return {
    operationId: `${method} ${path}`.replace(/[^a-z]+(.)?/gi, (_, next: string = '') => next.toUpperCase()),
    summary,
    tags: [tagOf(operation)],
    security: access === 'public' ? [{}, { token: [] }] : [{ token: [] }],
    parameters: [...fieldsOf(params, 'path', schemas), ...fieldsOf(query, 'query', schemas), ...keyed],
    ...(body && { requestBody: { required: true, content: { 'application/json': { schema: schemas.input(body) } } } }),
    responses: {
      ...Object.fromEntries(Object.entries(answers).map(([status, answer]) => [status, answered(answer, schemas)])),
      ...(limit && { 429: { $ref: '#/components/responses/Problem' } }),
      default: { $ref: '#/components/responses/Problem' },
    },
  };
}

function answered(answer: z.ZodType, schemas: JsonSchemas): object {
  return { description: 'As asked', content: { 'application/json': { schema: schemas.output(answer) } } };
}

const tagOf = ({ path }: Pick<Operation, 'path'>) =>
  path.split('/').find((part) => part !== '' && !part.startsWith(':')) ?? '';

const idempotencyKey = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  description: `The same key and body again within 24 h: the first answer again. Another body: 422 (${problems.idempotency_mismatch.title}).`,
  schema: { type: 'string', minLength: 1, maxLength: 200 },
};

function fieldsOf(schema: z.ZodType | undefined, place: 'path' | 'query', schemas: JsonSchemas): object[] {
  if (!schema) return [];
  const { properties = {}, required = [] } = schemas.input(schema) as {
    properties?: Record<string, JsonSchema>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, field]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    schema: field,
  }));
}
