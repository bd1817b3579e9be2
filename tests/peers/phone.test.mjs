// What providers of text messages and WhatsApp tell us, signed by the provider's own library and as the vendor describes it, and what
// of it shows on the pages.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { require } from '../browser/support.mjs';
import { connected } from './support.mjs';

const twilio = require('twilio');
const { getExpectedTwilioSignature } = require('twilio/lib/webhooks/webhooks');

const TOKEN = 'een-heel-geheim-token', APP_SECRET = 'app-geheim', NUMBER = '106540352242922', MOBILE = '+31612345678';
let app, provider, host;
/** What the provider was asked. */
const asked = [];

function answer(request, response) {
  let body = '';
  request.on('data', (piece) => { body += piece; });
  request.on('end', () => {
    asked.push({ path: request.url, headers: request.headers, body });
    const [status, said] = request.url.includes('/Accounts/')
      ? [201, { sid: `SM${asked.length}` }] : [200, { messages: [{ id: `wamid.${asked.length}` }] }];
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(said));
  });
}

before(async () => {
  provider = createServer(answer).listen(0, '127.0.0.1');
  await new Promise((ready) => { provider.once('listening', ready); });
  host = `127.0.0.1:${provider.address().port}`;
  app = await connected(['--fetch-from', host]);
  const base = `http://${host}`;
  const sms = { transport: 'twilio', from_name: 'Proef', from_address: '+31201234567', account: 'AC1', token: TOKEN, base };
  const whatsapp = { transport: 'whatsapp', from_name: 'Proef', from_address: '+31201234567', number: NUMBER, token: 't', app_secret: APP_SECRET, base };
  assert.equal((await app.post('/instellingen/afzenders/sms', sms)).status, 303);
  assert.equal((await app.post('/instellingen/afzenders/whatsapp', whatsapp)).status, 303);
});
after(async () => { await app?.stop(); provider?.close(); });

const address = (channel) => `${app.address}/v1/channels/proef/${channel}`;
const suppressed = () => app.page('/instellingen/niet-benaderen');

/** Posts a form as the provider of text messages does. */
function tell(form, { key = TOKEN, query = '', change = (body) => body } = {}) {
  const url = address('sms') + query;
  const signature = getExpectedTwilioSignature(key, url, form);
  assert.ok(twilio.validateRequest(key, signature, url, form), 'their validator agrees with their signer');
  return fetch(url, { method: 'POST', body: change(new URLSearchParams(form)), headers: { 'x-twilio-signature': signature } });
}

/** Posts a body as Meta does. */
function told(value, { key = APP_SECRET, change = (body) => body, number = NUMBER } = {}) {
  const body = typeof value === 'string' ? value : JSON.stringify({
    object: 'whatsapp_business_account',
    entry: [{ id: '1', changes: [{ field: 'messages', value: { messaging_product: 'whatsapp', metadata: { display_phone_number: '31201234567', phone_number_id: number }, ...value } }] }],
  });
  const signature = `sha256=${createHmac('sha256', key).update(body).digest('hex')}`;
  return fetch(address('whatsapp'), { method: 'POST', body: change(body), headers: { 'content-type': 'application/json', 'x-hub-signature-256': signature } });
}
const written = (body, id = 'wamid.in') => ({ messages: [{ from: MOBILE.slice(1), id, timestamp: String(Math.floor(Date.now() / 1000)), type: 'text', text: { body } }] });

test('what the provider\'s own library signed is taken, and nothing near it', async () => {
  const form = { MessageSid: 'SM9', SmsStatus: 'received', From: MOBILE, To: '+31201234567', Body: 'Hé, kan het later? & zo + ja', NumMedia: '0', FromCity: '' };
  const taken = await tell(form);
  assert.equal(taken.status, 200);
  assert.match(taken.headers.get('content-type'), /xml/);
  assert.match(await taken.text(), /<Response\/>$/, 'TwiML that says nothing to the customer');
  assert.equal((await tell({ ...form, MessageSid: 'SM10' }, { query: '?m=run%3A1%3Ax%3Asms&a=b%20c' })).status, 200, 'the query is signed too');
  assert.equal((await tell({ MessageSid: 'SM11', MessageStatus: 'delivered' }, { query: '?m=nobody%3Asms' })).status, 200, 'of a message that we do not know');
  const refused = [
    await tell(form, { key: 'het-token-van-een-ander' }),
    await tell(form, { change: (body) => { body.set('Body', 'STOP'); return body; } }),
    await fetch(address('sms'), { method: 'POST', body: new URLSearchParams(form) }),
  ];
  assert.deepEqual(refused.map(({ status }) => status), [401, 401, 401]);
});

