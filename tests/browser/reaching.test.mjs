// How people are reached besides a journey's own messages: their own choice, the desk, a poster, a one-off message; and the domain
// and the mailbox that mail goes by.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { begun, follow, keyOf, open, PHONE, press, says, send, sound, then, until } from './support.mjs';

const CARD = 'PAS-1042';
let app, page, customer, poster, end;

before(async () => {
  let another;
  ({ app, page, another, end } = await begun({ demo: ['--days', '2', '--scale', '0.2'] }));
  customer = await another(PHONE);
  const key = await keyOf(page, app, 'Ledenadministratie');
  const about = { userId: CARD };
  const batch = [
    { type: 'identify', messageId: 'z-1', ...about, traits: { last_name: 'Zeeman', salutation: 'mevrouw', email: 'zeeman@example.org', phone: '+31612345678' } },
    { type: 'track', messageId: 'z-2', ...about, event: 'repair.reported', properties: { id: 'r-zeeman', kind: 'lekkage' } },
  ];
  assert.equal((await send(app, key, 'batch', { batch })).status, 200);
  await until(page, app, `/vandaag/balie?code=${CARD}`, /Mevrouw Zeeman/);
});

after(() => end?.());

async function onEveryScreen(what) {
  for (const width of [390, 1024, 1600]) {
    await page.setViewportSize({ width, height: 900 });
    await sound(page, `${what}, ${width} wide`);
  }
  await page.setViewportSize({ width: 1280, height: 900 });
}

/** What a hand scanner does. */
async function scan(code) {
  assert.equal(await page.evaluate(() => document.activeElement.name), 'code', 'one can scan at once');
  await page.keyboard.type(code);
  await then(page, () => page.keyboard.press('Enter'));
}

test('a card that nobody has is said so, and a known one opens whose it is', async () => {
  await open(page, app, '/vandaag');
  await follow(page, 'Noteer een contact');
  await says(page, 'Zonder naam');
  await onEveryScreen('the desk');
  await scan('PAS-0000');
  await says(page, 'Niemand gevonden bij “PAS-0000”');
  await scan(CARD);
  await says(page, 'Mevrouw Zeeman', 'Reparatie aan mijn woning');
  await onEveryScreen('a customer at the desk');
});

test('one tap notes a contact, in the story of whom it is', async () => {
  await press(page, /Ik bel waar de vakman blijft/);
  await says(page, 'Genoteerd: Ik bel waar de vakman blijft (mevrouw Zeeman)');
  await scan(CARD);
  await follow(page, 'Het hele verhaal');
  await says(page, 'Ik bel waar de vakman blijft');
});

test('a customer gets a link to choose for oneself', async () => {
  await press(page, 'Geef een link om zelf te kiezen');
  await onEveryScreen('a link that is given');
  const link = (await page.innerText('.secret output')).trim();
  await open(customer, app, link);
  await says(customer, 'Hoe mogen wij u bereiken?', 'zeeman@example.org');
  await customer.selectOption('[name=channel-sms]', '1');
  await customer.selectOption('[name=channel-email]', '0');
  await customer.check('[name=p-marketing][value=ja]');
  await customer.check('[name=quiet][value=zelf]');
  await press(customer, 'Bewaar');
  await says(customer, 'Vul twee verschillende tijden in');
  assert.equal(await customer.inputValue('[name=channel-email]'), '0', 'what was chosen stays');
  await customer.fill('[name=quiet-from]', '20:30');
  await customer.fill('[name=quiet-until]', '09:15');
  await press(customer, 'Bewaar');
  await says(customer, 'Uw keuze is bewaard', 'ja gezegd op');
  await open(customer, app, link);
  assert.equal(await customer.inputValue('[name=channel-sms]'), '1');
  assert.equal(await customer.inputValue('[name=channel-email]'), '0');
  assert.ok(await customer.isChecked('[name=p-marketing][value=ja]'));
  assert.equal(await customer.inputValue('[name=quiet-until]'), '09:15');
  await customer.selectOption('[name=language]', 'en');
  await press(customer, 'Bewaar');
  await says(customer, 'Your choice is saved', 'Your preferences');
  await follow(page, /^Terug naar/);
  await says(page, '20:30 tot 09:15 uur');
});

test('a poster hangs where something takes place', async () => {
  await open(page, app, '/vandaag/balie');
  await follow(page, 'Posters');
  await says(page, 'Er hangt nog geen poster.');
  await page.selectOption('[name=about]', { index: 0 });
  await page.fill('[name=question]', ' ');
  await page.fill('[name=place]', 'Uitgang Centrum');
  await press(page, 'Maak de poster');
  await says(page, 'Vul een vraag in');
  assert.equal(await page.inputValue('[name=place]'), 'Uitgang Centrum');
  await page.fill('[name=question]', 'Bent u goed geholpen?');
  await press(page, 'Maak de poster');
  await says(page, 'De poster is klaar om te printen', 'Uitgang Centrum');
  await onEveryScreen('a poster');
  poster = `${app.address}/p/${new URL(page.url()).pathname.split('/').at(-1)}`;
  await open(page, app, '/vandaag/balie/posters');
  await says(page, 'Bent u goed geholpen?', 'Hangt sinds');
  await onEveryScreen('posters that hang');
});

