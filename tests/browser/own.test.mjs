// One's own journey without YAML: a sample is copied, changed in tables and forms, put live, switched to customers and paused.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { begun, follow, open, press, proveMail, says, sound, then } from './support.mjs';

let app, page, end;
const draft = '/klantreizen/lekkage-thuis/concept';

before(async () => { ({ app, page, end } = await begun()); });

after(() => end?.());

const titles = () => page.$$eval('.moment-row .what input', (found) => found.map((one) => one.value));

test('a sample becomes a draft of one’s own', async () => {
  await open(page, app, '/klantreizen');
  await follow(page, 'Nieuwe klantreis');
  await page.fill('[name=title]', 'Lekkage thuis');
  await page.check('[name=from][value=woning-reparatie]');
  await press(page, 'Maak het concept');
  assert.equal(new URL(page.url()).pathname, draft);
  await says(page, 'Het concept van “Lekkage thuis” is gemaakt', 'concept, nog niet live', 'Niets houdt live zetten tegen', 'nog woord voor woord het voorbeeld “Reparatie aan mijn woning”');
});

test('a moment is changed in the table', async () => {
  await page.fill('[name="m.herinnering.title"]', 'Ik krijg een herinnering');
  await page.fill('[name="m.herinnering.need"]', '');
  await page.selectOption('[name="m.herinnering.expected"]', '2');
  await press(page, 'Bewaar tabel');
  await says(page, 'Bewaard.', 'punt houdt live zetten nog tegen');
  assert.equal(await page.inputValue('[name="m.herinnering.title"]'), 'Ik krijg een herinnering');
  assert.equal(await page.inputValue('[name="m.herinnering.expected"]'), '2');
  await page.fill('[name="m.herinnering.need"]', 'Op tijd weten dat er iemand komt');
  await page.press('[name="m.herinnering.title"]', 'Enter');
  await page.waitForLoadState();
  await says(page, 'U kunt de reis live zetten');
});

test('the arrows put it higher and lower, by keyboard, and keep what was typed', async () => {
  const first = await titles();
  const at = first.indexOf('Ik krijg een herinnering');
  await page.fill('[name="m.wijzigen.title"]', 'Ik verzet de afspraak');
  await page.getByRole('button', { name: 'Zet “Ik krijg een herinnering” hoger' }).focus();
  await then(page, () => page.keyboard.press('Enter'));
  const moved = await titles();
  assert.equal(moved[at - 1], 'Ik krijg een herinnering');
  assert.equal(moved[at], 'Ik verzet de afspraak', 'what was typed beside it is kept');
  const focused = await page.evaluate(() => document.activeElement.getAttribute('aria-label'));
  assert.equal(focused, 'Zet “Ik krijg een herinnering” hoger', 'one can press again');
  await page.keyboard.press('Tab');
  await then(page, () => page.keyboard.press('Enter'));
  assert.equal((await titles())[at], 'Ik krijg een herinnering');
});

