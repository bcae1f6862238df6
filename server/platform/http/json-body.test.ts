import { describe, expect, it } from 'vitest';
import { Refusal } from '../refusal.ts';
import { parseJsonBody } from './json-body.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const parse = (text: string, type = 'application/json', lenient = false) => parseJsonBody(bytes(text), type, lenient);

/** The code with which it is refused, and where. */
function refused(text: string | Uint8Array, type: string | undefined = 'application/json', lenient = false): string {
  try {
    parseJsonBody(typeof text === 'string' ? bytes(text) : text, type, lenient);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return [error.code, ...(error.details.errors ?? []).map(({ pointer }) => pointer)].join(' ');
  }
  return 'accepted';
}

describe('a JSON body', () => {
  it('is what JSON says', () => {
    const value = { a: [1, -0.5e3, true, null, 'x'], é: { '': '\u{1f600}' } };
    expect(parse(JSON.stringify(value))).toEqual(value);
    expect(parse('"\\u0041\\ud83d\\ude00"')).toBe('A\u{1f600}');
    expect(parse('{"a":1,"a":2}')).toEqual({ a: 2 });
    expect(parse('\ufeff{}')).toEqual({});
  });

  it('keeps a key called __proto__ as a key', () => {
    const value = parse('{"__proto__":{"admin":true},"x":"\\u0041"}') as object;
    expect(Object.entries(value)).toEqual([
      ['__proto__', { admin: true }],
      ['x', 'A'],
    ]);
    expect('admin' in value).toBe(false);
  });

  it.each(['application/json', 'Application/JSON ; charset=utf-8', 'application/merge-patch+json'])(
    'comes as %s',
    (type) => {
      expect(parse('{}', type)).toEqual({});
    },
  );

  it.each([undefined, '', 'text/plain', 'text/json', 'application/jsonp', 'application/x-www-form-urlencoded'])(
    'does not come as %s',
    (type) => {
      expect(refused('{}', type ?? '')).toBe('unsupported_media_type');
      expect(parseRefusalWithout(type)).toBe('unsupported_media_type');
    },
  );

  it('comes as text/plain where that is said to be allowed, and as nothing else there', () => {
    expect(parse('{}', 'text/plain;charset=UTF-8', true)).toEqual({});
    expect(refused('{}', 'text/html', true)).toBe('unsupported_media_type');
  });

  it.each([[[0x22, 0xff, 0x22]], [[0x22, 0xc0, 0x80, 0x22]], [[0x22, 0xed, 0xa0, 0x80, 0x22]], [[0x7b]], [[]]])(
    'of the bytes %j is none',
    (values) => {
      expect(refused(Uint8Array.from(values))).toBe('invalid_json');
    },
  );

  it('has no U+0000 in any string, and says where one is', () => {
    expect(refused('"\\u0000"')).toBe('invalid_body ');
    expect(refused('{"a":[{"b":"x\\u0000"}]}')).toBe('invalid_body /a/0/b');
    expect(refused('{"a":{"\\u0000":1}}')).toBe('invalid_body /a');
    expect(refused('{"a":"\\\\u0000"}')).toBe('accepted'); // a backslash and a word
  });

  it('has U+FFFD for half a character, in keys too', () => {
    expect(parse('{"a\\ud800":["b\\udc00",{"c":"\\udc00\\ud800"}]}')).toEqual({
      'a\ufffd': ['b\ufffd', { c: '\ufffd\ufffd' }],
    });
  });

  it('that is for the handler to judge is left as it is', () => {
    expect(parse('["a\\u0000","b\\ud800"]', 'application/json', true)).toEqual(['a\u0000', 'b\ud800']);
  });

  it('nested too deeply for a stack is refused as any other', () => {
    const deep = (open: string, close: string) => `["\\u0041",${open.repeat(50_000)}1${close.repeat(50_000)}]`;
    expect([refused(deep('[', ']')), refused(deep('{"a":', '}'))]).toEqual(['invalid_body', 'invalid_body']);
    expect(refused('['.repeat(1_000_000))).toBe('invalid_json');
  });
});

function parseRefusalWithout(type: string | undefined): string {
  try {
    parseJsonBody(bytes('{}'), type, false);
    return 'accepted';
  } catch (error) {
    return (error as Refusal).code;
  }
}
