import net from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { eventually } from '../support/poll.ts';
import { startProxy, type TcpProxy } from './proxy.ts';

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

/** Answers whatever it is sent with its own name before it. */
async function echo(name: string) {
  const sockets = new Set<net.Socket>();
  const server = net.createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.on('data', (bytes) => socket.write(`${name}:${bytes}`));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return { port: (server.address() as net.AddressInfo).port, sockets };
}

async function proxyTo(ports: () => number[]) {
  const proxy = await startProxy(ports);
  closing.push(() => proxy.close());
  return proxy;
}

async function client(proxy: TcpProxy) {
  const socket = net.connect(proxy.port, '127.0.0.1');
  let heard = '';
  let closed = false;
  socket.on('error', () => {});
  socket.on('data', (bytes) => {
    heard += bytes;
  });
  socket.on('close', () => {
    closed = true;
  });
  closing.push(() => socket.destroy());
  await new Promise<void>((resolve) => socket.once('connect', () => resolve()).once('close', () => resolve()));
  return {
    say: (text: string) => socket.write(text),
    hears: (text: string) => eventually(() => expect(heard).toBe(text), { within: 2_000 }),
    hasHeard: () => heard,
    closes: () => eventually(() => expect(closed).toBe(true), { within: 2_000 }),
    isClosed: () => closed,
  };
}

const quiet = () => sleep(100);

describe('the proxy', () => {
  it('passes bytes both ways, and the end of either side', async () => {
    const server = await echo('a');
    const proxy = await proxyTo(() => [server.port]);
    const one = await client(proxy);
    one.say('x');
    await one.hears('a:x');
    for (const socket of server.sockets) socket.destroy();
    await one.closes();
    expect(proxy.open()).toBe(0);
  });

  it('cuts what is open, and takes the next', async () => {
    const server = await echo('a');
    const proxy = await proxyTo(() => [server.port]);
    const one = await client(proxy);
    one.say('x');
    await one.hears('a:x');
    proxy.cut();
    await one.closes();
    const two = await client(proxy);
    two.say('y');
    await two.hears('a:y');
  });

  it('refuses until it resumes', async () => {
    const server = await echo('a');
    const proxy = await proxyTo(() => [server.port]);
    proxy.refuse();
    await (await client(proxy)).closes();
    proxy.resume();
    const two = await client(proxy);
    two.say('y');
    await two.hears('a:y');
  });

  it('hangs in silence, and brings what waited when it resumes, to old and new connections', async () => {
    const server = await echo('a');
    const proxy = await proxyTo(() => [server.port]);
    const old = await client(proxy);
    old.say('1');
    await old.hears('a:1');
    proxy.hang();
    const fresh = await client(proxy);
    old.say('2');
    fresh.say('3');
    await quiet();
    expect([old.hasHeard(), old.isClosed(), fresh.hasHeard(), fresh.isClosed()]).toEqual(['a:1', false, '', false]);
    proxy.resume();
    await old.hears('a:1a:2');
    await fresh.hears('a:3');
  });

  it('forgets what is open: silent for ever, told of no end, while new connections work', async () => {
    const server = await echo('a');
    const proxy = await proxyTo(() => [server.port]);
    const old = await client(proxy);
    old.say('1');
    await old.hears('a:1');
    proxy.forget();
    old.say('2');
    for (const socket of server.sockets) socket.destroy();
    const fresh = await client(proxy);
    fresh.say('3');
    await fresh.hears('a:3');
    proxy.resume();
    await quiet();
    expect([old.hasHeard(), old.isClosed(), proxy.open()]).toEqual(['a:1', false, 1]);
    proxy.cutForgotten();
    await old.closes();
    expect(proxy.open()).toBe(1);
  });

  it('goes to the next port when the first takes nothing, and closes when none does', async () => {
    const [gone, server] = [await echo('gone'), await echo('b')];
    await closing.shift()?.();
    const proxy = await proxyTo(() => [gone.port, server.port]);
    const one = await client(proxy);
    one.say('x');
    await one.hears('b:x');
    await (await client(await proxyTo(() => [gone.port]))).closes();
  });
});