test('when it happens is a sentence that says what it comes to while one fills it in', async () => {
  await follow(page, 'Open Ik krijg een herinnering');
  await page.check('[name="when.kind"][value=moment]');
  await page.fill('[name="when.by.number"]', '2');
  await page.selectOption('[name="when.side"]', 'before');
  await page.selectOption('[name="when.anchor"]', 'appointment.start');
  await page.fill('[name="when.at"]', '09:15');
  await page.locator('#uitkomst', { hasText: '09:15' }).waitFor();
  await page.check('[name="only_if.kind"][value=choices]');
  await page.selectOption('[name="only_if.1.subject"]', 'repair.kind');
  await page.selectOption('[name="only_if.1.operator"]', 'is');
  await page.fill('[name="only_if.1.value"]', 'lekkage');
  await page.fill('[name="quote"]', 'Fijn dat ik het niet vergeet');
  await sound(page, 'the form of a moment');
  await press(page, 'Bewaar');
  await says(page, '2 dagen voor het begin van de afspraak, om 09:15');
  const text = await page.request.get(`${app.address}${draft}/tekst`);
  assert.match(await text.text(), /repair\.kind == (&#x27;|&#39;|')lekkage/);
});

test('a time that is no time is said beside the field, and nothing typed is lost', async () => {
  await page.fill('[name="when.at"]', 'kwart over negen');
  await page.fill('[name="quote"]', 'Dit wil ik niet kwijt');
  await press(page, 'Bewaar');
  await says(page, 'Dit is nog niet bewaard');
  assert.ok(await page.locator('#when .remark').count(), 'a remark at the sentence');
  assert.equal(await page.inputValue('[name="quote"]'), 'Dit wil ik niet kwijt');
  assert.equal(await page.inputValue('[name="when.at"]'), 'kwart over negen');
  await page.fill('[name="when.at"]', '09:15');
  await press(page, 'Bewaar');
  await says(page, 'Bewaard in het concept');
});

test('a message is written with what can be inserted, and every channel shows it at once', async () => {
  await follow(page, 'bericht “herinnering”');
  const field = page.locator('[name=subject]');
  await field.fill('Tot morgen, ');
  await page.getByRole('button', { name: /^voornaam (?!medewerker)/ }).click();
  assert.match(await field.inputValue(), /^Tot morgen, \{\{ ?customer\.first_name/);
  await page.locator('#voorbeelden .meta', { hasText: 'Tot morgen, S' }).waitFor();
  await page.fill('[name=sms]', 'Morgen komt de vakman. Tot dan {{ customer.nickname }}');
  await page.locator('#voorbeelden', { hasText: 'nickname' }).waitFor();
  await page.fill('[name=sms]', 'Morgen {{ appointment | window }} komt de vakman. {{ organisation.name }}');
  await page.locator('#voorbeelden .bubble', { hasText: 'komt de vakman' }).first().waitFor();
  await sound(page, 'the page of a message');
  await press(page, 'Bewaar');
  await says(page, 'Het bericht is bewaard in het concept');
  assert.match(await field.inputValue(), /^Tot morgen/);
});

test('the text can be edited too: an error stands beside its line and what was typed stays', async () => {
  await open(page, app, `${draft}/tekst`);
  const area = page.locator('textarea[name=text]');
  const right = await area.inputValue();
  const wrong = right.replace('moment_of_truth: true', 'moment_of_truth: misschien');
  assert.notEqual(wrong, right);
  await area.fill(wrong);
  await press(page, 'Bewaar');
  assert.equal(await area.inputValue(), wrong);
  const line = wrong.split('\n').findIndex((one) => one.includes('misschien')) + 1;
  await says(page, `Regel ${line}`);
  assert.equal(await page.locator('.numbers .noted').innerText(), String(line));
  await open(page, app, draft);
  await says(page, 'misschien', 'houdt live zetten nog tegen');
  await open(page, app, `${draft}/tekst`);
  await area.fill(right);
  await press(page, 'Bewaar');
  await says(page, 'Er is niets op aan te merken');
});

test('it goes live for colleagues first', async () => {
  await open(page, app, draft);
  await follow(page, 'Zet live');
  await says(page, 'Dit wordt de eerste versie', 'Nog niemand is met deze reis onderweg');
  await page.fill('[name=note]', 'Eerste versie voor lekkages');
  await press(page, 'Zet deze versie live');
  await says(page, 'Versie 1 loopt als proef: berichten gaan alleen naar collega’s', 'versie 1 loopt als proef, alleen voor collega’s', 'Er is nog geen afzender voor e-mail');
});

test('a sender is tested, the journey reaches customers, and can be paused', async () => {
  await follow(page, 'Naar de afzender', page.getByRole('listitem').filter({ hasText: 'e-mail' }));
  await proveMail(page, app);
  await open(page, app, '/klantreizen/lekkage-thuis/bereik');
  await says(page, 'De afzender voor e-mail is getest');
  await press(page, 'Laat de reis klanten bereiken');
  await says(page, 'De klantreis bereikt nu klanten', 'versie 1 is live: berichten gaan naar klanten');
  await press(page, 'Pauzeer');
  await says(page, 'De klantreis is gepauzeerd', 'er gaat niets uit');
  await press(page, 'Ga verder');
  await says(page, 'De klantreis gaat verder');
});

test('a later change says what is different and becomes version 2', async () => {
  await open(page, app, draft);
  await says(page, 'gelijk aan de versie die live staat');
  await page.fill('[name="m.melding.title"]', 'Ik meld een lekkage');
  await press(page, 'Bewaar tabel');
  await follow(page, 'Zet live');
  await says(page, 'Ik meld een lekkage');
  await press(page, 'Zet deze versie live');
  await says(page, 'Versie 2 is live');
  await open(page, app, '/klantreizen/lekkage-thuis/versies');
  await follow(page, 'Versie 1');
  await press(page, 'Zet in het concept');
  assert.equal(await page.inputValue('[name="m.melding.title"]'), 'Ik meld een reparatie');
  await press(page, 'Gooi het concept weg');
  await open(page, app, draft);
  assert.equal(await page.inputValue('[name="m.melding.title"]'), 'Ik meld een lekkage');
});
