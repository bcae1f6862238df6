/**
 * What people say that holds words of hate and is none, and what is some. Sentences of our own, in the kinds that studies
 * of hate speech detection name; `{people}` stands for each of the groups in turn.
 */
export const groups = [
  'women',
  'gay people',
  'trans people',
  'Black people',
  'Muslims',
  'immigrants',
  'disabled people',
];

export const harmless: Record<string, string[]> = {
  'neutral mention': [
    'Two {people} opened a bakery in my street.',
    'There was a talk about {people} at the library yesterday.',
    'The survey asked {people} about their commute.',
    'My new flatmates are {people}.',
  ],
  praise: [
    'I love {people}, they made this neighbourhood what it is.',
    '{people} deserve every bit of this success.',
    'So happy for all the {people} in this campaign!',
    'We should celebrate {people} more often.',
  ],
  'denied hate': [
    'Nobody should ever say that {people} are disgusting.',
    'I do not hate {people} at all.',
    '{people} are not animals.',
    'No, {people} should not be killed for who they are.',
  ],
  'quoted hate': [
    'Saying "I hate {people}" is never fine.',
    'He wrote "{people} are scum" and thought it was funny.',
    'Posts like "all {people} should die" have to be removed.',
    'You can\'t just shout "{people} are vermin" in a bus.',
  ],
  'counter speech': [
    'Whoever says {people} are worthless has never met one.',
    'People who think {people} are inferior should read a book.',
    'It is racist to call {people} animals.',
    'Stop telling me that {people} are parasites.',
  ],
  'profanity without hate': [
    'I am so fucking glad this exists',
    'Holy shit that was a good ad',
    'Damn, these shoes are hot as hell',
    'What the fuck, the price doubled',
  ],
  'abuse of things': [
    'I hate this stupid printer',
    'Broccoli is disgusting and should burn',
    'These worthless headphones died after a week',
    'I want to kill this app, it is garbage',
  ],
  'said of oneself': [
    'As a queer woman I feel seen by this',
    'I am a proud dyke and I approve',
    'We queers are everywhere',
    'My friends and I are crips and we love this ramp',
  ],
  'other meanings': [
    'Add a chink of light to the second shot',
    'The tap in the dyke was closed before the flood',
    'I killed the process and burned the image to a disk',
    'That joke was retarded by the slow network',
  ],
  'groups nobody protects': [
    'I hate bankers',
    'Politicians are parasites',
    'Landlords are greedy',
    'I despise artists who copy others',
  ],
  'plain disagreement': [
    'I think you are wrong about this',
    'Your argument makes no sense to me',
    'You never answered the question',
    'Could you explain why you dislike {people} in films?',
  ],
};

export const hateful: Record<string, string[]> = {
  hatred: [
    'I hate {people}',
    'I really despise {people}',
    'honestly i fucking hate all {people}',
    'I detest those {people}',
  ],
  dehumanising: [
    '{people} are vermin',
    '{people} are disgusting',
    'All {people} are just animals',
    '{people} are subhuman',
  ],
  threats: [
    'I will kill all {people}',
    'Someone should shoot those {people}',
    "I'm going to beat up {people} tonight",
    'We must burn {people}',
  ],
  'wished harm': [
    '{people} should die',
    '{people} deserve to be shot',
    'All {people} need to be wiped out',
    'I hope all {people} get cancer',
  ],
  'to a person': ['Kill yourself', 'I will find you and kill you', 'go hang yourself', 'You are such a retard'],
};

export const each = (sentences: string[]): { text: string; group: string }[] =>
  sentences.flatMap((sentence) =>
    sentence.includes('{people}')
      ? groups.map((group) => {
          const text = sentence.replaceAll('{people}', group);
          return { text: text[0]?.toUpperCase() + text.slice(1), group };
        })
      : [{ text: sentence, group: 'nobody' }],
  );
