// Text messages and WhatsApp in a real browser: settings with their mistakes, a test message, and what a customer writes back.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import { begun, open, PHONE, press, says, until } from './support.mjs';

const TOKEN = 'een-heel-geheim-token', MOBILE = '+31612345678';
let app, page, provider, end;
/** What the provider was asked to send. */
const asked = [];

before(async () => {
  provider = createServer((request, response) => {
    let body = '';
    request.on('data', (piece) => { body += piece; });
    request.on('end', () => {
      asked.push(new URLSearchParams(body));
      response.writeHead(201, { 'content-type': 'application/json' }).end(JSON.stringify({ sid: `SM${asked.length}` }));
    });
  }).listen(0, '127.0.0.1');
  await new Promise((ready) => { provider.once('listening', ready); });
  const serve = ['--fetch-from', `127.0.0.1:${provider.address().port}`];
  ({ app, page, end } = await begun({ serve, ...PHONE.viewport }));
});
after(async () => { await end?.(); provider?.close(); });

/** Posts a form to the address on the page, signed as the provider does. */
async function tell(address, form) {
  const signed = address + Object.keys(form).sort().map((name) => name + form[name]).join('');
  const signature = createHmac('sha1', TOKEN).update(signed).digest('base64');
  const answer = await fetch(address, { method: 'POST', body: new URLSearchParams(form), headers: { 'x-twilio-signature': signature } });
  assert.equal(answer.status, 200);
}

test('what is wrong is told beside it, and nothing that was typed is lost', async () => {
  await open(page, app, '/instellingen/afzenders/sms');
  await page.fill('[name=from_address]', '112');
  await page.fill('[name=account]', 'AC 1');
  await page.fill('[name=base]', 'sms.example.nl');
  await press(page, 'Bewaar');
  await says(page, '4 velden moeten nog anders', 'Vul het Account SID in zoals het bij de aanbieder staat', 'Plak wat de aanbieder hiervoor geeft');
  assert.equal(await page.inputValue('[name=account]'), 'AC 1');
});

test('a sender of text messages works once the code came back', async () => {
  await page.fill('[name=from_address]', '020 123 45 67');
  await page.fill('[name=account]', 'AC1');
  await page.fill('[name=token]', TOKEN);
  await page.fill('[name=base]', `http://127.0.0.1:${provider.address().port}`);
  await press(page, 'Bewaar');
  await says(page, 'De afzender is bewaard', 'Meldingen van de aanbieder', '/v1/channels/bibliotheek-rijnoever/sms', 'Is bewaard. Laat leeg om het te houden.');
  await page.fill('[name=to]', '06 1234 5678');
  await press(page, 'Stuur mij een proef');
  const sent = asked.at(-1);
  assert.equal(sent.get('To'), MOBILE);
  await page.fill('[name=code]', sent.get('Body').match(/[A-Z0-9]{4}-[A-Z0-9]{4}/)[0]);
  await press(page, 'Controleer');
  await says(page, 'De afzender werkt', 'Twilio of een aanbieder die hetzelfde spreekt');
});

test('what somebody writes back waits for an answer, and STOP is kept', async () => {
  await open(page, app, '/instellingen/afzenders/sms');
  const address = (await page.innerText('.panel output')).trim();
  await tell(address, { MessageSid: 'SM90', SmsStatus: 'received', From: MOBILE, Body: 'Kan het boek een week later?' });
  await until(page, app, '/vandaag', /antwoord/i);
  await tell(address, { MessageSid: 'SM91', SmsStatus: 'received', From: MOBILE, Body: 'STOP' });
  await open(page, app, '/instellingen/niet-benaderen');
  await says(page, MOBILE, 'afgemeld');
});

test('WhatsApp says what Meta has to know, and why a test does not go yet', async () => {
  await open(page, app, '/instellingen/afzenders/whatsapp');
  await page.fill('[name=from_address]', '+31201234567');
  await page.fill('[name=number]', '106540352242922');
  await page.fill('[name=token]', 'EAAG');
  await page.fill('[name=app_secret]', 'geheim');
  await press(page, 'Bewaar');
  await says(page, 'Verify token dat Meta daarbij vraagt', 'Stuur daarom eerst vanaf uw telefoon een WhatsApp-bericht');
  await page.fill('[name=to]', MOBILE);
  await Promise.all([page.waitForResponse((one) => one.status() === 422), page.getByRole('button', { name: 'Stuur mij een proef' }).click()]);
  await page.waitForLoadState();
  await says(page, 'langer dan 24 uur geleden');
  page.wrong = page.wrong.filter((one) => !one.startsWith('422'));
});
