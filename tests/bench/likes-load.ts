import { type CpuReading, type CpuShares, cpuShares } from './cpu.ts';
import { type Connection, openConnection } from './keep-alive.ts';
import { quantilesOf } from './statistics.ts';

export const connectionCount = 64;
const warmSeconds = 2;

export interface LikesRound {
  /** 201 answers of the whole round, warm-up included: what the database has to hold. */
  created: number;
  /** 201 answers a second in the measured window. */
  rate: number;
  seconds: number;
  p50: number;
  p99: number;
  cpu: CpuShares;
}

interface LikesLoad {
  port: number;
  /** The next request, whole. */
  next: () => string;
  seconds: number;
  readCpu: () => CpuReading;
}

/** 64 keep-alive connections, each with one request on its way, for a warm-up and `seconds` after it. */
export async function loadLikes({ port, next, seconds, readCpu }: LikesLoad): Promise<LikesRound> {
  const connections = await Promise.all(Array.from({ length: connectionCount }, () => openConnection(port)));
  const from = performance.now() + warmSeconds * 1_000;
  const to = from + seconds * 1_000;
  const cpu: CpuReading[] = [];
  const readings = [from, to].map((at) => setTimeout(() => cpu.push(readCpu()), at - performance.now()));
  const latencies: number[] = [];
  let created = 0;

  const click = async (connection: Connection) => {
    for (let sentAt = performance.now(); sentAt < to; sentAt = performance.now()) {
      const { status, body } = await connection.request(next());
      if (status !== 201) throw new Error(`a like was answered ${status}: ${body.toString().slice(0, 300)}`);
      created++;
      const now = performance.now();
      if (now >= from && now < to) latencies.push(now - sentAt);
    }
  };
  try {
    await Promise.all(connections.map(click));
    while (cpu.length < 2) await new Promise((resolve) => setImmediate(resolve));
  } finally {
    for (const timer of readings) clearTimeout(timer);
    for (const connection of connections) connection.close();
  }
  const [before, after] = cpu as [CpuReading, CpuReading];
  const { p50, p99 } = quantilesOf(Float64Array.from(latencies));
  return { created, rate: latencies.length / seconds, seconds, p50, p99, cpu: cpuShares(before, after) };
}
