/** The demo campaign: written for this project, nobody's real words. Columns of campaign_profile by name. */
export const demoCampaign = {
  name: 'Aurora: learn the night sky',
  description:
    'Eight evenings, one telescope, no prior knowledge. Northlight Observatory opens its dome to beginners: you learn to ' +
    'find your way among the constellations, to read a star chart by red light, and to see Saturn’s rings with your own eyes.',
  objective: 'Course registrations',
  advertiser_id: 1,
  brand_id: 1,
  target_audiences: ['student', 'parent', 'user'],
  target_regions: ['Northern Europe'],
  target_placements: ['widget', 'insession'],
  campaign_budget: 120,
  cpi_rate: 0.004,
  billing_frequency: 2000,
  total_impressions_planned: 30000,
  minimum_balance_threshold: 20,
  verification_status: 'verified',
  is_verified: true,
  call_to_action: 'Reserve an evening',
  campaign_socials: JSON.stringify({ website: 'https://northlight.example', mastodon: '@northlight@sky.example' }),
};

/** A second campaign of the same advertiser, live as well: smaller and quieter. */
export const secondCampaign = {
  name: 'Perseids: a night under shooting stars',
  description:
    'One August night on the hill above Northlight Observatory, with blankets, tea and somebody who knows where to look. ' +
    'No telescope and no course: you lie down, and the sky does the rest.',
  objective: 'Ticket sales',
  advertiser_id: 1,
  brand_id: 1,
  target_audiences: ['student', 'parent'],
  target_regions: ['Northern Europe'],
  target_placements: ['widget', 'popup'],
  campaign_budget: 40,
  cpi_rate: 0.005,
  billing_frequency: 5000,
  total_impressions_planned: 8000,
  verification_status: 'verified',
  is_verified: true,
  call_to_action: 'Get a ticket',
  campaign_socials: JSON.stringify({ website: 'https://northlight.example/perseids' }),
};

export const demoNames = [
  'Maren Lindqvist',
  'Tomás Ferreira',
  'Ines Okonkwo',
  'Jonas Weber',
  'Priya Raman',
  'Northlight Observatory',
  'Kaito Mori',
];

export interface DemoComment {
  /** Place in demoNames. */
  author: number;
  text: string;
  /** Place in this list. */
  replyTo?: number;
  minutesAgo: number;
  likes: number;
}

export const demoThread: DemoComment[] = [
  {
    author: 0,
    text: 'I did the spring course. The moment Saturn’s rings came into focus, the whole dome went quiet. Worth every minute of the cold.',
    minutesAgo: 8_100,
    likes: 31,
  },
  {
    author: 1,
    text: 'Is it all right to bring a twelve-year-old? She knows more constellations than I do.',
    minutesAgo: 5_900,
    likes: 9,
  },
  {
    author: 5,
    text: 'Very welcome! From ten years on, with an adult. There is a step at the small refractor for shorter observers.',
    replyTo: 1,
    minutesAgo: 5_840,
    likes: 14,
  },
  { author: 1, text: 'That made somebody’s week. See you on Thursday!', replyTo: 2, minutesAgo: 5_790, likes: 6 },
  {
    author: 2,
    text: 'What happens when it’s cloudy? Last year I booked a night elsewhere and we looked at slides for two hours.',
    minutesAgo: 2_700,
    likes: 12,
  },
  {
    author: 5,
    text: 'Each booking has a second date kept free. If the sky is closed on both, you choose any evening of the next season.',
    replyTo: 4,
    minutesAgo: 2_650,
    likes: 18,
  },
  { author: 2, text: 'Fair. Booked.', replyTo: 5, minutesAgo: 2_600, likes: 4 },
  {
    author: 3,
    text: 'Bring red light. I turned on my phone to read the chart and twelve strangers groaned in unison.',
    minutesAgo: 1_300,
    likes: 22,
  },
  { author: 4, text: 'A red bicycle lamp does the job nicely.', replyTo: 7, minutesAgo: 1_240, likes: 7 },
  {
    author: 6,
    text: 'Does the course cover photographing the sky, or is it for the eye only?',
    minutesAgo: 190,
    likes: 3,
  },
];

export const secondThread: DemoComment[] = [
  {
    author: 3,
    text: 'Forty-one in two hours last year, and one that left a trail for half a minute. Bring more blankets than you think.',
    minutesAgo: 7_300,
    likes: 11,
  },
  { author: 4, text: 'Is there a bus back to town after midnight?', minutesAgo: 3_400, likes: 5 },
  {
    author: 5,
    text: 'There is: ours leaves the lower gate at half past one, and it waits for everybody.',
    replyTo: 1,
    minutesAgo: 3_360,
    likes: 8,
  },
  { author: 0, text: 'May one bring a dog, if the dog likes lying down too?', minutesAgo: 420, likes: 3 },
];
