// The real clients of the field send to the real binary through a line that fails: 500, 429, and worst of all 500 after
// the events were taken. Each message id must be there exactly once.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { createServer, request } from 'node:http';
import { join } from 'node:path';
import { peers, require } from '../browser/support.mjs';
import { connected } from './support.mjs';

const EVENTS = 60;
let app, key, line;

/** A line between client and binary that fails as `moods` says, call by call, and is sound afterwards. */
async function failing(target, moods) {
  const seen = [];
  const server = createServer((incoming, answer) => {
    const chunks = [];
    incoming.on('data', (chunk) => chunks.push(chunk));
    incoming.on('end', () => {
      const mood = moods.shift() ?? 'sound';
      seen.push(mood);
      if (mood === '500') return answer.writeHead(500).end();
      if (mood === '429') return answer.writeHead(429, { 'retry-after': '1' }).end();
      const onward = request(new URL(incoming.url, target), { method: incoming.method, headers: { ...incoming.headers, host: new URL(target).host } }, (real) => {
        if (mood === 'taken, then 500') { real.resume(); return answer.writeHead(500).end(); }
        answer.writeHead(real.statusCode, real.headers);
        real.pipe(answer);
      });
      onward.end(Buffer.concat(chunks));
    });
  });
  await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
  return { url: `http://127.0.0.1:${server.address().port}`, seen, close: () => server.close() };
}

const troubles = () => ['500', 'taken, then 500', '429', 'sound', 'taken, then 500', '500'];

function each_once(prefix) {
  const rows = app.stored(prefix);
  assert.deepEqual(rows.filter(([, count]) => count !== 1), [], 'an event is there twice');
  const expected = Array.from({ length: EVENTS }, (_, n) => `${prefix}${n}`).sort();
  assert.deepEqual(rows.map(([id]) => id).sort(), expected, 'an event is missing');
}

before(async () => {
  app = await connected();
  key = app.key;
});

after(async () => { line?.close(); await app?.stop(); });

test('a wrong key is refused', async () => {
  const answer = await fetch(`${app.address}/v1/batch`, { method: 'POST', headers: { authorization: 'Basic bm9uc2Vuc2U6' }, body: '{"batch":[]}' });
  assert.equal(answer.status, 401);
});

test('analytics-node, through 500 and 429', async () => {
  line = await failing(app.address, troubles());
  const { Analytics } = require('@segment/analytics-node');
  const client = new Analytics({ writeKey: key, host: line.url, path: '/v1/batch', maxRetries: 10, flushAt: 15 });
  const errors = [];
  client.on('error', (error) => errors.push(error));
  for (let n = 0; n < EVENTS; n += 1) {
    client.track({ userId: `klant-${n % 7}`, event: 'Order Placed', messageId: `node-${n}`, properties: { id: `O-${n}` } });
  }
  await client.closeAndFlush();
  assert.deepEqual(errors, []);
  assert.ok(line.seen.includes('429') && line.seen.includes('taken, then 500'), line.seen.join());
  each_once('node-');
  line.close();
});

test('segment-analytics-python, packed, through 500 and 429', async () => {
  line = await failing(app.address, troubles());
  const script = `
import sys
from segment.analytics.client import Client
client = Client(sys.argv[1], host=sys.argv[2], gzip=True, max_retries=10, upload_size=15)
for n in range(${EVENTS}):
    client.track(user_id=f"klant-{n % 7}", event="Order Placed", message_id=f"python-{n}", properties={"id": f"P-{n}"})
client.flush(); client.join()
`;
  const ran = await new Promise((done) => {
    import('node:child_process').then(({ execFile }) => execFile(join(peers, 'python/bin/python'), ['-c', script, key, line.url], { timeout: 120_000 }, (error, out, err) => done({ error, err })));
  });
  assert.equal(ran.error, null, ran.err);
  each_once('python-');
});

test('one bad event goes to quarantine and the batch is still taken', async () => {
  const batch = [
    { type: 'track', userId: 'x', event: 'Order Placed', messageId: 'good-0' },
    { type: 'track', userId: 'x', event: '', messageId: 'bad-0' },
  ];
  const answer = await fetch(`${app.address}/v1/batch`, {
    method: 'POST', headers: { authorization: `Basic ${Buffer.from(`${key}:`).toString('base64')}` }, body: JSON.stringify({ batch }),
  });
  assert.equal(answer.status, 200);
  const said = await answer.json();
  assert.equal(said.received, 1);
  assert.equal(said.quarantined[0].id, 'bad-0');
  assert.equal(app.stored('good-').length, 1);
});
