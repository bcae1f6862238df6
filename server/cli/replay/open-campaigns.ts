import { z } from 'zod';
import { idSchema } from '../../contract/primitives.ts';
import { CommandFailed } from '../failure.ts';
import { type Api, type ApiRequest, refusalOf } from './api.ts';
import { type Person, personId, type SignIn } from './sign-in.ts';

export interface OpenCampaign {
  name: string;
  id: number;
}

/** Whose the campaigns of a replay are. */
export const advertiser: Person = { id: personId('replay advertiser'), name: 'Replay advertiser', role: 'advertiser' };
const admin: Person = { id: personId('replay admin'), name: 'Replay admin', role: 'admin' };

/** Creates campaigns and takes them to live the way people do: the advertiser submits, an admin verifies. */
export async function openCampaigns(
  api: Api,
  signIn: SignIn,
  wanted: { names: string[]; description: string },
): Promise<OpenCampaign[]> {
  const owner = await signIn(advertiser);
  const verifier = await signIn(admin);
  const open: OpenCampaign[] = [];
  for (const name of wanted.names) {
    const body = { name: name.slice(0, 200), description: wanted.description };
    const { id } = await post(api, '/api/v1/campaigns', { token: owner, body });
    const transitions = `/api/v1/campaigns/${id}/transitions`;
    await post(api, transitions, { token: owner, body: { to: 'submitted' } });
    await post(api, transitions, { token: verifier, body: { to: 'verified' } });
    await post(api, transitions, { token: owner, body: { to: 'live' } });
    open.push({ name, id });
  }
  return open;
}

async function post(api: Api, path: string, request: ApiRequest): Promise<{ id: number }> {
  const answer = await api.call('POST', path, request);
  if (answer.status >= 300) throw new CommandFailed(`POST ${path} of ${api.url} answered ${refusalOf(answer)}.`);
  return z.object({ id: idSchema }).parse(answer.body);
}
