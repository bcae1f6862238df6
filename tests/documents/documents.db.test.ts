import asyncApiSpecs from '@asyncapi/specs';
import { Validator } from '@seriousme/openapi-schema-validator';
import Ajv from 'ajv';
import addFormats from 'ajv-formats';
import { beforeAll, describe, expect, it } from 'vitest';
import { problems } from '../../server/contract/errors.ts';
import { logEvents, stateEvents, streams } from '../../server/contract/live.ts';
import { advertiser, liveCampaign, user } from '../support/api.ts';
import { startApp, type TestApp } from '../support/app.ts';
import type { Untyped } from '../support/untyped.ts';

let app: TestApp;
let openApi: Untyped;
let asyncApi: Untyped;
const get = (path: string) => fetch(`${app.url}${path}`);
beforeAll(async () => {
  app = await startApp();
  openApi = await (await get('/openapi.json')).json();
  asyncApi = await (await get('/asyncapi.json')).json();
});

describe('openapi.json', () => {
  it('is a valid OpenAPI 3.1 document', async () => {
    expect(await new Validator().validate(structuredClone(openApi))).toEqual({ valid: true });
    expect(openApi.openapi).toBe('3.1.0');
  });

  it('names every address that the API answers, each operation once', async () => {
    const named = Object.entries(openApi.paths).flatMap(([path, methods]) =>
      Object.keys(methods as object).map((method) => `${method} ${path}`),
    );
    expect(named).toEqual(expect.arrayContaining(['post /campaigns/{id}/comments', 'put /comments/{id}/like']));
    const ids = Object.values(openApi.paths as Record<string, Untyped>).flatMap((methods) =>
      Object.values(methods as Record<string, Untyped>).map(({ operationId }) => operationId),
    );
    expect(new Set(ids).size).toBe(named.length);
    for (const one of named) {
      const [method = '', path = ''] = one.split(' ');
      const answer = await fetch(`${app.url}/api/v1${path.replace(/\{\w+\}/g, '1')}`, { method: method.toUpperCase() });
      await answer.body?.cancel();
      expect([one, answer.status]).not.toEqual([one, 405]);
      const unknown = answer.status === 404 && (answer.headers.get('content-type') ?? '').includes('problem');
      if (unknown) expect(one).toMatch(/\{/);
    }
  });

  it('describes what is answered: real answers are of its schemas', async () => {
    const id = await liveCampaign(app.url);
    const ada = await user(app.url, 11, 'Ada');
    const owner = await advertiser(app.url, 5);
    const { body: comment } = await ada('POST', `/campaigns/${id}/comments`, { text: 'hello' });
    const answers: [string, string, number, unknown][] = [
      ['/campaigns/{id}/comments', 'post', 201, comment],
      ['/campaigns/{id}/comments', 'get', 200, (await ada('GET', `/campaigns/${id}/comments`)).body],
      ['/campaigns/{id}', 'get', 200, (await ada('GET', `/campaigns/${id}`)).body],
      ['/campaigns/{id}/metrics', 'get', 200, (await owner('GET', `/campaigns/${id}/metrics`)).body],
    ];
    const ajv = addFormats.default(new Ajv.default({ strict: false }));
    ajv.addSchema({ $id: 'doc', components: openApi.components });
    for (const [path, method, status, body] of answers) {
      const { schema } = openApi.paths[path][method].responses[status].content['application/json'];
      const absolute = JSON.parse(JSON.stringify(schema).replaceAll('"#/', '"doc#/'));
      const fits = ajv.compile(absolute);
      expect([path, fits(body), fits.errors]).toEqual([path, true, null]);
    }
  });
});

describe('asyncapi.json', () => {
  it('is a valid AsyncAPI 3.0 document', () => {
    const schema = (asyncApiSpecs.schemas as Record<string, object>)['3.0.0'] ?? {};
    const ajv = addFormats.default(
      new Ajv.default({ strict: false, meta: false, validateSchema: false, logger: false }),
    );
    const fits = ajv.compile(schema);
    expect([fits(asyncApi), fits.errors]).toEqual([true, null]);
  });

  it('names every event on some stream', () => {
    const told = Object.values(streams).flatMap(({ log, state }) => [...log, ...state]);
    expect(new Set(told)).toEqual(new Set([...Object.keys(logEvents), ...Object.keys(stateEvents)]));
    const titles = Object.values(asyncApi.components.messages as Record<string, Untyped>).map(({ title }) => title);
    expect(titles).toEqual(expect.arrayContaining([...told, 'subscribe', 'auth:refresh', 'server:draining']));
  });
});

describe('/docs', () => {
  it('lists every problem where the type of a problem points', async () => {
    const problem = (await (await get('/api/v1/nothing')).json()) as { type: string; code: string };
    const [path = '', anchor = ''] = problem.type.split('#');
    const html = await (await get(path)).text();
    expect(html).toContain(`id="${anchor}"`);
    for (const code of Object.keys(problems)) expect(html).toContain(`id="${code}"`);
  });

  it.each(['/docs', '/docs/live', '/docs/problems'])(
    '%s needs nothing from elsewhere and no inline script',
    async (path) => {
      const answer = await get(path);
      expect(answer.headers.get('content-security-policy')).toContain("default-src 'self'");
      const html = await answer.text();
      expect(html).not.toMatch(/(src|href)="(https?:)?\/\//);
      expect(html).not.toMatch(/<script(?![^>]*\ssrc=)|<style|\sstyle=|\son\w+=/);
      for (const [, address = ''] of html.matchAll(/(?:src|href)="(\/docs[^"]*)"/g)) {
        expect([address, (await get(address)).status]).toEqual([address, 200]);
      }
    },
  );
});
