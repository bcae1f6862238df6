import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { campaignNamed } from '../lib/testing/builders.ts';
import { safeUrl, socialLinks, splitLinks } from './links.ts';

describe('text with links', () => {
  it('keeps every character in its place', () => {
    const piece = fc.constantFrom(
      'https://a.example/x',
      'http://',
      'javascript:alert(1)',
      '<b>',
      ' ',
      '.',
      ')',
      'שלום',
      '😀',
      'word',
    );
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        const text = pieces.join('');
        expect(
          splitLinks(text)
            .map((part) => part.text)
            .join(''),
        ).toBe(text);
      }),
    );
  });

  it('links web addresses only, without the punctuation around them', () => {
    const parts = splitLinks('See (https://a.example/b?c=1), or javascript:alert(1).');
    expect(parts).toEqual([
      { text: 'See (', href: null },
      { text: 'https://a.example/b?c=1', href: 'https://a.example/b?c=1' },
      { text: '), or javascript:alert(1).', href: null },
    ]);
  });

  it('takes nothing for an address that is not http or https', () => {
    for (const text of ['javascript:alert(1)', 'data:text/html,x', 'ftp://a.example', '//a.example', 'a.example', '']) {
      expect(safeUrl(text)).toBeNull();
    }
  });
});

describe('the links of a campaign', () => {
  it('have the site first and leave out what can not be followed', () => {
    const campaignSocials = {
      mastodon: '@a@b',
      evil: 'javascript:alert(1)',
      blog: 'https://b.example',
      website: 'https://a.example',
    };
    expect(socialLinks({ ...campaignNamed('x'), campaignSocials }).map(({ name }) => name)).toEqual([
      'website',
      'blog',
    ]);
  });
});
