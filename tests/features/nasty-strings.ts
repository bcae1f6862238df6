import { existsSync, readFileSync } from 'node:fs';

const list = new URL('../../../shared/data/nasty/blns/blns.json', import.meta.url);

/** Texts that have broken other people's programs; the Big List of Naughty Strings too, where it is at hand. */
export const nastyStrings: readonly string[] = [
  "'",
  "'; drop table campaign_engagement; --",
  '"',
  '\\',
  '\\\\u0041 \\n \\x41',
  '$1 $$ $tag$ %s %n {0} #{x} $(x)',
  '{"a":1}',
  '[null]',
  '{1,2,"3"}',
  'null',
  'undefined',
  'NaN',
  'true',
  '0',
  '-0',
  '1e309',
  '0x1F',
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)> &amp; &#0;',
  'javascript:alert(1)',
  '../../../../etc/passwd',
  '%00 %0a %zz',
  '__proto__',
  'constructor',
  'a\tb\nc\r\nd\u000be\u000cf',
  '\u0001\u0002\u001b[31mred\u001b[0m\u007f',
  'a\u0085b',
  '\u200b', // no white space to anybody but the eye
  '\u2060\ufeff\u2060',
  'a\u200db\u200ec\u202ed\u2066e',
  '\ufffd\ufffe\uffff',
  '\u{10ffff}\u{1f600}\u{1f468}\u200d\u{1f469}\u200d\u{1f467}\u200d\u{1f466}',
  '\ud800', // half a character: comes back as U+FFFD
  'a\udc00b',
  'cafe\u0301 \u212b \u1e9b\u0323', // not in NFC
  `z${'\u0300\u0301\u0302'.repeat(500)}`,
  'שלום עולם',
  '\u202eمرحبا بالعالم\u202c',
  '社會科學院語學研究所',
  'ｆｕｌｌｗｉｄｔｈ ﬁ ½ ①',
  'Ω≈ç√∫˜µ≤≥÷',
  'İstanbul ıi ß ẞ ſ',
  'http://a/%%30%30',
  'RomansInSussex.co.uk',
  'http://www.cum.qc.ca/',
  '👩🏽‍🚀🏴󠁧󠁢󠁳󠁣󠁴󠁿🇳🇴🇳',
  `${'very '.repeat(200)}long`,
  ...(existsSync(list) ? (JSON.parse(readFileSync(list, 'utf8')) as string[]) : []),
];

/** What is kept of a text: half characters become U+FFFD, then NFC, then trimmed. Empty when there is nothing but white space. */
export const kept = (text: string): string => text.toWellFormed().normalize('NFC').trim();
