// Sources that do not send: an API with a cursor and a nightly table, asked by the real binary.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { mkdirSync, writeFileSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { connected } from './support.mjs';

let app, other, host;
/** What the other side has, and what it was asked. */
const orders = [], asked = [];

/** An API as many are: at most two orders that were changed after `since`, for who knows the secret. */
function answer(request, response) {
  const url = new URL(request.url, 'http://x');
  asked.push(request.url);
  if (request.headers['x-api-key'] !== 'een-geheim') return response.writeHead(401).end();
  const since = url.searchParams.get('since') ?? '';
  const rows = orders.filter(({ changed }) => changed > since).slice(0, 2);
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ rows }));
}

before(async () => {
  other = createServer(answer).listen(0, '127.0.0.1');
  await new Promise((ready) => { other.once('listening', ready); });
  host = `127.0.0.1:${other.address().port}`;
  app = await connected(['--fetch-from', host]);
});
after(async () => { await app?.stop(); other?.close(); });

const order = (id, what, day) => ({ id, what, who: `K-${id}`, changed: `2026-01-0${day}T10:00:00Z` });
const places = {
  sample: JSON.stringify({ rows: [order(1, 'Order Paid', 1)] }), list: 'list:rows', name: 'rows.*.what', always: '', names: '',
  customer: 'rows.*.who', time: 'rows.*.changed', id: '', properties: '', cursor: 'newest', cursor_at: 'rows.*.changed', parameter: 'since',
};

async function until(holds) {
  for (let tries = 0; tries < 200; tries++) {
    if (await holds()) return;
    await new Promise((later) => { setTimeout(later, 100); });
  }
  assert.fail('it did not come');
}

test('an API is asked page by page, and then only for what is new', async () => {
  const made = await app.post('/koppelingen/nieuw', { name: 'Planpakket', kind: 'api' });
  const page = made.headers.get('location');
  orders.push(order(1, 'Order Paid', 1), order(2, 'Order Paid', 2), order(3, 'betaald', 3), order(4, 'Order Sent', 4));
  const where = { url: `http://${host}/orders?size=2`, header: 'X-Api-Key', every: '1' };
  assert.equal((await app.post(`${page}/waar`, { ...where, secret: 'een-ander-geheim' })).status, 303);
  assert.match(await (await app.post(`${page}/plaats`, { step: 'haal' })).text(), /laat ons niet toe \(401\)/);
  assert.equal((await app.post(`${page}/waar`, { ...where, secret: 'een-geheim' })).status, 303);
  assert.match(await (await app.post(`${page}/plaats`, { step: 'haal' })).text(), /rows\.\*\.what \(Order Paid\)/);
  asked.length = 0;
  assert.equal((await app.post(`${page}/plaats`, { ...places, step: 'bewaar' })).status, 303);
  await until(() => app.events('planpakket').length === 3);
  await until(() => asked.length === 3);
  assert.deepEqual(asked.map((url) => new URL(url, 'http://x').searchParams.get('since')), [null, '2026-01-02T10:00:00Z', '2026-01-04T10:00:00Z']);
  assert.ok(app.events('planpakket').every(({ imported }) => imported), 'what was there before is history');
  assert.match(await app.page('/koppelingen/niet-verwerkt'), /De naam betaald noemt geen onderwerp/);

  orders.push(order(5, 'Order Sent', 5));
  await app.post(`${page}/nu`, {});
  await until(() => app.events('planpakket').length === 4);
  assert.ok(!app.events('planpakket')[3].imported);
  assert.ok(!(await app.page(page)).includes('een-geheim'), 'the secret is not shown');
});

test('what stands on a private network is not asked', async () => {
  const made = await app.post('/koppelingen/nieuw', { name: 'Stiekem', kind: 'api' });
  const page = made.headers.get('location');
  for (const [url, status] of [[`https://localhost:${other.address().port}/`, 303], ['http://localhost/', 422], ['file:///etc/passwd', 422]]) {
    assert.equal((await app.post(`${page}/waar`, { url, header: '', every: '15' })).status, status, url);
  }
  const before = asked.length;
  assert.match(await (await app.post(`${page}/plaats`, { step: 'haal' })).text(), /localhost staat op een eigen netwerk/);
  assert.equal(asked.length, before);
});

test('a table in the folder of the host is read, and not a second time', async () => {
  const made = await app.post('/koppelingen/nieuw', { name: 'Reparaties', kind: 'table' });
  const page = made.headers.get('location');
  const shown = await app.page(page);
  const folder = join(app.folder, 'incoming', 'proef');
  assert.ok(shown.replaceAll('&#x2f;', '/').includes(folder), 'the page says where');
  mkdirSync(folder, { recursive: true });
  const put = (name, text, minutes) => {
    writeFileSync(join(folder, name), text);
    const written = new Date(Date.now() - minutes * 60_000);
    utimesSync(join(folder, name), written, written);
  };
  const head = 'Zaak;Stap;Tijd\n';
  put('export-1.csv', `${head}R-1;Gemeld;01-01-2026 09:30\nR-2;Gemeld;ooit\n`, 20);
  const where = { from: 'folder', name: 'export-*.csv', time: '03:00', rows: 'events' };
  assert.equal((await app.post(`${page}/waar`, { ...where, name: '../klantreis.db' })).status, 422);
  assert.equal((await app.post(`${page}/waar`, where)).status, 303);
  assert.match(await (await app.post(`${page}/kolommen`, { step: 'haal' })).text(), /01-01-2026 09:30/);
  const gezien = JSON.stringify({ columns: ['Zaak', 'Stap', 'Tijd'], rows: [['R-1', 'Gemeld', '01-01-2026 09:30']] });
  const columns = { gezien, case: 'Zaak', name: 'Stap', time: 'Tijd', object: 'repair', step: 'bewaar' };
  assert.equal((await app.post(`${page}/kolommen`, columns)).status, 303);
  await until(() => app.events('reparaties').length === 1);
  put('export-2.csv', `${head}R-1;Gemeld;01-01-2026 09:30\nR-3;Gemeld;02-01-2026 09:30\n`, 10);
  await app.post(`${page}/nu`, {});
  await until(() => app.events('reparaties').length === 2);
  await until(async () => (await app.page(page)).includes('1 nieuw, 1 al bekend, 0 niet te gebruiken'));
  await app.post(`${page}/nu`, {});
  await until(async () => (await app.page(page)).includes('Er staat geen nieuw bestand'));
});
