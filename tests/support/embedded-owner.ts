/*
 * A process that owns an embedded PostgreSQL, for tests that kill it: node --import tsx embedded-owner.ts DATA_DIR.
 * Prints one line of JSON, {url, pid, version} or {refused, message}; stops on SIGTERM as a server would.
 */
import { startEmbeddedPostgres } from '../../server/platform/embedded/embedded-postgres.ts';

const [dataDir = ''] = process.argv.slice(2);
try {
  const { url, pid, version, stop } = await startEmbeddedPostgres({ dataDir });
  const stayAlive = setInterval(() => {}, 60_000);
  process.once('SIGTERM', () => {
    clearInterval(stayAlive);
    void stop();
  });
  console.log(JSON.stringify({ url, pid, version }));
} catch (error) {
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  console.log(JSON.stringify({ refused: name, message }));
}
