// A journey changes while customers are on it: whom that touches, on the page and on the command line. And two customers who
// turn out to be one, by mistake.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { begun, binary, follow, keyOf, open, press, says, send, sound, then, until } from './support.mjs';

const journey = '/klantreizen/woning-reparatie';
let app, page, end, draft;

before(async () => {
  ({ app, page, end } = await begun({ demo: ['--days', '14'] }));
  draft = mkdtempSync(join(tmpdir(), 'klantreis-draft-'));
});

after(async () => { await end?.(); if (draft) rmSync(draft, { recursive: true, force: true }); });

/** The numbers of a row of the table of whom it touches: waiting, now, leaving. */
const touched = async (title) => {
  const cells = page.getByRole('row').filter({ hasText: title }).first().getByRole('cell');
  return (await cells.allInnerTexts()).slice(1).map(Number);
};

test('before a change goes live one sees whom it touches, with the list', async () => {
  await open(page, app, `${journey}/concept/tekst`);
  const area = page.locator('textarea[name=text]');
  const text = await area.inputValue();
  const changed = text.replace('when: { after: gerepareerd, by: 2h }', 'when: { after: gerepareerd, by: 9d }')
    .replace('title: Ik word herinnerd', 'title: Een dag vooraf hoor ik het nog eens');
  assert.equal(changed.split('\n').filter((line, n) => line !== text.split('\n')[n]).length, 2);
  writeFileSync(join(draft, 'journey.yaml'), changed);
  await area.fill(changed);
  await press(page, 'Bewaar');
  await open(page, app, `${journey}/concept/live`);
  await says(page, 'Wie het raakt, per contactmoment', 'Wacht hier', 'Gaat nu door', 'Vervalt', 'Een dag vooraf hoor ik het nog eens');
  const [waiting, now, leaving] = await touched('Een dag vooraf hoor ik het nog eens');
  assert.ok(waiting > 0 && now === 0 && leaving === 0, `other words: ${[waiting, now, leaving]}`);
  const list = await page.request.get(`${app.address}${journey}/concept/live/wie.csv`);
  const lines = (await list.text()).trim().split('\n').filter((line) => line.includes('Een dag vooraf hoor ik het nog eens'));
  assert.ok(Math.abs(lines.length - waiting) <= 2, `${lines.length} in the list, ${waiting} on the page; the demo goes on meanwhile`);
  assert.match(lines[0], /;wacht hier/);
});

test('the command line says the same', () => {
  cpSync(new URL('../../journeys/woning-reparatie/messages', import.meta.url), join(draft, 'messages'), { recursive: true });
  const file = join(draft, 'wie.csv');
  const publish = (...more) => spawnSync(binary, ['publish', draft, '--data', app.folder, ...more], { encoding: 'utf8' });
  const ran = publish('--dry-run', '--list', file);
  assert.equal(ran.status, 0, ran.stderr + ran.stdout);
  assert.match(ran.stdout, /lopende klantreizen, 0 blijven op hun versie, 0 eindigen/);
  assert.match(ran.stdout, /Een dag vooraf hoor ik het nog eens \(herinnering\): \d+ wacht hier, 0 gaat nu door, 0 vervalt/);
  assert.match(readFileSync(file, 'utf8'), /Een dag vooraf hoor ik het nog eens;wacht hier/);
  const english = publish('--dry-run', '--language', 'en');
  assert.match(english.stdout, /\d+ open runs, 0 stay on their version, 0 end\n/);
});

test('nothing went live by looking; pressing the button does it', async () => {
  await open(page, app, `${journey}/versies`);
  await says(page, 'Versie 1');
  assert.doesNotMatch(await page.innerText('main'), /Versie 2/);
  await open(page, app, `${journey}/concept/live`);
  await press(page, 'Zet deze versie live');
  await says(page, 'Versie 2');
});

test('who was merged by mistake is found, looked at and taken apart', async () => {
  await open(page, app, '/klanten');
  await follow(page, 'Samengevoegd');
  await sound(page, 'the empty list');
  const key = await keyOf(page, app, 'Balie-tablet');
  const identify = (messageId, who, traits) => ({ type: 'identify', messageId, ...who, traits });
  const batch = [
    identify('m-1', { userId: 'brandsma' }, { first_name: 'Ilse', last_name: 'Brandsma', salutation: 'mevrouw' }),
    identify('m-2', { anonymousId: 'tablet-balie' }, { first_name: 'Teun', last_name: 'Ypma', salutation: 'de heer' }),
    identify('m-3', { userId: 'brandsma', anonymousId: 'tablet-balie' }, {}),
  ];
  assert.equal((await send(app, key, 'batch', { batch })).status, 200);
  await until(page, app, '/klanten/samengevoegd', /Ypma/);
  await says(page, 'Ypma', 'Balie-tablet', 'm-3');
  await then(page, () => page.getByRole('row').filter({ hasText: 'Ypma' }).getByRole('link', { name: 'Bekijk' }).click());
  await says(page, 'Dit gaat terug', 'Daarna worden deze twee nooit meer samengevoegd');
  await press(page, 'Haal uit elkaar');
  await says(page, 'Het zijn er weer twee', 'Ypma');
  await open(page, app, '/klanten?zoek=Brandsma');
  await says(page, 'Brandsma');
  await open(page, app, '/klanten/samengevoegd');
  await says(page, 'Uit elkaar gehaald:');
});
