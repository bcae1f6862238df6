import { freePort } from '../../server/platform/embedded/free-port.ts';
import { secret } from '../support/app.ts';
import { freshDatabase } from '../support/database.ts';
import { startNginx } from '../support/nginx.ts';
import { type ServerProcess, startServerProcess } from '../support/processes.ts';
import { startRedis } from '../support/redis.ts';

/** The topology of docker-compose.yml as plain processes: two nodes, PostgreSQL, Redis and nginx with its very file. */
export async function startTopology(env: NodeJS.ProcessEnv = {}) {
  const { url: databaseUrl } = await freshDatabase();
  // Its own: the channels of a Redis carry the names of streams, whatever database those are of.
  const redis = await startRedis();
  const ports = [await freePort(), await freePort()];
  const start = (n: number): Promise<ServerProcess> =>
    startServerProcess({
      databaseUrl,
      redisUrl: redis.url,
      env: { JWT_SECRET: secret, TRUST_PROXY: '1', ...env },
      port: ports[n],
    });
  const nodes = [await start(0), await start(1)];
  const proxy = await startNginx(nodes.map(({ url }) => url));
  const node = (n: number): ServerProcess => {
    const found = nodes[n];
    if (!found) throw new Error(`there is no node ${n}`);
    return found;
  };
  return {
    databaseUrl,
    url: proxy.url,
    proxyLog: proxy.output,
    node,
    /** Starts node n again, on its port; resolves when it listens. */
    async startAgain(n: number): Promise<ServerProcess> {
      nodes[n] = await start(n);
      return node(n);
    },
    async stop() {
      await proxy.stop();
      for (const { kill, exited } of nodes) {
        kill();
        await exited;
      }
      await redis.stop();
    },
  };
}
