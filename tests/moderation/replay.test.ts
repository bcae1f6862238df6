import { expect, it } from 'vitest';
import { defaultRules } from '../../server/features/moderation/rules/default-rules.ts';
import { type Decided, replayRules } from '../../server/features/moderation/rules/replay/replay-rules.ts';
import { ruleSetSchema } from '../../server/features/moderation/rules/rule-set.ts';
import { ordinary } from './submission.ts';

let ids = 0;
const decided = (text: string, decision: Decided['decision']): Decided => ({
  commentId: ++ids,
  text,
  decision,
  author: ordinary,
  at: '2026-01-01T12:00:00.000Z',
});
const draft = ruleSetSchema.parse({ rules: { bannedWords: { words: ['gloop'], outcome: 'hold' } } });

it('says what the draft would stop, rightly and wrongly, and what would change', async () => {
  const comments = [
    decided('gloop for sale', 'reject'),
    decided('the women who make gloop', 'approve'),
    decided('rude and unseen by any rule', 'reject'),
    decided('the dome is nice', 'approve'),
  ];
  const report = await replayRules(draft, defaultRules, comments);
  expect(report).toMatchObject({ decided: 4, precision: 0.5, recall: 0.5 });
  expect(report.changed).toEqual(
    comments.slice(0, 2).map(({ commentId, decision }) => ({
      commentId,
      decision,
      now: 'publish',
      draft: 'hold',
      rules: ['bannedWords'],
    })),
  );
});

it('counts whom it would hit wrongly, by language and by the group that is named', async () => {
  const report = await replayRules(draft, defaultRules, [
    decided('the women who make gloop', 'approve'),
    decided('these women are here', 'approve'),
    decided('das ist nicht mein gloop', 'approve'),
  ]);
  expect(report.falsePositives).toEqual({
    byLanguage: { en: { stopped: 1, approved: 2 }, de: { stopped: 1, approved: 1 } },
    byIdentityTerm: { women: { stopped: 1, approved: 2 } },
  });
});

it('asks nobody else, and lets others take their turns', async () => {
  let turns = 0;
  const counting = setInterval(() => turns++, 1);
  const external = { mode: 'on', url: 'https://rules.example/', secret: `whsec_${'a'.repeat(32)}` };
  const asking = ruleSetSchema.parse({ rules: { external } });
  const many = Array.from({ length: 2_000 }, (_, n) =>
    decided(`The dome number ${n} is as nice as the others.`, 'approve'),
  );
  const report = await replayRules(asking, defaultRules, many);
  clearInterval(counting);
  expect([report.decided, report.changed]).toEqual([2_000, []]);
  expect(turns).toBeGreaterThan(3);
});
