/**
 * Words for groups that people belong to by origin, belief, sex, orientation or disability. A word is here because it is no
 * insult: models have to be blind to it, and false positives are counted by it. Values name the group.
 */
const terms: Record<string, string> = {
  women: 'woman women female females girl girls lady ladies wife wives feminist feminists',
  men: 'man men male males',
  gay: 'gay gays lesbian lesbians homosexual homosexuals bisexual bisexuals queer queers lgbt lgbtq',
  trans: 'trans transgender transgenders transsexual transsexuals nonbinary',
  black: 'black blacks african africans',
  white: 'white whites caucasian caucasians',
  asian:
    'asian asians chinese japanese korean koreans vietnamese filipino filipinos indian indians pakistani pakistanis',
  latino: 'latino latinos latina latinas hispanic hispanics mexican mexicans',
  arab: 'arab arabs turk turks turkish syrian syrians iranian iranians',
  muslim: 'muslim muslims moslem moslems islam islamic',
  jewish: 'jew jews jewish',
  christian: 'christian christians catholic catholics',
  hindu: 'hindu hindus sikh sikhs buddhist buddhists',
  immigrant: 'immigrant immigrants migrant migrants refugee refugees foreigner foreigners',
  disabled: 'disabled disability disabilities autistic deaf blind handicapped wheelchair',
  roma: 'roma romani sinti gypsy gypsies',
  indigenous: 'aboriginal aboriginals indigenous aborigines',
};

export const groupOf: ReadonlyMap<string, string> = new Map(
  Object.entries(terms).flatMap(([group, words]) => words.split(' ').map((word): [string, string] => [word, group])),
);

/** Those that only join a noun: "disabled people", not "disabled are". */
export const adjectives = new Set(
  'gay lesbian homosexual bisexual queer trans transgender transsexual nonbinary black african white caucasian asian chinese japanese korean vietnamese indian pakistani latino latina hispanic mexican arab turkish syrian iranian muslim islamic jewish christian catholic hindu sikh buddhist immigrant migrant disabled autistic deaf blind handicapped roma romani aboriginal indigenous female male foreign'.split(
    ' ',
  ),
);
export const people = new Set(
  'people person persons folk folks man men woman women guy guys girl girls kids children boy boys ppl lot community religion couples parents immigrants migrants refugees males females bastards scum'.split(
    ' ',
  ),
);
/** One of the group: it stands for all of it only after "every", "a", "any". */
export const singular = new Set(
  'woman female girl lady wife feminist man male lesbian homosexual african mexican latino latina hispanic turk muslim moslem jew christian catholic hindu immigrant migrant refugee foreigner gypsy arab asian pakistani black gay'.split(
    ' ',
  ),
);
