import { expect, test } from 'vitest';
import { htmlToText } from './html-to-text.ts';

test('paragraphs are parted by a blank line, line breaks and list items by a new line', () => {
  const html = '<p>One <em>two</em></p>\n\n<p>three<br>four</p>\n<ul>\n<li>five</li>\n<li>six</li>\n</ul>\n';
  expect(htmlToText(html)).toBe('One two\n\nthree\nfour\n\n- five\n- six');
});

test('a link keeps its text and an image goes', () => {
  expect(
    htmlToText('<p>see <a href="http://a.example/?q=1&amp;r" rel="x">here</a> <img src="y.png" alt="z"></p>'),
  ).toBe('see here');
});

test('entities are decoded once, and what is no entity stays', () => {
  expect(htmlToText('&lt;b&gt; &amp;lt; &quot;&#39;&#xe9;&hellip; AT&T &OP; &#0; &#xd800;')).toBe(
    '<b> &lt; "\'é… AT&T &OP; \ufffd \ufffd',
  );
});

test('code keeps its white space, its blank lines and its angle brackets', () => {
  const html = '<p>Look:</p>\n<pre><code>if (a &lt; b) {\n\n\n  return;\n}\n</code></pre>\n<p>so.</p>';
  expect(htmlToText(html)).toBe('Look:\n\nif (a < b) {\n\n\n  return;\n}\n\nso.');
});

test('a tag that HTML does not have is something a person wrote', () => {
  expect(htmlToText('thanks <grin>, @<user>: a <b> b')).toBe('thanks <grin>, @<user>: a  b');
});

test('nothing but tags is nothing', () => {
  expect(htmlToText('<p><img src="x.png"></p><!-- hidden --><hr>')).toBe('');
});
