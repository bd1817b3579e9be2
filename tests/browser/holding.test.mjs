// A storm: staff hold messages of an area back, send one notice instead, and release them. And why messages went or did not.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { begun, follow, keyOf, open, press, says, send, until } from './support.mjs';

const journey = 'woning-reparatie';
let app, page, end;

before(async () => { ({ app, page, end } = await begun({ demo: ['--days', '14'] })); });

after(() => end?.());

/** A tenant in the area books an appointment. */
async function books() {
  const key = await keyOf(page, app, 'Telefooncentrale');
  const about = { userId: 'zeeman' };
  const day = new Date(Date.now() + 6 * 86_400_000).toISOString().slice(0, 10);
  const appointment = { id: 'a-storm', repair_id: 'r-storm', status: 'booked', start: `${day}T09:00:00Z`, end: `${day}T11:00:00Z` };
  const batch = [
    { type: 'identify', messageId: 's-1', ...about, traits: { last_name: 'Zeeman', salutation: 'mevrouw', email: 'zeeman@example.org', postcode: '9999 AB' } },
    { type: 'track', messageId: 's-2', ...about, event: 'repair.reported', properties: { id: 'r-storm', kind: 'lekkage' } },
    { type: 'track', messageId: 's-3', ...about, event: 'appointment.booked', properties: appointment },
  ];
  assert.equal((await send(app, key, 'batch', { batch })).status, 200);
}

test('messages of an area are held back, after one saw what that touches', async () => {
  await open(page, app, '/berichten');
  await follow(page, 'Berichten vasthouden');
  await says(page, 'Er wordt nu niets vastgehouden.');
  await follow(page, 'Houd berichten vast');
  await page.fill('[name=title]', 'Storm op zee');
  await page.fill('[name=postcodes]', '9999-');
  await press(page, 'Bekijk wat dit raakt');
  await says(page, 'Schrijf postcodes of het begin ervan');
  assert.equal(await page.inputValue('[name=title]'), 'Storm op zee', 'what was typed stays');
  await page.fill('[name=postcodes]', '9999');
  await page.check('[name=tell]');
  await page.fill('[name=subject]', 'Door de storm komt alles later');
  await page.fill('[name=text]', '{{ salutation }},\n\nDoor de storm komt onze vakman later. Wij bellen {{ naam }}.');
  await press(page, 'Bekijk wat dit raakt');
  await says(page, 'Zo kan de mededeling niet gaan.');
  await page.fill('[name=text]', '{{ salutation }},\n\nDoor de storm komt onze vakman later. Wij bellen u.');
  await press(page, 'Bekijk wat dit raakt');
  await says(page, 'Geen bericht dat nu wacht valt hieronder.', 'Postcodes 9999', 'Beste mevrouw De Vries,');
  await press(page, 'Houd deze berichten vast');
  await says(page, 'Berichten worden vastgehouden: Storm op zee.', 'Nu vrijgeven');
});

test('what is asked for meanwhile waits, and one notice goes instead', async () => {
  await books();
  await until(page, app, '/berichten/vasthouden', /Houdt 1 bericht vast\. Voor 1 klant\.[\s\S]*1 keer verstuurd/);
  await follow(page, /1 keer verstuurd/);
  await says(page, 'Mededeling: Storm op zee', 'Mevrouw Zeeman', 'Berichten worden vastgehouden: Storm op zee');
  await follow(page, 'Mededeling: Storm op zee');
  await says(page, 'zo is het verstuurd');
  await open(page, app, '/berichten?stand=held&reden=halt');
  await says(page, 'Mijn afspraak is bevestigd', 'medewerkers houden deze berichten vast');
  await open(page, app, '/vandaag');
  await says(page, 'Berichten worden vastgehouden: Storm op zee');
});

test('what is held back is changed, after one saw what that touches', async () => {
  await open(page, app, '/berichten/vasthouden');
  await follow(page, /^Wijzigen/);
  await says(page, 'Wijzig: Storm op zee', 'blijft zoals zij is');
  assert.equal(await page.inputValue('[name=postcodes]'), '9999');
  await page.fill('[name=until]', '2020-01-01T10:00');
  await press(page, 'Bekijk wat dit raakt');
  await says(page, 'Kies een moment dat nog komt');
  const until = new Date(Date.now() + 3 * 86_400_000).toISOString().slice(0, 10);
  await page.fill('[name=until]', `${until}T10:00`);
  await page.fill('[name=postcodes]', '9998, 9999');
  await press(page, 'Bekijk wat dit raakt');
  await says(page, '1 bericht dat nu wacht valt hieronder.', 'Postcodes 9998, 9999');
  await press(page, 'Wijzig dit');
  await says(page, 'Gewijzigd: Storm op zee.', 'Postcodes 9998, 9999', 'Houdt 1 bericht vast.');
});

test('why messages went or did not is counted, and each count leads to its messages', async () => {
  await open(page, app, `/klantreizen/${journey}/kaart`);
  await follow(page, 'Waarom wel of niet verstuurd?');
  await says(page, 'Mijn afspraak is bevestigd', 'vastgehouden door medewerkers', 'Mededeling: Storm op zee', 'Wat de redenen betekenen');
  await follow(page, /vastgehouden door medewerkers/);
  await says(page, 'Mijn afspraak is bevestigd', 'Mevrouw Zeeman', 'Van de laatste 30 dagen.');
  await follow(page, 'Waarom wel of niet verstuurd?');
  await follow(page, '7 dagen');
  await says(page, 'Mijn afspraak is bevestigd');
});

test('what was held goes when it is released', async () => {
  await open(page, app, '/berichten/vasthouden');
  await press(page, 'Nu vrijgeven');
  await says(page, 'Vrijgegeven: Storm op zee.', 'Er wordt nu niets vastgehouden.', 'Eerder');
  await until(page, app, '/berichten?stand=held&reden=halt', /Geen berichten met deze keuze/);
  await page.goto(`${app.address}/klanten?zoek=Zeeman`);
  await follow(page, 'Mevrouw Zeeman');
  await says(page, 'Mededeling: Storm op zee', 'Mijn afspraak is bevestigd');
  await open(page, app, '/instellingen/logboek');
  await says(page, 'hield berichten vast:', 'gaf vastgehouden berichten vrij:', 'wijzigde wat vastgehouden wordt:');
});
