import { expect, it } from 'vitest';
import { type Beating, Heartbeat } from './heartbeat.ts';

/** A connection that writes down what happens to it. */
function connectionOf(heartbeat: Heartbeat) {
  const heard: string[] = [];
  const connection: Beating = {
    pulse: heartbeat.firstPulse(),
    ping: () => heard.push('ping'),
    close: () => heartbeat.delete(connection),
    timedOut() {
      heard.push('timed out');
      heartbeat.delete(connection);
    },
  };
  heartbeat.add(connection);
  return { connection, heard };
}

function heartOf({ beats }: { beats: number }) {
  const heartbeat = new Heartbeat({ pingSeconds: 5, patienceSeconds: 3 });
  const one = connectionOf(heartbeat);
  const beat = (times: number) => {
    for (let n = 0; n < times; n++) heartbeat.beat();
    return one.heard.splice(0);
  };
  expect(beat(beats)).toEqual(beats < 5 ? [] : ['ping']);
  return { heartbeat, ...one, beat };
}

it('pings so long after the last answer, again and again', () => {
  const { heartbeat, connection, beat } = heartOf({ beats: 5 });
  heartbeat.answered(connection);
  expect(beat(4)).toEqual([]);
  expect(beat(1)).toEqual(['ping']);
  heartbeat.delete(connection);
});

it('gives up whoever does not answer in time, once', () => {
  const { beat } = heartOf({ beats: 5 });
  expect(beat(2)).toEqual([]);
  expect(beat(20)).toEqual(['timed out']);
});

it('takes anything else for a sign of life once', () => {
  const { heartbeat, connection, beat } = heartOf({ beats: 7 });
  heartbeat.spoke(connection);
  expect(beat(2)).toEqual([]);
  heartbeat.spoke(connection);
  expect(beat(1)).toEqual(['timed out']);
});

it('gives the whole time again to one that is busy, as often as it is', () => {
  const { heartbeat, connection, beat } = heartOf({ beats: 7 });
  for (let n = 0; n < 5; n++) {
    heartbeat.excuse(connection);
    expect(beat(2)).toEqual([]);
  }
  expect(beat(1)).toEqual(['timed out']);
});

it('one that speaks while nothing is asked of it is pinged as ever', () => {
  const { heartbeat, connection, beat } = heartOf({ beats: 4 });
  heartbeat.spoke(connection);
  heartbeat.excuse(connection);
  expect(beat(1)).toEqual(['ping']);
  heartbeat.delete(connection);
});
