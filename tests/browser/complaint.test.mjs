// A complaint from the mail that it is about until the customer says whether it is all right; and a message that came to the wrong one.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { begun, follow, keyOf, open, PHONE, press, says, send, sent, sound, then, until } from './support.mjs';

const MAIL = 'zeeman@example.org';
let app, page, customer, end;

before(async () => {
  let another;
  ({ app, page, another, end } = await begun({ demo: ['--days', '2', '--scale', '0.2'] }));
  customer = await another(PHONE);
  const key = await keyOf(page, app, 'Woningbeheer');
  const about = { userId: 'H-77' };
  const batch = [
    { type: 'identify', messageId: 'k-1', ...about, traits: { last_name: 'Zeeman', salutation: 'mevrouw', email: MAIL } },
    { type: 'track', messageId: 'k-2', ...about, event: 'repair.reported', properties: { id: 'r-zeeman', kind: 'lekkage' } },
    { type: 'track', messageId: 'k-3', ...about, event: 'appointment.booked', properties: { id: 'a-zeeman', repair_id: 'r-zeeman', status: 'booked',
      start: new Date(Date.now() + 3 * 864e5).toISOString(), end: new Date(Date.now() + 3 * 864e5 + 72e5).toISOString() } },
  ];
  assert.equal((await send(app, key, 'batch', { batch })).status, 200);
});

after(() => end?.());

/** The newest mail to the customer of which the subject says this, and the page it links to. */
async function mailed(subject, page) {
  const mail = await sent(app, (one) => one.to === MAIL && subject.test(one.subject));
  return mail.text.match(new RegExp(`${app.address}/${page}/\\S+`))[0];
}

/** The element with these words, reached and pressed with the keyboard alone. */
async function byKeyboard(page, name) {
  const button = page.getByRole('button', { name });
  await button.focus();
  await then(page, () => page.keyboard.press('Enter'));
}

let message, complaint;

test('a mail’s link opens the page of the message, which shows nobody’s whole address', async () => {
  message = await mailed(/afspraak/, 'bericht');
  await open(customer, app, message);
  await says(customer, 'Over dit bericht', 'z•••@example.org', 'Klopt dit bericht?');
  assert.doesNotMatch(await customer.innerText('main'), new RegExp(MAIL));
});

test('a complaint without words says so and keeps what was chosen', async () => {
  await follow(customer, 'Dien een klacht in');
  await customer.getByLabel('Heel ontevreden').check();
  await byKeyboard(customer, 'Verstuur de klacht');
  await says(customer, 'Schrijf op wat er niet goed ging.');
  assert.ok(await customer.getByLabel('Heel ontevreden').isChecked());
  await customer.fill('[name=text]', 'De afspraak is twee keer verzet.');
  await byKeyboard(customer, 'Verstuur de klacht');
  await says(customer, 'Uw klacht is binnen', 'Antwoord uiterlijk', 'De afspraak is twee keer verzet.');
});

test('the customer hears that it came in, on a page that keeps our own notes to ourselves', async () => {
  const own = await mailed(/klacht is ontvangen/, 'bericht');
  await open(customer, app, own);
  await says(customer, 'Ontvangst van een klacht');
  assert.doesNotMatch(await customer.innerText('main'), /zeeman@|thread|‹/);
  complaint = await mailed(/klacht is ontvangen/, 'klacht');
  await open(customer, app, complaint);
  await says(customer, 'Uw klacht', 'De afspraak is twee keer verzet.');
});

test('staff see it on the map and in the list, take it up and tell what was done', async () => {
  await open(page, app, '/klantreizen/woning-reparatie/kaart');
  await then(page, () => page.locator('.map-complaints a').first().evaluate((link) => link.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true }))));
  await says(page, 'De afspraak is twee keer verzet.');
  await open(page, app, '/vandaag/klachten?stand=open');
  await says(page, /Mevrouw Zeeman/i);
  await follow(page, 'De afspraak is twee keer verzet.');
  await says(page, 'De klacht blijft open tot u haar hieronder afrondt.', 'nog niemand');
  await press(page, 'Ik pak dit op');
  await says(page, 'U hebt de klacht opgepakt.');
  await press(page, 'Afronden');
  await says(page, 'Schrijf op wat er is gedaan');
  page.wrong = page.wrong.filter((one) => !one.startsWith('422'));
  await page.fill('[name=note]', 'Gebeld en een vaste dag afgesproken.');
  await byKeyboard(page, 'Afronden');
});

test('the customer reads what was done, rates it, and finds the answer again', async () => {
  // The same page as the mail of later links to, which is not sent at night.
  await open(customer, app, complaint);
  await says(customer, 'Gebeld en een vaste dag afgesproken.', 'Is het nu goed?');
  await customer.locator('input[name=mark]').first().focus();
  await customer.keyboard.press('Space');
  await byKeyboard(customer, 'Verstuur');
  await open(customer, app, complaint);
  assert.ok(await customer.getByLabel('Heel tevreden').isChecked());
});

test('the list shows what was made good, also on a telephone', async () => {
  await until(page, app, '/vandaag/klachten?stand=klaar', /2\s→\s10/);
  await page.setViewportSize(PHONE.viewport);
  await sound(page, 'complaints on a telephone');
  await page.setViewportSize({ width: 1280, height: 900 });
  await follow(page, 'De afspraak is twee keer verzet.');
  await says(page, 'Opgelost', 'Gebeld en een vaste dag afgesproken.');
});

test('staff note what they hear', async () => {
  await then(page, () => page.locator('aside a[href^="/klanten/"]').first().click());
  await follow(page, 'Klacht noteren');
  await page.fill('[name=text]', 'Nu is ook de bel stuk.');
  await press(page, 'Noteer de klacht');
  await until(page, app, '/vandaag/klachten?stand=open', /Nu is ook de bel stuk/);
});

test('whoever has no message complains on the page of the organisation', async () => {
  await open(customer, app, '/klacht/bij/rijnoever');
  await customer.fill('[name=text]', 'Er staat al weken een steiger.');
  await customer.fill('[name=name]', 'B. Uur');
  await customer.fill('[name=contact]', 'buur');
  await press(customer, 'Verstuur de klacht');
  await says(customer, 'Vul een e-mailadres of telefoonnummer in.');
  assert.equal(await customer.inputValue('[name=text]'), 'Er staat al weken een steiger.');
  await customer.fill('[name=contact]', 'buur@example.org');
  await press(customer, 'Verstuur de klacht');
  await says(customer, 'Uw klacht is binnen');
});

test('a message that is not for who reads it gives staff a task', async () => {
  await open(customer, app, message);
  await byKeyboard(customer, 'Dit is niet voor mij');
  await says(customer, 'Wij schrijven niet meer naar dit adres');
  await until(page, app, '/vandaag?team=alle&meer=1', /Zeeman/);
});
