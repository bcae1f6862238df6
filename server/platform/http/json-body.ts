import { Refusal } from '../refusal.ts';

const utf8 = new TextDecoder('utf-8', { fatal: true });
/** No body of ours is deeper than five; a hundred thousand brackets would overflow the stack. */
const maxDepth = 100;

/**
 * A JSON body from its bytes. Not UTF-8, not JSON or U+0000 in a string: 400; a lone surrogate becomes U+FFFD.
 * Both can only be written as escapes, so a text without a backslash-u is not searched.
 */
export function parseJsonBody(bytes: Uint8Array, contentType: string | undefined, lenient: boolean): unknown {
  const media = contentType?.split(';', 1)[0]?.trim().toLowerCase() ?? '';
  const isJson = media === 'application/json' || media.endsWith('+json');
  if (!isJson && !(lenient && media === 'text/plain')) throw new Refusal('unsupported_media_type');
  let text: string;
  let value: unknown;
  try {
    text = utf8.decode(bytes);
    value = JSON.parse(text);
  } catch {
    throw new Refusal('invalid_json');
  }
  return text.includes('\\u') && !lenient ? wellFormed(value, '', 0) : value;
}

function wellFormed(value: unknown, pointer: string, depth: number): unknown {
  if (depth > maxDepth) throw new Refusal('invalid_body', { detail: 'the body is nested too deeply' });
  if (typeof value === 'string') {
    if (value.includes('\u0000')) {
      throw new Refusal('invalid_body', { errors: [{ pointer, message: 'U+0000 is not allowed' }] });
    }
    return value.toWellFormed();
  }
  if (Array.isArray(value)) return value.map((item, index) => wellFormed(item, `${pointer}/${index}`, depth + 1));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, item]) => [
    wellFormed(key, pointer, depth),
    wellFormed(item, `${pointer}/${key}`, depth + 1),
  ]);
  return Object.fromEntries(entries);
}
