/**
 * Asking readers to go elsewhere: subscribe, my channel, follow for follow, free money. Patterns over folded text. Each is
 * linear: no unbounded repetition beside another, gaps are counted in words and bounded.
 */
const gap = (most: number) => `(?:[^a-z]{1,3}[a-z]{1,15}){0,${most}}?[^a-z]{1,3}`;
const own = '(?:my|our|me|us|mine|this|his|her|their|these)';
const place =
  '(?:chan+e?ls?|chann?el[sz]?|vid(?:eo|io)?[sz]?|page|songs?|covers?|remix(?:es)?|music|sound ?cloud|website|site|blog|insta(?:gram)?|twitter|facebook|fb|profile|playlist|mix ?tape|album|stuff|work|raps?|beats?|band|app|game|book|shop|store|account|yt|youtube|twitch|snap(?:chat)?|tik ?tok)';
const sub = '(?:su[bsc]{1,4}r[ie]{1,2}[bp][a-z]{0,5}|sub[sc][a-z]{0,8}|sub|subbed|subed)';

const patterns: [kind: string, pattern: RegExp][] = [
  [
    'subscribe',
    new RegExp(
      `\\b(?:please|pls|plz+|plea+se|can you|could you|would you|and|to|must|if you|dont forget to|don't forget to|go|come|just|then|pliz+)[^a-z]{1,3}${sub}\\b`,
    ),
  ],
  ['subscribe', new RegExp(`\\b${sub}[^a-z]{1,3}(?:to|2|4|for|on|in)?[^a-z]{0,3}${own}\\b`)],
  ['subscribe', new RegExp(`^[^a-z]{0,5}${sub}\\b(?![^a-z]{1,3}(?:to|for)[^a-z]{1,3}(?:him|her|them|psy|katy)\\b)`)],
  [
    'subscribe for subscribe',
    new RegExp(
      `\\b(?:sub|subscribe|follow|like|f|s|l)[^a-z0-9]{0,2}(?:4|for|2)[^a-z0-9]{0,2}(?:sub|subscribe|follow|like|f|s|l)\\b|\\b${sub}[^a-z]{1,3}(?:you[^a-z]{1,3})?back\\b|\\bi(?:'?ll|[^a-z]will)?[^a-z]{1,3}${sub}[^a-z]{1,3}(?:to[^a-z])?(?:you|u)\\b`,
    ),
  ],
  [
    'own place',
    new RegExp(
      `\\b(?:check(?:ing)?|visit|watch|see|view|click|support|share|spread|like|look at|listen to|come to|go to|join|follow|hear)(?:[^a-z]{1,3}(?:out|the|on|at|to|in|of|up|over|new|first|some|shit|it|music|vids?|videos?|please|and|all|a|also|for|cover|covers|song|songs|few|one)){0,6}?[^a-z]{1,3}(?:my|our|mine)${gap(4)}${place}\\b`,
    ),
  ],
  ['own place', /\b(?:mi|meu|mon|ma|meine?n?|moj)[^a-z]{1,3}(?:canal|chaine|kanal|canale)\b/],
  [
    'own place',
    /\b(?:on|to|in|at|of|visit|with(?:ing)?)[^a-z]{1,3}(?:my|our)[^a-z]{1,3}(?:(?:new|own|first|youtube|yt|music|little|small|official|gaming)[^a-z]{1,3}){0,2}(?:chan+e?l+s?|page|site|website|blog|profile|account)\b/,
  ],
  ['check out', /\b(?:che?c?k+(?:ing)?|cheek)[^a-z]{1,3}(?:[a-z]{1,10}[^a-z]{1,3}){0,2}(?:out|oout|ut)\b/],
  ['check me', /\b(?:che?c?k+)[^a-z]{1,3}(?:me|us|my|men|mine|our)\b/],
  [
    'take a look',
    /\b(?:take|have|give)[^a-z]{1,3}a[^a-z]{1,3}(?:look|listen)[^a-z]{1,3}(?:at|to)[^a-z]{1,3}(?:this|my|our|these)\b/,
  ],
  [
    'look up',
    /\b(?:please|pls|plz)[^a-z]{1,3}(?:look up|search|google|listen|watch|click|vote|visit|support|share|spread)\b|^[^a-z]{0,3}(?:search|google)\b/,
  ],
  [
    'own work',
    /\b(?:my|our)[^a-z]{1,3}(?:(?:new|latest|first|own|other|debut|recent)[^a-z]{1,3}){0,2}(?:vid(?:eo|io)?s?|tracks?|covers?|remix(?:es)?|singles?|mix ?tapes?|album|beats|raps?|ep|clip|website|site|blog|channel|chanel)\b/,
  ],
  [
    'subscribers',
    /\b(?:get|got|reach|need|want|have|appreciate|some|more|for|few|[0-9]k?)[^a-z]{1,3}(?:[a-z0-9]{1,10}[^a-z0-9]{1,3})?(?:subs|subscribers|followers)\b/,
  ],
  [
    'spaced address',
    /\b[a-z0-9-]{3,30} {0,2}[.] {1,2}(?:com|net|org|tv|info)\b|\b[a-z0-9-]{3,30} {1,2}[.] {0,2}(?:com|net|org|tv|info)\b|\b[a-z0-9]{3,30}[^a-z0-9]{1,3}dot[^a-z0-9]{1,3}com\b/,
  ],
  ['bitcoin', /\b[13][a-z0-9]{26,34}\b/],
  [
    'like this comment',
    /\blike[^a-z]{1,3}(?:this|my|the)[^a-z]{1,3}(?:comment|post|pic|picture|photo|page)\b|^[^a-z]{0,3}(?:please[^a-z]{1,3})?like[^a-z]{1,3}(?:if|please|me)\b|\bgive[^a-z]{1,3}(?:it|me|this)[^a-z]{1,3}a?[^a-z]{0,3}like/,
  ],
  ['thumbs up', /\b(?:thumbs? up|upvote)[^a-z]{1,3}(?:if|this|so|please|and)\b/],
  [
    'give a chance',
    /\bgive[^a-z]{1,3}(?:us|me|my|our|it|this)[^a-z]{1,3}(?:[a-z]{1,8}[^a-z]{1,3}){0,2}(?:chance|try|listen|shot)\b/,
  ],
  [
    'new artist',
    /\b(?:i am|im|i'm|we are|we're|were)[^a-z]{1,3}(?:just[^a-z]{1,3})?(?:a|an)?[^a-z]{0,3}(?:[a-z]{1,15}[^a-z]{1,3}){0,3}(?:youtuber|rapper|singer|artist|musician|producer|dj|songwriter|band|gamer)s?\b/,
  ],
  [
    'money',
    /\b(?:earn|make|win|get|free)[^a-z0-9]{1,3}(?:[a-z0-9]{1,12}[^a-z0-9]{1,3}){0,3}(?:money|cash|bitcoins?|gift ?cards?|itunes|paypal|dollars|followers|subscribers|views|iphones?|ipads?)\b/,
  ],
  [
    'money',
    /[$€£] {0,2}\d[\d.,]{0,12}k?[^a-z]{1,3}(?:a|an|per|every|each)[^a-z]{1,3}(?:day|hour|week|month)\b|\bwork(?:ing)?[^a-z]{1,3}(?:from|at)[^a-z]{1,3}home\b/,
  ],
  ['click', /\bclick(?:ing)?[^a-z]{1,3}(?:here|this[^a-z]{1,3}link|the[^a-z]{1,3}link|on[^a-z]{1,3}my)\b/],
  [
    'give',
    /\b(?:donate|donation|gofundme|kickstarter|indiegogo|patreon|petition|fundrais\w{2,4}|vote for (?:me|us|my|our))\b/,
  ],
  ['follow', /\b(?:follow|add|like|text|call|message|msg|dm|inbox|kik)[^a-z]{1,3}(?:me|us)\b/],
];

export interface Promotion {
  kind: string;
  start: number;
  end: number;
}

export function promotions(folded: string): Promotion[] {
  const found: Promotion[] = [];
  for (const [kind, pattern] of patterns) {
    const match = pattern.exec(folded);
    if (match) found.push({ kind, start: match.index, end: match.index + match[0].length });
  }
  return found;
}
