// A day of a member of staff: the task on Vandaag is ticked and leads the journey on; a journey is started for a customer.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { begun, follow, open, press, says, then } from './support.mjs';

let app, page, end;

// Staff work their lists off: only a busy house has something open at any hour.
before(async () => { ({ app, page, end } = await begun({ demo: ['--days', '14', '--scale', '1.5'] })); });

after(() => end?.());

test('a task says for whom, by when and what to say, and is ticked', async () => {
  await open(page, app, '/vandaag');
  const task = page.locator('li.task').first();
  const title = await task.locator('.what').innerText();
  const href = await task.locator('.what').getAttribute('href');
  await then(page, () => task.locator('a.button').click());
  assert.equal(await page.innerText('h1'), title);
  await says(page, 'Om wie het gaat', 'Waar het over gaat', 'Contactmoment', 'nodig heeft', 'Wat hebt u gedaan?');
  const facts = await page.locator('aside dl').last().innerText();
  assert.doesNotMatch(facts, /_|\d{4}-\d{2}-\d{2}|\b[a-z]+\.[a-z]+\b/, 'no names of fields, no raw dates');
  const customer = await page.locator('aside a[href^="/klanten/"]').getAttribute('href');
  await page.selectOption('[name=channel]', 'phone');
  await page.fill('[name=outcome]', 'gebeld en afgesproken');
  await press(page, 'Afronden', page.locator('form.fields'));
  await says(page, `Afgerond: ${title}`);
  assert.equal(await page.locator(`li.task a[href="${href}"]`).count(), 0, 'it is off the list');
  await open(page, app, customer);
  await says(page, `Afgerond: ${title}`, 'gebeld en afgesproken');
});

test('one’s own team comes first', async () => {
  await open(page, app, '/account');
  await page.selectOption('[name=team]', 'vakmensen');
  await press(page, 'Bewaar');
  await open(page, app, '/vandaag');
  await says(page, 'Taken van vakmensen');
  await page.selectOption('[name=team]', 'alle');
  await press(page, 'Toon');
  await says(page, 'Taken van alle teams');
});

test('a new customer calls: they are written down and the journey starts, with its message', async () => {
  await open(page, app, '/vandaag');
  await page.fill('.head [name=zoek]', 'Kwakkelstein');
  await press(page, 'Zoek', page.locator('.head'));
  await says(page, 'Niemand gevonden met “Kwakkelstein”');
  await follow(page, 'Klant toevoegen', page.locator('.empty'));
  await press(page, 'Voeg toe');
  await says(page, 'Vul minstens een naam, een e-mailadres of een mobiel nummer in');
  await page.fill('[name=first_name]', 'Joke');
  await page.fill('[name=last_name]', 'Kwakkelstein');
  await page.fill('[name=email]', 'joke@example.org');
  await press(page, 'Voeg toe');
  await follow(page, 'Start een klantreis');
  await follow(page, 'Reparatie aan mijn woning');
  await press(page, 'Start');
  await says(page, 'Joke Kwakkelstein');
  await page.getByText('Ik meld een reparatie').first().waitFor();
});

test('and is found again by a part of the name', async () => {
  await page.fill('#q', 'kwakkel');
  await page.press('#q', 'Enter');
  await page.waitForURL(/zoek=/);
  await says(page, 'Kwakkelstein');
});
