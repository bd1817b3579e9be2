// Clients that run in a visitor's browser, on a site of another origin, and Rudder's, which says of its gzip that it is a form.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { browser, require } from '../browser/support.mjs';
import { connected } from './support.mjs';

let app, shop, chromium;

/** The whole folder of a package, whatever it exports. */
const inside = (name, ...path) => join(dirname(require.resolve(name)).replace(/(node_modules\/(@[^/]+\/)?[^/]+)\/.*/, '$1'), ...path);

/** A site of somebody else's with the clients' programs on it. */
async function site() {
  const files = { '/segment.js': inside('@segment/analytics-next', 'dist/umd/index.js'), '/jitsu.js': inside('@jitsu/js', 'dist/jitsu.es.js') };
  const server = createServer((asked, answer) => {
    const path = asked.url.split('?')[0];
    if (files[path]) return answer.writeHead(200, { 'content-type': 'text/javascript' }).end(readFileSync(files[path]));
    answer.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>Winkel</title><h1>Winkel</h1>');
  });
  await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
  return { url: `http://127.0.0.1:${server.address().port}`, close: () => server.close() };
}

/** Waits until a source has so many events. */
async function until(count, source = 'webwinkel') {
  for (let turn = 0; turn < 100; turn += 1) {
    const events = app.events(source);
    if (events.length >= count) return events;
    await pause(100);
  }
  return assert.fail(`only ${app.events(source).length} events came`);
}

before(async () => { [app, shop, chromium] = [await connected(), await site(), await browser()]; });
after(async () => { shop?.close(); await chromium?.close(); await app?.stop(); });

test('analytics-next asks for its settings and sends from another origin', async () => {
  const page = await chromium.newPage();
  const asked = [];
  page.on('request', (request) => asked.push(`${request.method()} ${new URL(request.url()).pathname}`));
  await page.goto(`${shop.url}/laarzen?maat=41`);
  await page.addScriptTag({ url: '/segment.js' });
  await page.evaluate(async ([writeKey, cdnURL]) => {
    const analytics = window.AnalyticsNext.AnalyticsBrowser.load({ writeKey, cdnURL });
    await analytics.page('Laarzen');
    await analytics.identify('klant-9', { firstName: 'Anna', email: 'anna@example.org' });
    await analytics.track('Order Placed', { orderId: 'O-9', total: 79.5 });
    await analytics.group('gezin-4', { size: 3 });
    await analytics.alias('klant-9-nieuw', 'klant-9');
  }, [app.key, app.address]);
  const events = await until(5);
  assert.deepEqual(events.map(({ name }) => name), ['page.viewed', 'customer.identified', 'order.placed', 'customer.grouped', 'customer.identified']);
  for (const path of [`GET /v1/projects/${app.key}/settings`, 'POST /v1/p', 'POST /v1/i', 'POST /v1/t', 'POST /v1/g', 'POST /v1/a']) {
    assert.ok(asked.includes(path), `${path} in ${asked.join(', ')}`);
  }
  const [seen, who, order] = events;
  assert.equal(seen.properties.page, '/laarzen');
  assert.ok(seen.identity.anonymous);
  assert.deepEqual([who.identity.customer, who.properties], ['klant-9', {}], 'who a customer is is not taken from a page');
  assert.deepEqual([order.identity.customer, order.properties.order_id], ['klant-9', 'O-9']);
  await page.close();
});

test('a key that nobody has gives no settings', async () => {
  const answer = await fetch(`${app.address}/v1/projects/onzin/settings`, { headers: { origin: shop.url } });
  assert.equal(answer.status, 404);
});

test('text/plain with the key in the body is taken, and no cookie is asked for', async () => {
  const answer = await fetch(`${app.address}/v1/t`, {
    method: 'POST', headers: { 'content-type': 'text/plain', origin: shop.url },
    body: JSON.stringify({ writeKey: app.key, userId: 'klant-9', event: 'Order Paid', messageId: 'plain-1', properties: { id: 'O-9' } }),
  });
  assert.equal(answer.status, 200);
  assert.equal(answer.headers.get('access-control-allow-origin'), '*');
  assert.equal(answer.headers.get('access-control-allow-credentials'), null);
  assert.equal(app.stored('plain-').length, 1);
});

test('Jitsu, from a browser', async () => {
  const before = app.events('webwinkel').length;
  const page = await chromium.newPage();
  const errors = [];
  page.on('console', (message) => { if (message.type() === 'error') errors.push(message.text()); });
  await page.goto(`${shop.url}/jassen`);
  await page.evaluate(async ([key, host]) => {
    const { jitsuAnalytics } = await import('/jitsu.js');
    const jitsu = jitsuAnalytics({ host, writeKey: `klantreis:${key}` });
    await jitsu.identify('klant-12', { email: 'bram@example.org' });
    await jitsu.track('Order Placed', { orderId: 'O-12' });
    await jitsu.page({ path: '/jassen' });
  }, [app.key, app.address]);
  const events = (await until(before + 3)).slice(before);
  const order = events.find(({ name }) => name === 'order.placed');
  assert.deepEqual([order.identity.customer, order.properties.order_id], ['klant-12', 'O-12']);
  assert.deepEqual(events.find(({ name }) => name === 'customer.identified').properties, {});
  assert.equal(events.find(({ name }) => name === 'page.viewed').properties.page, '/jassen');
  assert.deepEqual(errors.filter((error) => !/favicon|404/.test(error)), []);
  await page.close();
});

test('Rudder, whose gzip calls itself a form', async () => {
  const rudder = require('@rudderstack/rudder-sdk-node');
  const Client = rudder.default ?? rudder;
  const client = new Client(app.key, { dataPlaneUrl: app.address, path: '/v1/batch', flushAt: 2, gzip: true });
  client.identify({ userId: 'klant-20', messageId: 'rudder-0', traits: { firstName: 'Cor' } });
  client.track({ userId: 'klant-20', event: 'Order Placed', messageId: 'rudder-1', properties: { orderId: 'O-20' } });
  await new Promise((done) => { client.flush(done); });
  for (let turn = 0; turn < 50 && app.stored('rudder-').length < 2; turn += 1) await pause(100);
  assert.deepEqual(app.stored('rudder-'), [['rudder-0', 1], ['rudder-1', 1]]);
  const who = app.events('webwinkel').find(({ id }) => id === 'rudder-0');
  assert.equal(who.properties.first_name, 'Cor');
});
