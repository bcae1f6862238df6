import { splitLinks } from './links.ts';
import { readableText } from './readable-text.ts';

/** What somebody wrote, as text. Addresses can be followed, without lending them our name. */
export function CommentText({ text }: { text: string }) {
  return (
    <p className="comment-text" dir="auto">
      {splitLinks(readableText(text)).map((part, index) =>
        part.href === null ? (
          part.text
        ) : (
          // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a text have no other identity
          <a key={index} className="text-link" href={part.href} target="_blank" rel="nofollow ugc noopener">
            {part.text}
          </a>
        ),
      )}
    </p>
  );
}
