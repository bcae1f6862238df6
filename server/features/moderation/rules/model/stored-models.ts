import { readFileSync } from 'node:fs';
import { inCheckout } from '../../../../platform/checkout.ts';
import { type PackedModel, unpackModel } from './hashed-model.ts';
import { spamScoring } from './spam-scoring.ts';

/** Made by `train-rules --write`. */
export interface StoredModels {
  spamAmongComments: PackedModel;
  spamAmongTalk: PackedModel;
  abuse: PackedModel;
}

export const modelsFile = inCheckout('server/features/moderation/rules/model/models.json');
const stored = JSON.parse(readFileSync(modelsFile, 'utf8')) as StoredModels;

export const spamModel = spamScoring(unpackModel(stored.spamAmongComments), unpackModel(stored.spamAmongTalk));
export const abuseModel = unpackModel(stored.abuse);
