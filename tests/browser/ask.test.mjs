// What a customer opens from a message, without logging in: the question, thanks, a second thought; and links that are wrong.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { begun, open, PHONE, press, says, sound, then } from './support.mjs';

let app, staff, customer, link, end;

before(async () => {
  let another;
  ({ app, page: staff, another, end } = await begun({ demo: ['--days', '30', '--scale', '0.2'] }));
  customer = await another(PHONE);
});

after(() => end?.());

test('staff sees the message as the customer got it, with its link', async () => {
  await open(staff, app, '/berichten?klantreis=woning-reparatie&moment=enquete&kanaal=email&stand=sent');
  await then(staff, () => staff.locator('tbody .name').first().click());
  const frame = staff.frameLocator('iframe').first();
  await frame.getByRole('link', { name: 'Geef uw oordeel' }).waitFor();
  link = await frame.getByRole('link', { name: 'Geef uw oordeel' }).getAttribute('href');
  assert.match(link, new RegExp(`^${app.address}/vraag/`));
});

test('the customer hears that nothing was chosen, answers, and is thanked', async () => {
  await open(customer, app, link);
  await press(customer, 'Verstuur');
  await says(customer, 'U hebt nog niets ingevuld');
  for (const question of await customer.locator('fieldset').all()) await question.locator('input[value="9"], input[value="4"]').first().check();
  await press(customer, 'Verstuur');
  await says(customer, 'Dank voor het antwoord');
});

test('they may change their mind with the same link', async () => {
  await then(customer, () => customer.getByRole('link', { name: 'Verander uw antwoord' }).click());
  for (const question of await customer.locator('fieldset').all()) {
    assert.match(await question.locator('input:checked').inputValue(), /^[94]$/, 'what was answered stands there');
  }
  await customer.locator('fieldset').first().locator('input[value="3"]').check();
  await press(customer, 'Verstuur');
  await says(customer, 'Dank voor het antwoord');
});

test('the answer stands in the customer’s story', async () => {
  await then(staff, () => staff.locator('.head a[href^="/klanten/"]').first().click());
  await says(staff, 'Antwoord gegeven');
});

test('a link that was broken off says what to do, and gives nothing away', async () => {
  for (const path of [link.slice(0, -3), `${link}x`, `${app.address}/vraag/AAAAAAAAAAAAAAAAAAAAAA`, `${app.address}/mijn/AAAAAAAAAAAAAAAAAAAAAA`]) {
    const answer = await customer.goto(path);
    assert.equal(answer.status(), 404, path);
    await says(customer, 'Deze link klopt niet');
    await sound(customer, path);
  }
});

test('a customer’s link opens no other page', async () => {
  await customer.goto(`${app.address}/klanten`);
  assert.match(customer.url(), /\/inloggen/);
});
