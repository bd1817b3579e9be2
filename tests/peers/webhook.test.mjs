// Webhooks signed by the public library of Standard Webhooks, and CloudEvents written by the public SDK.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { require } from '../browser/support.mjs';
import { connected, shown } from './support.mjs';

const { Webhook } = require('standardwebhooks');
const { CloudEvent, HTTP } = require('cloudevents');

let app, address, secret;

before(async () => {
  app = await connected();
  [secret, address] = await shown(await app.post('/koppelingen/nieuw', { name: 'Kassa', kind: 'webhook' }));
});
after(async () => { await app?.stop(); });

/** Delivers as Standard Webhooks does. */
function deliver(id, body, { at = new Date(), key = secret, change = (text) => text } = {}) {
  const text = JSON.stringify(body);
  return fetch(address, {
    method: 'POST', body: change(text),
    headers: {
      'content-type': 'application/json', 'webhook-id': id, 'webhook-timestamp': String(Math.floor(at / 1000)),
      'webhook-signature': new Webhook(key).sign(id, at, text),
    },
  });
}

const sale = (bon, klant = 7) => ({ klant, regels: [{ wat: 'verkocht', bon }, { wat: 'retour', bon: `${bon}-r` }] });
const places = {
  sample: JSON.stringify(sale('B-0')), list: 'list:regels', name: 'regels.*.wat', always: '',
  names: 'verkocht = order.completed\nretour = order.returned', customer: 'klant', time: '', id: '', properties: '',
};

test('what is not signed, or signed by another, or long ago, is refused', async () => {
  const refused = [
    await fetch(address, { method: 'POST', body: '{}' }),
    await deliver('a', {}, { key: `whsec_${Buffer.from('a secret of somebody else').toString('base64')}` }),
    await deliver('a', {}, { at: new Date(Date.now() - 6 * 60_000) }),
    await deliver('a', { a: 1 }, { change: (text) => text.replace('1', '2') }),
    await fetch(address.replace(/kassa$/, 'onbekend'), { method: 'POST', body: '{}' }),
  ];
  assert.deepEqual(refused.map(({ status }) => status), [401, 401, 401, 401, 401]);
});

test('a delivery waits until someone points at it, and is then sent', async () => {
  assert.equal((await deliver('msg_0', sale('B-0'))).status, 200);
  assert.equal(app.events('kassa').length, 0);
  const page = await app.page('/koppelingen/bron/kassa/webhook');
  assert.match(page, /regels\.\*\.wat \(verkocht\)/, 'its places are offered');
  const looked = await (await app.post('/koppelingen/bron/kassa/webhook/plaats', { ...places, step: 'bekijk' })).text();
  assert.match(looked, /Wordt order\.completed, over 7\./);
  const wrong = await app.post('/koppelingen/bron/kassa/webhook/plaats', { ...places, list: 'one', step: 'bewaar' });
  assert.equal(wrong.status, 422);
  assert.match(await wrong.text(), /id="remark-name"/);
  assert.equal((await app.post('/koppelingen/bron/kassa/webhook/plaats', { ...places, step: 'bewaar' })).status, 303);
  const sent = await app.post('/koppelingen/niet-verwerkt/verbeteren', { bron: 'kassa', reden: 'no_mapping', doe: 'niets' });
  assert.match(await sent.text(), /2 gebeurtenissen gingen door/);
  assert.deepEqual(app.events('kassa').map(({ name }) => name), ['order.completed', 'order.returned']);
});

test('a delivery gives its events once, however often it is sent', async () => {
  const before = app.events('kassa').length;
  const answers = [await deliver('msg_1', sale('B-1')), await deliver('msg_1', sale('B-1'))];
  const said = await Promise.all(answers.map((answer) => answer.json()));
  assert.deepEqual(said.map(({ received, duplicate }) => [received, duplicate]), [[2, 0], [0, 2]]);
  const events = app.events('kassa').slice(before);
  assert.deepEqual(events.map(({ id }) => id), ['msg_1/0', 'msg_1/1']);
  assert.deepEqual([events[0].identity.customer, events[0].properties.bon], ['7', 'B-1']);
});

test('an HMAC of one\'s own header, and a secret in a header', async () => {
  const key = 'een-geheim-van-de-kassa';
  await app.post('/koppelingen/bron/kassa/webhook/bewijs', { way: 'hmac', header: 'X-Kassa', secret: key });
  const body = JSON.stringify(sale('B-2'));
  const signed = createHmac('sha256', key).update(body).digest('hex');
  const send = (headers) => fetch(address, { method: 'POST', body, headers });
  assert.equal((await send({ 'x-kassa': `sha256=${signed}` })).status, 200);
  assert.equal((await send({ 'x-kassa': `sha256=${signed.replace(/^./, (one) => (one === '0' ? '1' : '0'))}` })).status, 401);
  await app.post('/koppelingen/bron/kassa/webhook/bewijs', { way: 'bearer', header: '', secret: key });
  assert.equal((await send({ authorization: `Bearer ${key}` })).status, 200);
  assert.equal((await send({ authorization: 'Bearer iets-anders' })).status, 401);
  assert.ok(!(await app.page('/koppelingen/bron/kassa/webhook')).includes(key), 'a secret is not shown again');
});

test('CloudEvents: binary, structured and batched', async () => {
  const event = (id) => new CloudEvent({
    id, source: '/planning', type: 'nl.rijnoever.afspraak.gemaakt.v1', subject: `A-${id}`, time: '2026-01-05T09:30:00+01:00',
    data: { customerId: 10234, plaats: 'Zutphen' },
  });
  const send = ({ headers, body }) => fetch(`${app.address}/v1/events`, {
    method: 'POST', headers: { ...headers, authorization: `Bearer ${app.key}` }, body,
  });
  const batch = { headers: { 'content-type': 'application/cloudevents-batch+json' }, body: JSON.stringify([event('3'), event('4'), event('1')]) };
  const said = [];
  for (const message of [HTTP.binary(event('1')), HTTP.structured(event('2')), batch]) {
    const answer = await send(message);
    assert.equal(answer.status, 200, await answer.clone().text());
    said.push(await answer.json());
  }
  assert.deepEqual(said.map(({ received, duplicate }) => [received, duplicate]), [[1, 0], [1, 0], [2, 1]]);
  const events = app.events('webwinkel');
  assert.deepEqual(events.map(({ id }) => id), ['/planning#1', '/planning#2', '/planning#3', '/planning#4']);
  for (const { name, identity, properties } of events) {
    assert.deepEqual([name, identity.customer, properties.plaats], ['afspraak.gemaakt', '10234', 'Zutphen']);
  }
  assert.equal(events[0].properties.id, 'A-1');
});
