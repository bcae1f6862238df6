/** What a list of notifications has to hold, thought out plainly: nothing is kept that could be counted. */
export class Model {
  readonly comments = new Map<number, { author: number; parent: number | null; shown: boolean }>();
  readonly likes = new Map<number, { comment: number; user: number }>();
  private readonly groups = new Map<string, { unread: Set<number>; read: Set<number>[]; known: Set<number> }>();

  comment(id: number, author: number, parent: number | null, shown: boolean): void {
    this.comments.set(id, { author, parent, shown });
    if (shown) this.tell(id);
  }
  like(id: number, user: number, comment: number): void {
    this.likes.set(id, { comment, user });
    this.add(this.comments.get(comment)?.author, user, 'comment_liked', comment, id);
  }
  show(id: number, shown: boolean): void {
    const comment = this.comments.get(id);
    if (!comment) return;
    comment.shown = shown;
    if (shown) this.tell(id);
  }
  /** Marks what this user is shown as read. */
  read(user: number): void {
    for (const [key, group] of this.groups) {
      if (!key.startsWith(`${user} `) || this.people(key, group.unread) === 0) continue;
      group.read.push(group.unread);
      group.unread = new Set();
    }
  }
  /** Each notification as `kind subject count state`, sorted. */
  list(user: number): string[] {
    const lines: string[] = [];
    for (const [key, { unread, read }] of this.groups) {
      const [reader, ...what] = key.split(' ');
      if (Number(reader) !== user) continue;
      for (const [sources, state] of [[unread, 'unread'], ...read.map((one) => [one, 'read'])] as [
        Set<number>,
        string,
      ][]) {
        const count = this.people(key, sources);
        if (count > 0) lines.push([...what, count, state].join(' '));
      }
    }
    return lines.sort();
  }

  private tell(id: number): void {
    const { author, parent } = this.comments.get(id) ?? {};
    if (parent != null) this.add(this.comments.get(parent)?.author, author ?? 0, 'reply', parent, id);
  }
  private add(reader: number | undefined, actor: number, kind: string, subject: number, source: number): void {
    if (reader === undefined || reader === actor) return;
    const key = `${reader} ${kind} ${subject}`;
    const group = this.groups.get(key) ?? { unread: new Set(), read: [], known: new Set() };
    this.groups.set(key, group);
    if (group.known.has(source)) return;
    group.known.add(source);
    group.unread.add(source);
  }
  /** Different people among what is still there and shown, of a subject that is. */
  private people(key: string, sources: Set<number>): number {
    if (!this.comments.get(Number(key.split(' ')[2]))?.shown) return 0;
    const who = new Set<number>();
    for (const source of sources) {
      const comment = this.comments.get(source);
      if (comment?.shown) who.add(comment.author);
      const like = this.likes.get(source);
      if (like) who.add(like.user);
    }
    return who.size;
  }
}
