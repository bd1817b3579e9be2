// Somebody asks what is held of them, and then to be forgotten.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { begun, follow, open, press, says, sound } from './support.mjs';

let app, page, end;

before(async () => { ({ app, page, end } = await begun({ demo: ['--days', '14', '--scale', '0.5'] })); });

after(() => end?.());

test('everything is given in one file, then erased, and the figures stay', async () => {
  await open(page, app, '/klanten');
  const customer = await page.locator('main a[href^="/klanten/"]').evaluateAll(links =>
    links.map(link => link.getAttribute('href')).find(href => /^\/klanten\/[0-9a-f-]{36}$/.test(href)));
  await open(page, app, customer);
  const name = await page.innerText('h1');
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Gegevens meegeven' }).click(),
  ]);
  const given = JSON.parse(await readFile(await download.path(), 'utf8'));
  assert.equal(given.format, 'klantreis.customer.1');
  assert.ok(given.profile.length === 1 && given.events.length > 0);
  await follow(page, 'Wis alle gegevens');
  await says(page, 'Wat verdwijnt', 'Wat blijft', 'Dit kan niet worden teruggedraaid');
  await sound(page, 'erasing');
  await page.setViewportSize({ width: 390, height: 800 });
  await sound(page, 'erasing on a phone');
  await page.setViewportSize({ width: 1280, height: 900 });
  await press(page, 'Wis nu');
  await says(page, 'gewist');
  const email = given.profile[0].email ?? given.names[0].name;
  await open(page, app, `/klanten?zoek=${encodeURIComponent(email)}`);
  assert.ok(!(await page.locator('main').innerText()).includes(`${name}\n`), 'nobody of that name is found by it');
});
