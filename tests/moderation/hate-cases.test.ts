import { describe, expect, it } from 'vitest';
import { defaultRules } from '../../server/features/moderation/rules/default-rules.ts';
import { judge } from '../../server/features/moderation/rules/judge.ts';
import { groups, harmless as plain } from './cases/harmless-cases.ts';
import { traps } from './cases/harmless-traps.ts';
import { hateful } from './cases/hateful-cases.ts';
import { submission } from './submission.ts';

const harmless = { ...plain, ...traps };

type GroupName = keyof typeof groups;

const names = Object.keys(groups) as GroupName[];

function filled(template: string, name: GroupName): string {
  const { group, one, adjective } = groups[name];
  const text = template.replaceAll('{group}', group).replaceAll('{one}', one).replaceAll('{adjective}', adjective);
  return text.charAt(0).toUpperCase() + text.slice(1);
}

const sentences = (templates: string[]) =>
  templates.flatMap((template) => (template.includes('{') ? names.map((name) => filled(template, name)) : [template]));

async function held(texts: string[]): Promise<string[]> {
  const judged = await Promise.all(
    texts.map(async (text) => ({ text, ...(await judge(submission(text), defaultRules)) })),
  );
  return judged.filter(({ outcome }) => outcome === 'hold' || outcome === 'reject').map(({ text }) => text);
}

describe('what hurts nobody is not held', () => {
  it.each(Object.entries(harmless))('%s', async (_, templates) => {
    expect(await held(sentences(templates))).toEqual([]);
  });
});

describe('attacks are held', () => {
  it.each(Object.entries(hateful))('%s', async (_, templates) => {
    const texts = sentences(templates);
    const seen = new Set(await held(texts));
    expect(texts.filter((text) => !seen.has(text))).toEqual([]);
  });
});

describe('whoever is spoken of', () => {
  it.each(names)('%s: the same sentences are held, and no harmless one', async (name) => {
    const templates = (cases: Record<string, string[]>) =>
      Object.values(cases)
        .flat()
        .filter((template) => template.includes('{'))
        .map((template) => filled(template, name));
    expect(await held(templates(harmless))).toEqual([]);
    expect(await held(templates(hateful))).toEqual(templates(hateful));
  });
});
