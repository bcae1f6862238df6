/** What waits at the desk of the demo. Written for this project, nobody's real words; places in demoThread are answered to. */
export interface DeskComment {
  /** A user beside those of the thread. */
  author: { id: number; name: string };
  text: string;
  replyTo?: number;
  minutesAgo: number;
  flags?: [reason: 'offensive' | 'abusive' | 'spam' | 'illegal' | 'off_topic' | 'other', count: number][];
  /** What a rule found: words of the text. */
  found?: { rule: string; outcome: 'flag' | 'hold' | 'reject'; words: string[]; score?: number };
  /** Held: nobody else sees it. */
  isHeld?: true;
  /** Rejected, with the reason; the author appeals in these words. */
  rejected?: { reason: string; explanation: string; appeal: string };
}

const vince = { id: 41, name: 'Vince Marlow' };
const greta = { id: 42, name: 'Greta Holm' };
const omar = { id: 43, name: 'Omar Haddad' };
const lena = { id: 44, name: 'Lena Fuchs' };
const sam = { id: 45, name: 'Sam Okafor' };
/** Who decided before anybody came. */
export const demoModerator = { id: 46, name: 'Noa Lindgren' };

export const deskComments: DeskComment[] = [
  {
    author: vince,
    text: 'Double your telescope budget in a week with forex signals, first three days free. Ask me how.',
    replyTo: 4,
    minutesAgo: 64,
    flags: [
      ['spam', 2],
      ['off_topic', 1],
    ],
    found: { rule: 'suspectWords', outcome: 'flag', words: ['forex signals'] },
  },
  {
    author: sam,
    text: 'You clearly never looked through anything bigger than a toilet roll. People like you should stay at home.',
    replyTo: 7,
    minutesAgo: 38,
    flags: [
      ['abusive', 2],
      ['offensive', 1],
    ],
  },
  {
    author: greta,
    text: 'שלום! האם אפשר להגיע באוטובוס? הפרטים כאן: northlight.example/bus',
    minutesAgo: 21,
    flags: [['off_topic', 1]],
  },
  {
    author: vince,
    text: 'Nobody reads to the end, so once more: casino nights under the stars, message me for the address.',
    minutesAgo: 17,
    found: { rule: 'spam', outcome: 'hold', words: ['casino nights', 'message me'], score: 0.94 },
    isHeld: true,
  },
  {
    author: lena,
    text: 'Write to lena.fuchs@sky.example if you want to share a ride from Uppsala, two seats are free.',
    replyTo: 1,
    minutesAgo: 9,
    found: { rule: 'contact', outcome: 'hold', words: ['lena.fuchs@sky.example'] },
    isHeld: true,
  },
  {
    author: omar,
    text: 'The staff were rude, the heating was off, and nobody gave me my money back. Avoid.',
    minutesAgo: 1_450,
    rejected: {
      reason: 'off_topic',
      explanation: 'This is about another evening than the one advertised.',
      appeal: 'It was this course, on the 3rd. I can send you the ticket. Being angry is not off topic.',
    },
  },
];
