// Other systems that are told what happens by the real binary, checked by the public library of Standard Webhooks.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { require } from '../browser/support.mjs';
import { connected, shown } from './support.mjs';

const { Webhook } = require('standardwebhooks');

let app, other, host, path, secret;
/** What came, and with what status it is answered. */
const came = [];
let status = 204;

function take(request, response) {
  let body = '';
  request.on('data', (piece) => { body += piece; });
  request.on('end', () => {
    came.push({ headers: request.headers, body });
    response.writeHead(status).end();
  });
}

before(async () => {
  other = createServer(take).listen(0, '127.0.0.1');
  await new Promise((ready) => { other.once('listening', ready); });
  host = `127.0.0.1:${other.address().port}`;
  app = await connected(['--fetch-from', host]);
  const made = await app.post('/koppelingen/uit/nieuw', { name: 'Kassa', address: `http://${host}/hook`, kind: 'consent.changed' });
  [secret] = await shown(made);
  path = (await app.page('/koppelingen')).replaceAll('&#x2f;', '/').match(/href="(\/koppelingen\/uit\/[0-9a-f]+)"/)[1];
});
after(async () => { await app?.stop(); other?.close(); });

async function until(holds) {
  for (let tries = 0; tries < 300; tries++) {
    if (await holds()) return;
    await new Promise((later) => { setTimeout(later, 100); });
  }
  assert.fail('it did not come');
}

/** A customer gives or withdraws a consent. */
async function consents(given) {
  const said = await fetch(`${app.address}/v1/identify`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Basic ${btoa(`${app.key}:`)}` },
    body: JSON.stringify({ userId: 'k-1', messageId: `consent-${given}-${Math.random()}`, traits: { email: 'anna@example.nl', last_name: 'Jansen', consents: { marketing: given } } }),
  });
  assert.equal(said.status, 200, await said.text());
}

const verified = ({ headers, body }, key = secret) => new Webhook(key).verify(body, headers);

test('what happens arrives, signed, and holds no address and no name', async () => {
  await consents(true);
  await until(() => came.length === 1);
  const told = verified(came[0]);
  assert.equal(told.type, 'consent.changed');
  assert.deepEqual(told.data.consents, [{ purpose: 'marketing', given: true }]);
  assert.deepEqual(told.data.customer.known_as, ['k-1']);
  assert.ok(!came[0].body.includes('anna') && !came[0].body.includes('Jansen'));
  assert.equal(came[0].headers['content-type'], 'application/json');
  assert.throws(() => new Webhook(secret).verify(came[0].body.replace('true', 'false'), came[0].headers));
  assert.match(await app.page(path), /bezorgd \(204\)/);
});

test('while the secret is changed both sign', async () => {
  const [fresh] = await shown(await app.post(`${path}/geheim`, {}));
  assert.notEqual(fresh, secret);
  assert.equal((await app.post(`${path}/proef`, {})).status, 303);
  assert.equal(came.length, 2);
  assert.equal(verified(came[1]).type, 'endpoint.test');
  assert.equal(verified(came[1], fresh).type, 'endpoint.test');
  assert.equal(came[1].headers['webhook-signature'].split(' ').length, 2);
  secret = fresh;
});

test('what fails is tried again under the same id, and who is gone hears no more', async () => {
  status = 503;
  await consents(false);
  await until(() => came.length === 3);
  status = 200;
  await until(() => came.length === 4);
  assert.equal(came[2].headers['webhook-id'], came[3].headers['webhook-id']);
  assert.deepEqual(verified(came[3]).data.consents, [{ purpose: 'marketing', given: false }]);
  status = 410;
  await consents(true);
  await until(async () => (await app.page(path)).includes('dat dit adres voorgoed weg is'));
  const before = came.length;
  await consents(false);
  await new Promise((later) => { setTimeout(later, 2_500); });
  assert.equal(came.length, before);
});
