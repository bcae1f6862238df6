import { z } from 'zod';

export type JsonSchema = Record<string, unknown>;

/** JSON Schemas (2020-12) for a document; schemas with an id of their own stand once in its components. */
export class JsonSchemas {
  readonly components: Record<string, JsonSchema> = {};

  /** What a client may send. */
  input(schema: z.ZodType): JsonSchema {
    return this.#convert(schema, 'input');
  }

  /** What a client gets. */
  output(schema: z.ZodType): JsonSchema {
    return this.#convert(schema, 'output');
  }

  #convert(schema: z.ZodType, io: 'input' | 'output'): JsonSchema {
    const { $schema: _, $defs = {}, ...converted } = z.toJSONSchema(schema, { io, unrepresentable: 'any' });
    const id = z.globalRegistry.get(schema)?.id;
    for (const [name, definition] of Object.entries($defs)) this.#add(name, definition as JsonSchema);
    if (id === undefined) return inComponents(converted) as JsonSchema;
    this.#add(id, converted);
    return { $ref: `#/components/schemas/${id}` };
  }

  #add(name: string, definition: JsonSchema): void {
    const { id: _, ...schema } = definition;
    this.components[name] ??= inComponents(schema) as JsonSchema;
  }
}

/** The same with its references pointing into the document. Patterns that repeat what `format` says are left out. */
function inComponents(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inComponents);
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value)
    .filter(([key]) => !(key === 'pattern' && 'format' in value))
    .map(([key, inner]) => [
      key,
      key === '$ref' ? String(inner).replace('#/$defs/', '#/components/schemas/') : inComponents(inner),
    ]);
  return Object.fromEntries(entries);
}
