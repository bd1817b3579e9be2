// Letters: asked for by a journey, printed, posted or put back; the sender is proven by a letter that one reads.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { begun, follow, keyOf, open, press, says, send, sound, until } from './support.mjs';

const journey = '/klantreizen/woning-reparatie';
let app, page, end;

before(async () => { ({ app, page, end } = await begun({ demo: ['--days', '2', '--scale', '0.2'] })); });

after(() => end?.());

/** The text of a PDF as another program reads it. */
async function read(answer) {
  assert.equal(answer.headers()['content-type'], 'application/pdf');
  const ran = spawnSync('pdftotext', ['-layout', '-', '-'], { input: await answer.body(), encoding: 'utf8' });
  assert.equal(ran.status, 0, ran.stderr);
  return ran.stdout;
}

async function onEveryScreen(what) {
  for (const width of [390, 1024, 1600]) {
    await page.setViewportSize({ width, height: 900 });
    await sound(page, `${what}, ${width} wide`);
  }
  await page.setViewportSize({ width: 1280, height: 900 });
}

test('the sender of letters has an envelope, and is proven by a letter', async () => {
  await open(page, app, '/berichten');
  await follow(page, 'Post');
  await says(page, 'Er wachten geen brieven.');
  await onEveryScreen('an empty queue');
  await open(page, app, '/instellingen/afzenders/post');
  await page.fill('[name=from_address]', 'Postbus 12, 6800 AA Arnhem');
  await page.selectOption('[name=window]', 'right');
  await press(page, 'Bewaar');
  await says(page, 'nog niet getest');
  const proof = await page.request.post(`${app.address}/instellingen/afzenders/post/proef`, { form: {}, headers: { origin: app.address, 'sec-fetch-site': 'same-origin' } });
  const [code] = (await read(proof)).match(/[A-Z0-9]{4}-[A-Z0-9]{4}/) ?? [];
  assert.ok(code, 'the code stands in the letter');
  await follow(page, 'Ik heb een code');
  await page.fill('[name=code]', code);
  await press(page, 'Controleer');
  await says(page, 'De afzender werkt.');
});

test('a journey asks for letters, and they wait with what is wrong of their address', async () => {
  await open(page, app, `${journey}/concept/tekst`);
  const area = page.locator('textarea[name=text]');
  const text = await area.inputValue();
  const [before, rest] = [text.slice(0, text.indexOf('- id: bevestiging')), text.slice(text.indexOf('- id: bevestiging'))];
  await area.fill(before + rest.replace(/channel: \[[^\]]*\]/, 'channel: [post]'));
  await press(page, 'Bewaar');
  await open(page, app, `${journey}/concept/live`);
  await press(page, 'Zet deze versie live');
  const key = await keyOf(page, app, 'Telefooncentrale');
  const day = new Date(Date.now() + 9 * 86_400_000).toISOString().slice(0, 10);
  const of = (who, postcode) => [
    { type: 'identify', messageId: `${who}-1`, userId: who, traits: { last_name: who, salutation: 'mevrouw', street: 'Kade 1', postcode, town: 'Arnhem' } },
    { type: 'track', messageId: `${who}-2`, userId: who, event: 'repair.reported', properties: { id: `r-${who}`, kind: 'lekkage' } },
    { type: 'track', messageId: `${who}-3`, userId: who, event: 'appointment.booked', properties: { id: `a-${who}`, repair_id: `r-${who}`, status: 'booked', start: `${day}T09:00:00Z`, end: `${day}T11:00:00Z` } },
  ];
  const batch = [...of('Zeeman', '6821 AB'), ...of('Postma', '6821 AC'), ...of('Boot', 'onbekend')];
  assert.equal((await send(app, key, 'batch', { batch })).status, 200);
  await until(page, app, '/berichten/post', /Mevrouw Zeeman[\s\S]*Mevrouw Postma|Mevrouw Postma[\s\S]*Mevrouw Zeeman/);
  await until(page, app, '/berichten/post', /De postcode klopt niet/);
  await onEveryScreen('letters that wait');
});

test('all are printed on one pile, one is put back, the pile is posted', async () => {
  await press(page, 'Print alles');
  await says(page, 'Stapel van', 'geprint, nog niet gepost', 'kan niet op de post', 'Kade 1');
  await onEveryScreen('a pile');
  const pile = new URL(page.url()).pathname;
  const letters = await read(await page.request.get(`${app.address}${pile}/brieven.pdf`));
  assert.match(letters, /Mevrouw Zeeman\s+Kade 1\s+6821 AB\s+Arnhem/);
  assert.match(letters, /Beste mevrouw Postma,/);
  assert.match(await read(await page.request.get(`${app.address}${pile}/etiketten.pdf`)), /Mevrouw Zeeman/);
  await press(page, /Leg terug\s*: Mevrouw Postma/);
  await says(page, 'De brief wacht weer.');
  await press(page, 'De stapel is gepost');
  await says(page, 'als verzonden', 'Mevrouw Postma');
  await open(page, app, '/berichten?kanaal=post&stand=sent');
  await says(page, 'Mevrouw Zeeman');
  await open(page, app, '/berichten/post/paklijst');
  await onEveryScreen('the packing list');
});
