/** Initials on one of eight quiet tones, the same for a person everywhere. */
export function Avatar({ id, name }: { id: number; name: string }) {
  return (
    <span className={`avatar tone-${id % 8}`} aria-hidden="true">
      {initials(name)}
    </span>
  );
}

function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  const letters = words.length > 1 ? [words[0], words.at(-1)] : [words[0]];
  return letters.map((word) => firstLetter(word ?? '')).join('');
}

const firstLetter = (word: string): string => [...word].at(0)?.toLocaleUpperCase('en') ?? '';
