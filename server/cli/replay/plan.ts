/** A post of the file, ready to be sent. */
export interface PlannedPost {
  /** Its name in the file. */
  key: string;
  /** The name of the campaign under which it goes. */
  campaign: string;
  /** The key of the post it replies to, which comes before it in the plan. */
  parent: string | null;
  author: string;
  text: string;
  /** When it is due, in milliseconds of the recording's clock. */
  atMs: number;
}

/** An up vote: the nth invented user likes the post. */
export interface PlannedLike {
  post: string;
  voter: number;
  atMs: number;
}

/** What the file says of a post's votes. `score` is null where the votes of that kind of post are not in the file. */
export interface Ballot {
  up: number;
  down: number;
  score: number | null;
}

/** A recorded discussion, whatever its format was. */
export interface Plan {
  format: 'stackexchange' | 'irc-ubuntu';
  /** By time, but every parent before its replies. */
  posts: PlannedPost[];
  likes: PlannedLike[];
  /** By the key of the post; null when no votes were given. */
  ballots: Map<string, Ballot> | null;
  /** What a reader of the result has to know about how the file was understood. */
  notes: string[];
}
