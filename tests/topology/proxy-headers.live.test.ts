import http, { type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { startNginx } from '../support/nginx.ts';

it('the proxy puts the address that it saw itself last, so that TRUST_PROXY=1 believes no claim of a client', async () => {
  let headers: IncomingHttpHeaders = {};
  const node = http.createServer((request, response) => {
    headers = request.headers;
    response.end();
  });
  await new Promise<void>((resolve) => node.listen(0, '127.0.0.1', resolve));
  const proxy = await startNginx([`http://127.0.0.1:${(node.address() as AddressInfo).port}`]);
  await fetch(`${proxy.url}/`, { headers: { 'x-forwarded-for': '192.0.2.7' } });
  expect(headers['x-forwarded-for']).toBe('192.0.2.7, 127.0.0.1');
  expect(headers.host).toBe(new URL(proxy.url).host);
  await proxy.stop();
  node.closeAllConnections();
  node.close();
});
