import { readFileSync } from 'node:fs';
import path from 'node:path';

export interface Labelled {
  text: string;
  video: string;
  positive: boolean;
}

const videos = ['Youtube01-Psy', 'Youtube02-KatyPerry', 'Youtube03-LMFAO'];

/** The YouTube Spam Collection (Alberto, Lochter and Almeida, "TubeSpam", ICMLA 2015) as JSON lines, a file a video. */
export function readSpam(folder: string): Labelled[] {
  return videos.flatMap((video) =>
    readFileSync(path.join(folder, 'youtube-spam', `${video}.jsonl`), 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => {
        const { text, spam } = JSON.parse(line) as { text: string; spam: number };
        return { text, video, positive: spam === 1 };
      }),
  );
}
