import type { Difference } from '../audit/difference.ts';

/** Prints differences as they are found, so that a million of them need no memory. */
export interface AuditReport {
  add(difference: Difference): Promise<void>;
  end(campaigns: number): Promise<void>;
  differences(): number;
}

export function createReport(json: boolean): AuditReport {
  const { first, next, last } = json ? asJson : asText;
  let differences = 0;
  return {
    async add(difference) {
      await print(differences === 0 ? first(difference) : next(difference));
      differences++;
    },
    end: (campaigns) => print(last(campaigns, differences)),
    differences: () => differences,
  };
}

const line = (difference: Difference) => `${differenceText(difference)}\n`;

const asText = {
  first: line,
  next: line,
  last: (campaigns: number, differences: number) =>
    `Audited ${count(campaigns, 'campaign')}: ${differences === 0 ? 'everything is equal' : count(differences, 'difference')}.\n`,
};

/** One document, written in pieces: a difference a line, what is known at the end only behind them. */
const asJson = {
  first: (difference: Difference) => `{"differences": [\n${JSON.stringify(difference)}`,
  next: (difference: Difference) => `,\n${JSON.stringify(difference)}`,
  last: (campaigns: number, differences: number) =>
    `${differences === 0 ? '{"differences": [' : '\n'}], "campaigns": ${campaigns}}\n`,
};

function differenceText({ campaignId, projection, key, stored, counted }: Difference): string {
  const where = campaignId === null ? projection : `campaign ${campaignId} ${projection}`;
  return `${where} ${key}: stored ${stored ?? 'nothing'}, counted ${counted ?? 'nothing'}`;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

/** Waits until it is written, so that a slow reader slows the audit and not fills its memory. */
function print(text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    process.stdout.write(text, (error) => (error ? reject(error) : resolve()));
  });
}
