import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import type { TestProject } from 'vitest/node';
import { startEmbeddedPostgres } from '../../server/platform/embedded/embedded-postgres.ts';
import { sweepLeftovers } from '../../server/platform/embedded/leftovers.ts';
import { migrateUp } from '../../server/platform/migrate/migrate.ts';
import { runEach, runOn } from './database.ts';
import { startRedis } from './redis.ts';
import { scratchPath } from './scratch.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** A database of the server in which CREATE DATABASE is allowed; not the template. */
    adminUrl: string;
    templateName: string;
    /** Shared by all test files: use keys or channels of your own, or `startRedis()`. */
    redisUrl: string;
  }
}

type Part = { stop(): Promise<void> };

/** One PostgreSQL with a migrated template, and one Redis, for the whole run. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const parts: Part[] = [];
  const stopAll = async () => {
    for (const part of parts.splice(0).reverse()) await part.stop();
  };
  // Interrupted, vitest leaves within a millisecond and tears nothing down, so the rest is done without awaiting.
  const leave = () => sweepLeftovers(true);
  process.once('exit', leave);
  try {
    await buildServer();
    await provideDatabase(project, parts);
    await provideRedis(project, parts);
  } catch (error) {
    await stopAll();
    throw error;
  }
  return async () => {
    await stopAll();
    process.off('exit', leave);
  };
}

/** As `npm start` does; several tests start it as a process. */
async function buildServer(): Promise<void> {
  const root = path.resolve(import.meta.dirname, '../..');
  await promisify(execFile)(process.execPath, ['--import', 'tsx', 'server/build.ts'], { cwd: root });
}

async function provideDatabase(project: TestProject, parts: Part[]): Promise<void> {
  const outside = process.env.TEST_DATABASE_URL;
  const template = outside ? await outsideTemplate(outside) : await embeddedTemplate();
  parts.push(template);
  await migrateUp(template.url);
  const name = new URL(template.url).pathname.slice(1);
  project.provide('adminUrl', template.adminUrl);
  project.provide('templateName', name);
}

type Template = Part & { url: string; adminUrl: string };

async function embeddedTemplate(): Promise<Template> {
  const server = await startEmbeddedPostgres({
    dataDir: scratchPath('postgres'),
    database: 'template_pulse',
    ephemeral: true,
    settings: { max_connections: 600 }, // three files at a time, some with ten servers
  });
  return { url: server.url, adminUrl: onServer(server.url, 'postgres'), stop: server.stop };
}

/** On a server that outlives us and may serve several runs at once the template has a name of its own. */
async function outsideTemplate(adminUrl: string): Promise<Template> {
  const name = `template_pulse_${process.pid}`;
  const drop = `drop database if exists ${name} with (force)`;
  await runOn(adminUrl, drop);
  await runOn(adminUrl, `create database ${name}`);
  // Files may have made templates of their own from it, which begin with its name.
  const dropAll = `select format('drop database if exists %I with (force)', datname) as drop from pg_database
    where starts_with(datname, '${name}')`;
  return { url: onServer(adminUrl, name), adminUrl, stop: () => runEach(adminUrl, dropAll) };
}

async function provideRedis(project: TestProject, parts: Part[]): Promise<void> {
  const outside = process.env.REDIS_URL;
  if (outside) return project.provide('redisUrl', outside);
  const redis = await startRedis();
  parts.push(redis);
  project.provide('redisUrl', redis.url);
}

function onServer(url: string, database: string): string {
  const other = new URL(url);
  other.pathname = `/${database}`;
  return other.href;
}