test('STOP keeps text messages away and START takes it back', async () => {
  assert.doesNotMatch(await suppressed(), /\+31612345678/);
  for (let times = 0; times < 2; times++) assert.equal((await tell({ MessageSid: 'SM12', SmsStatus: 'received', From: MOBILE, Body: 'Stop.' })).status, 200);
  assert.match(await suppressed(), /\+31612345678/);
  assert.equal((await tell({ MessageSid: 'SM13', SmsStatus: 'received', From: MOBILE, Body: 'START' })).status, 200);
  assert.doesNotMatch(await suppressed(), /\+31612345678/);
});

test('a test message goes as the provider takes it', async () => {
  const sent = await app.post('/instellingen/afzenders/sms/proef', { to: '06 1234 5678' });
  assert.equal(sent.status, 303, await sent.text());
  const { path, headers, body } = asked.at(-1);
  const form = new URLSearchParams(body);
  assert.deepEqual([path, form.get('To'), form.get('From')], ['/2010-04-01/Accounts/AC1/Messages.json', MOBILE, '+31201234567']);
  assert.equal(headers.authorization, `Basic ${Buffer.from(`AC1:${TOKEN}`).toString('base64')}`);
  const [code] = form.get('Body').match(/[A-Z0-9]{4}-[A-Z0-9]{4}/);
  assert.equal((await app.post('/instellingen/afzenders/sms/code', { code })).headers.get('location'), '/instellingen/afzenders');
});

test('a text goes by WhatsApp only after the customer wrote', async () => {
  const test = () => app.post('/instellingen/afzenders/whatsapp/proef', { to: MOBILE });
  const early = await test();
  assert.match(await early.text(), /langer dan 24 uur geleden/);
  const refused = [
    await told(written('Hallo'), { key: 'een-ander' }),
    await told(written('Hallo'), { change: (body) => body.replace('Hallo', 'STOP ') }),
    await fetch(address('whatsapp'), { method: 'POST', body: '{}' }),
  ];
  assert.deepEqual(refused.map(({ status }) => status), [401, 401, 401]);
  assert.equal((await told(written('Hallo'), { number: '999' })).status, 200, 'of another number: not ours to hear');
  assert.match(await (await test()).text(), /langer dan 24 uur geleden/);
  assert.equal((await told(written('Hallo 😀'))).status, 200);
  const sent = await test();
  assert.equal(sent.status, 303, await sent.text());
  const body = JSON.parse(asked.at(-1).body);
  assert.deepEqual([body.type, body.to, asked.at(-1).path], ['text', MOBILE, `/v23.0/${NUMBER}/messages`]);
});

test('whatever Meta shows as examples is taken, in a batch and again', async (one) => {
  const folder = process.env.KLANTREIS_DATA ?? new URL('../../../shared/data', import.meta.url).pathname;
  const file = join(folder, 'channels/whatsapp-business-messaging-v23.0.openapi.yaml');
  if (!existsSync(file)) return one.skip(`${file} is absent`);
  const document = require('@stoplight/yaml').parse(readFileSync(file, 'utf8'));
  const { examples } = document.paths['/whatsapp/webhooks'].post.requestBody.content['application/json'];
  const bodies = Object.values(examples).map(({ value }) => value);
  assert.ok(bodies.length >= 10, `${bodies.length} examples`);
  const ours = bodies.map((body) => JSON.stringify(body).replaceAll(/"phone_number_id":"[^"]*"/g, `"phone_number_id":"${NUMBER}"`));
  for (const body of [...ours, ...ours]) assert.equal((await told(body)).status, 200, body);
  const batch = JSON.stringify({ object: 'whatsapp_business_account', entry: ours.flatMap((body) => JSON.parse(body).entry ?? []) });
  assert.equal((await told(batch)).status, 200);
});

test('what makes no sense is taken and forgotten, what is too large is not', async () => {
  for (const body of ['nee', '[]', '{"entry":[{"changes":[{"value":null}]}]}', '{"entry":{"a":1}}']) assert.equal((await told(body)).status, 200, body);
  assert.equal((await told(`"${'x'.repeat(3 * 1024 * 1024)}"`)).status, 413);
});
