import { expect, it } from 'vitest';
import { clientAddress, isLoopback } from './client-address.ts';

const header = (value: string) => ({ 'x-forwarded-for': value });
const nobody = () => false;
const oneHop = (_address: string, hop: number) => hop < 1;

it('is the peer, whatever it says, unless a proxy is trusted', () => {
  expect(clientAddress('10.0.0.1', header('1.2.3.4'), nobody)).toBe('10.0.0.1');
  expect(clientAddress('10.0.0.1', {}, oneHop)).toBe('10.0.0.1');
});

it('is what the outermost trusted proxy saw, and not what the client claims', () => {
  expect(clientAddress('10.0.0.1', header('6.6.6.6, 1.2.3.4'), oneHop)).toBe('1.2.3.4');
  const inside = (address: string) => address.startsWith('10.');
  expect(clientAddress('10.0.0.1', header('6.6.6.6, 1.2.3.4, 10.0.0.2'), inside)).toBe('1.2.3.4');
  expect(clientAddress('10.0.0.1', header('10.0.0.3, 10.0.0.2'), inside)).toBe('10.0.0.3');
});

it('of a connection that is broken already is nobody’s', () => {
  expect(clientAddress(undefined, header('1.2.3.4'), oneHop)).toBe('');
});

it('knows this machine', () => {
  expect(['127.0.0.1', '::ffff:127.0.0.1', '::1', '10.0.0.1', '::ffff:1.2.3.4'].map(isLoopback)).toEqual([
    true,
    true,
    true,
    false,
    false,
  ]);
});
