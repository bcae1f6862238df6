/**
 * The words that every screen needs at once; those of each screen stand beside it in this folder and come with that
 * screen. Counts come formatted; plural forms are chosen here.
 */
const plural = new Intl.PluralRules('en');
const many = (n: number, one: string, other: string) => (plural.select(n) === 'one' ? one : other);

export const strings = {
  product: 'Campaign Pulse',
  skip: 'Skip to the discussion',
  skipToContent: 'Skip to the content',
  loadingScreen: 'Loading…',
  close: 'Close',
  nav: { label: 'Screens', campaign: 'Campaign', advertiser: 'Advertiser', moderation: 'Moderation' },
  theme: { toLight: 'Switch to the light theme', toDark: 'Switch to the dark theme' },
  signedInAs: (name: string) => `Signed in as ${name}`,

  link: {
    connecting: 'Connecting…',
    live: 'Live',
    'catching up': 'Catching up…',
    reconnecting: 'Reconnecting…',
    offline: 'Offline',
    refused: 'Not live',
  },
  liveWithin: (time: string) => `The last change took ${time} from the database to this screen`,
  bell: (n: number, text: string) => (n === 0 ? 'Notifications' : `Notifications, ${text} unread`),
  identity: {
    menu: ', change who you are in this tab',
    title: 'In this tab, be',
    self: 'Yourself',
    guest: 'Another user',
    advertiser: 'This campaign’s advertiser',
    moderator: 'A moderator',
    admin: 'An admin',
    automatic: 'Whoever the screen is for',
    hint: 'Demo sign-in. Several tabs can be several people.',
  },
  shownAsOf: (time: string) => `shown as of ${time}`,
  shownAsOfAlone: (time: string) => `Shown as of ${time}`,

  campaign: {
    sponsored: 'Sponsored',
    status: { live: 'Running', paused: 'Paused', ended: 'Ended' } as Record<string, string | undefined>,
    closed: 'This campaign has ended. The discussion stays readable.',
    noMedia: 'This campaign has no picture yet',
    viewing: (n: number, text: string) => `${text} ${many(n, 'person', 'people')} here now`,
    impressions: 'Times shown',
    started: 'Started',
    audience: 'For',
    regions: 'Where',
    objective: 'Aim',
    links: 'Links',
    about: 'About this campaign',
    nothingLive: 'No campaign is live right now',
    nothingLiveHint: 'As soon as one starts, you will find it here.',
  },
  actions: { label: 'Engage with this campaign', like: 'Like', save: 'Save', follow: 'Follow', share: 'Share' },
  shared: 'Link copied. Thanks for sharing.',
  sharedWithoutCopy: 'Thanks for sharing.',

  discussion: {
    title: 'Discussion',
    count: (n: number, text: string) => `${text} ${many(n, 'comment', 'comments')}`,
    sort: 'Order',
    newest: 'Newest',
    oldest: 'Oldest',
    top: 'Top',
    more: 'Load more',
    loading: 'Loading…',
    end: 'You have reached the start of the discussion',
    empty: 'Nobody has said anything yet',
    emptyHint: 'Be the first: ask a question or say what you think.',
    arrivals: (n: number) => `${n} new ${many(n, 'comment', 'comments')}`,
    arrivedReplies: (n: number) => `${n} new ${many(n, 'reply', 'replies')}`,
  },

  comment: {
    by: (name: string) => `Comment by ${name}`,
    you: 'You',
    answers: (name: string) => `to ${name}`,
    edited: 'edited',
    reached: (n: number, text: string) => `reached ${text} ${many(n, 'screen', 'screens')}`,
    reachedWithin: (time: string) => `Nine of ten had it within ${time}`,
    removed: 'This comment was removed',
    removedBy: { author: 'by its author', moderator: 'by a moderator', rule: 'by an automatic rule' },
    // Without the word that the campaign's own button has, so that each button is found by its name.
    heart: (name: string, count: number) => `Heart ${name}’s words, ${count} so far`,
    reply: 'Reply',
    replyTo: (name: string) => `Reply to ${name}`,
    showReplies: (n: number) => `Show ${n} ${many(n, 'reply', 'replies')}`,
    showMoreReplies: (n: number) => (n === 0 ? 'Show more replies' : `Show ${n} more ${many(n, 'reply', 'replies')}`),
    repliesTo: (name: string) => `Replies to ${name}`,
  },

  composer: {
    comment: 'Comment',
    placeholder: 'Add to the discussion',
    post: 'Post comment',
    reply: 'Post reply',
    replyPlaceholder: (name: string) => `Reply to ${name}`,
    cancel: 'Cancel',
    shortcut: 'Ctrl + Enter to post',
    left: (n: number) => `${n.toLocaleString('en')} left`,
    leftAbout: (n: number) => `No more than ${n.toLocaleString('en')} characters left`,
    tooLong: (n: number) => `${n.toLocaleString('en')} too many`,
    tooLongAlone: 'Too long to post',
    closed: 'Comments are closed.',
    signedOut: 'Sign in to take part.',
  },
  outgoing: {
    sending: 'Sending…',
    failed: 'Not sent',
    waits: 'It will be sent as soon as the connection is back.',
    retry: 'Retry',
    discard: 'Discard',
    inReview: 'Held for review. Only you can see this until a moderator has looked at it.',
  },

  announce: {
    posted: 'Your comment was posted',
    arrived: (n: number) => `${n} new ${many(n, 'comment', 'comments')} in the discussion`,
  },

  loading: 'Loading the campaign',
  failed: {
    title: 'This did not load',
    notFound: 'There is no campaign at this address',
    notFoundHint: 'It may have been taken down, or it is not public yet.',
    home: 'Go to the live campaign',
    retry: 'Try again',
  },
  notices: { dismiss: 'Dismiss' },

  /** What went wrong, by the code of the problem. */
  problems: {
    no_answer: 'The server did not answer. Check your connection and try again.',
    rate_limited: 'That was a little fast. Please wait a moment and try again.',
    campaign_closed: 'This campaign no longer takes comments or reactions.',
    parent_gone: 'The comment you are replying to has been removed.',
    unknown_parent: 'The comment you are replying to is no longer there.',
    comment_gone: 'This comment has been removed.',
    unauthenticated: 'You are not signed in.',
    overloaded: 'The server is very busy. Please try again in a moment.',
    unavailable: 'The server can’t reach its database. Please try again in a moment.',
    muted: 'You can’t comment here at the moment.',
    suspended: 'Your account is suspended.',
    banned: 'Your account may not take part.',
    warning_unacknowledged: 'A moderator has warned you. Please read the warning above first.',
    edit_window_closed: 'It is too late to change this comment.',
    already_appealed: 'There was an appeal against this decision already.',
    nothing_to_appeal: 'No decision stands against this comment any more.',
    unknown_comment: 'This comment is no longer there.',
  } as Record<string, string | undefined>,
  unknownProblem: 'Something went wrong. Please try again.',
};

export const problemText = (code: string): string => strings.problems[code] ?? strings.unknownProblem;