test('whoever scans it answers without a name, until it is taken down', async () => {
  await open(customer, app, poster);
  await says(customer, 'Bent u goed geholpen?');
  await customer.fill('[name=text]', 'Vriendelijk.');
  await press(customer, 'Verstuur');
  await says(customer, 'Kies eerst een antwoord.');
  assert.equal(await customer.inputValue('[name=text]'), 'Vriendelijk.');
  await customer.getByLabel('Heel tevreden').check();
  await press(customer, 'Verstuur');
  await says(customer, 'Dank voor het antwoord');
  await follow(page, 'Bent u goed geholpen?');
  await press(page, 'Haal hem weg');
  await says(page, 'De poster werkt niet meer.');
  assert.equal((await customer.goto(poster)).status(), 410);
  await sound(customer, 'a poster that is gone');
});

test('a one-off message is written, and is a draft like any other', async () => {
  await open(page, app, '/berichten');
  await follow(page, 'Losse berichten');
  await says(page, 'Er is nog geen los bericht.');
  await follow(page, 'Nieuw bericht');
  await onEveryScreen('a new message');
  await page.fill('[name=title]', 'Nieuwsbrief december');
  await page.fill('[name=subject]', 'Wat er in december te doen is');
  await page.uncheck('[name=c-email]');
  await press(page, 'Verder');
  await says(page, 'Kies minstens één weg');
  assert.equal(await page.inputValue('[name=title]'), 'Nieuwsbrief december');
  await page.check('[name=c-email]');
  await page.check('[name=c-sms]');
  await page.fill('[name=text]', '{{ salutation }},\n\nIn december leest de schrijver Anna de Wit voor. U bent welkom.');
  await press(page, 'Verder');
  await says(page, '“Nieuwsbrief december” staat in concept. Kijk het na.', 'Beste mevrouw De Vries');
  await onEveryScreen('the draft of a message');
  await open(page, app, '/berichten/los');
  await says(page, 'Nieuwsbrief december', 'In concept');
});

test('once it is live it goes to the group that one chooses', async () => {
  await follow(page, 'Nieuwsbrief december', page.locator('main'));
  await open(page, app, '/klantreizen/nieuwsbrief-december/concept/live');
  await press(page, 'Zet deze versie live');
  await open(page, app, '/berichten/los/nieuwsbrief-december');
  await says(page, 'Voor wie?', 'Dit is te verwachten');
  await onEveryScreen('whom a message goes to');
  await page.selectOption('[name=consent]', 'marketing');
  await press(page, 'Tel');
  // While it is under way the page looks again by itself.
  await Promise.all([page.waitForEvent('load'), page.getByRole('button', { name: /^Verstuur naar deze groep/ }).click()]);
  await until(page, app, '/berichten?klantreis=nieuwsbrief-december', /Mevrouw Zeeman/);
});

test('the domain that mail comes from has a key to sign with', async () => {
  await open(page, app, '/instellingen/afzenders/email');
  await page.check('[name=transport][value=smtp]');
  await page.fill('[name=host]', '127.0.0.1');
  await page.fill('[name=port]', '2525');
  await page.selectOption('[name=tls]', 'none');
  await press(page, 'Bewaar');
  await follow(page, 'Bekijk het domein');
  await says(page, 'Wat het DNS zegt', 'rijnoever.example');
  await press(page, 'Maak een sleutel');
  await says(page, 'De sleutel is gemaakt', '_domainkey.rijnoever.example', 'v=DKIM1');
  await onEveryScreen('a domain with a key');
});

test('a mailbox in which customers answer says what is missing', async () => {
  await open(page, app, '/koppelingen/nieuw');
  await page.fill('[name=name]', 'Antwoorden');
  await page.check('[name=kind][value=mailbox]');
  await press(page, 'Maak de bron');
  await says(page, 'Waar de mailbox staat');
  await onEveryScreen('a mailbox');
  await page.fill('[name=host]', '127.0.0.1');
  await page.fill('[name=user]', 'antwoord@rijnoever.example');
  await press(page, 'Proberen en bewaren');
  await says(page, 'Vul het wachtwoord in');
  assert.equal(await page.inputValue('[name=host]'), '127.0.0.1');
});

test('all of it speaks English too', async () => {
  await open(page, app, '/account');
  await page.selectOption('[name=language]', 'en');
  await press(page, 'Bewaar');
  const pages = { '/vandaag/balie': 'At the desk', '/vandaag/balie/posters': 'No poster hangs yet', '/berichten/los': 'One-off messages', '/berichten/los/nieuw': 'New message',
    '/berichten/los/nieuwsbrief-december': 'For whom?', '/instellingen/afzenders/email/domein': 'What the DNS says', '/koppelingen/bron/antwoorden/mailbox': 'Where the mailbox stands' };
  for (const [path, words] of Object.entries(pages)) {
    await open(page, app, path);
    await says(page, words);
  }
});
