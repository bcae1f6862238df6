import { readFileSync } from 'node:fs';
import { type PackedModel, unpackModel } from './hashed-model.ts';
import { spamScoring } from './spam-scoring.ts';

/** Made by `train-rules --write`. */
export interface StoredModels {
  spamAmongComments: PackedModel;
  spamAmongTalk: PackedModel;
  abuse: PackedModel;
}

export const modelsFile = new URL('./models.json', import.meta.url);
const stored = JSON.parse(readFileSync(modelsFile, 'utf8')) as StoredModels;

export const spamModel = spamScoring(unpackModel(stored.spamAmongComments), unpackModel(stored.spamAmongTalk));
export const abuseModel = unpackModel(stored.abuse);
