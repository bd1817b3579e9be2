// How facts come in: a source with a key that is shown once, events by that key, what could not be used, and a file.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { begun, follow, open, press, says, send, sound, then, until } from './support.mjs';

let app, page, end, key, source;

before(async () => { ({ app, page, end } = await begun()); });

after(() => end?.());

/** Sends one event. */
const track = (body) => send(app, key, 'track', body);

test('a source gets a key that is shown once', async () => {
  await open(page, app, '/koppelingen');
  await follow(page, 'Voeg de eerste bron toe');
  await page.fill('[name=name]', 'Planpakket');
  await press(page, 'Maak de bron');
  await says(page, 'Dit is de enige keer dat u deze sleutel ziet');
  key = (await page.innerText('.secret output')).trim();
  assert.ok(key.length >= 20, key);
  assert.ok((await page.innerText('pre >> nth=0')).includes(key), 'the example can be used as it stands');
  await until(page, app, '/koppelingen', /wacht op de eerste gebeurtenis/);
  await follow(page, 'Planpakket');
  source = new URL(page.url()).pathname;
  assert.ok(!(await page.content()).includes(key), 'it is not shown again');
});

test('an event sent with that key arrives and shows', async () => {
  const answer = await track({ messageId: 'm-1', userId: '10234', event: 'Appointment Booked', properties: { id: 'A-1', start: '2026-11-27T08:00:00+01:00' } });
  assert.equal(answer.status, 200, await answer.text());
  await until(page, app, source, /ontvangt[\s\S]*Ontvangen\s+1/);
  await until(page, app, '/klanten', /10234|Klanten?\s*1|Laatst veranderd\s*1/);
});

test('without a good key nothing comes in', async () => {
  const right = key;
  key = 'fout';
  assert.equal((await track({ userId: '1', event: 'Appointment Booked' })).status, 401);
  key = right;
});

test('what cannot be used is kept with its reason, offered again and thrown away', async () => {
  assert.equal((await track({ messageId: 'm-2', userId: '10234', event: '' })).status, 200);
  await until(page, app, '/koppelingen/niet-verwerkt', /Planpakket/);
  await page.getByText('Zoals zij binnenkwam').first().click();
  await says(page, 'm-2');
  await press(page, 'Bied opnieuw aan');
  await says(page, 'nog steeds niet te lezen');
  await press(page, 'Gooi weg');
  await says(page, 'De gebeurtenis is weggegooid', 'Alles wat binnenkwam is verwerkt');
});

test('a table of events is read in, with its columns recognised and its mistakes told', async () => {
  await open(page, app, '/koppelingen');
  await follow(page, 'Bestand inlezen');
  const lines = ['Klantnummer;Gebeurtenis;Tijdstip;Kanaal'];
  for (let n = 0; n < 200; n++) lines.push(`K-${n % 40};aanvraag.${n % 2 ? 'beoordeeld' : 'ingediend'};2026-10-${String(1 + (n % 28)).padStart(2, '0')} 10:${String(n % 60).padStart(2, '0')};balie`);
  lines.push('K-1;aanvraag.ingediend;gisteren;balie');
  await page.setInputFiles('[name=file]', { name: 'aanvragen.csv', mimeType: 'text/csv', buffer: Buffer.from(lines.join('\n')) });
  await press(page, 'Verder');
  await says(page, 'Welke kolom is wat?');
  const recognised = await page.$$eval('select', (found) => Object.fromEntries(found.map((one) => [one.name, one.value])));
  assert.equal(recognised.customer, 'Klantnummer');
  assert.equal(recognised.time, 'Tijdstip');
  await page.selectOption('[name=name]', 'Gebeurtenis');
  await press(page, 'Lees in');
  await page.locator('.state.live', { hasText: 'ingelezen' }).waitFor();
  await sound(page, 'the report of an import');
  await says(page, /Gelezen regels\s+201/, /Nieuwe gebeurtenissen\s+200/, 'Overgeslagen');
  await says(page, /202|201/, 'gisteren');
  await open(page, app, '/koppelingen/inlezen');
  await says(page, 'aanvragen.csv', 'ingelezen');
});

test('customers with their consents come from a table too', async () => {
  await open(page, app, '/koppelingen/inlezen');
  await page.check('[name=kind][value=customers]');
  const table = 'nummer,voornaam,achternaam,email,marketing\nK-1,Anna,Smit,anna@example.org,ja\nK-2,Bram,de Wit,geen adres,nee\n';
  await page.setInputFiles('[name=file]', { name: 'klanten.csv', mimeType: 'text/csv', buffer: Buffer.from(table) });
  await press(page, 'Verder');
  await press(page, 'Lees in');
  await page.locator('.state.live', { hasText: 'ingelezen' }).waitFor();
  await open(page, app, '/klanten?zoek=smit');
  await then(page, () => page.locator('tbody .name').first().click());
  await says(page, 'Anna Smit', 'anna@example.org', /Aanbiedingen\s+ja/);
});

test('an API key is shown once and can be withdrawn', async () => {
  await open(page, app, '/instellingen/sleutels');
  await page.fill('[name=name]', 'Rapportage');
  await press(page, 'Maak een sleutel');
  const secret = (await page.innerText('.secret output')).trim();
  await open(page, app, '/instellingen/sleutels');
  assert.ok(!(await page.content()).includes(secret));
  await press(page, 'Trek in: sleutel Rapportage');
  await says(page, 'Sleutel Rapportage is ingetrokken');
});

test('another system is told what happens: a secret once, a test, a pause', async () => {
  await open(page, app, '/koppelingen');
  await follow(page, 'Nieuwe webhook');
  await page.fill('[name=name]', 'Kassa');
  await page.fill('[name=address]', 'http://kassa.invalid/hook');
  await page.getByLabel('Een taak is klaar').check();
  await press(page, 'Maak de webhook');
  await says(page, 'begint niet met https');
  assert.ok(await page.getByLabel('Een taak is klaar').isChecked(), 'nothing typed is lost');
  await page.fill('[name=address]', 'https://kassa.invalid/hook');
  await press(page, 'Maak de webhook');
  await says(page, 'Dit is de enige keer dat u dit geheim ziet', 'Nog niets bezorgd');
  assert.match(await page.innerText('.secret output'), /^whsec_/);
  await open(page, app, '/koppelingen');
  await follow(page, 'Kassa');
  await press(page, 'Stuur een proef');
  await says(page, 'De proef is niet aangenomen', 'kassa.invalid', 'Een proef', 'niet bezorgd');
  await press(page, 'Nieuw geheim');
  await says(page, 'Het vorige geheim tekent nog mee');
  await open(page, app, '/koppelingen');
  await follow(page, 'Kassa');
  await press(page, 'Zet stil');
  await says(page, 'De webhook staat stil');
  await press(page, 'Ga verder');
  await press(page, 'Verwijder deze webhook');
  await says(page, 'De webhook Kassa is verwijderd', 'Nog geen systeem krijgt bericht');
});
