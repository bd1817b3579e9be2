// A draft is rehearsed before it goes live: with what was recorded, with simulated customers, stopped half-way, and in English.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { setTimeout as pause } from 'node:timers/promises';
import { begun, binary, follow, open, press, says, sound, then, until } from './support.mjs';

const journey = '/klantreizen/woning-reparatie';
const here = `${journey}/concept/proefdraaien`;
let app, chromium, page, end;

before(async () => { ({ app, chromium, page, end } = await begun({ demo: ['--days', '14', '--scale', '0.3'] })); });

after(() => end?.());

/** A second reminder, two days before. */
const REMINDER = `  - id: vooraf
    phase: plannen
    title: Ik hoor het twee dagen vooraf
    channel: [email, sms]
    category: message
    by: automatic
    class: service
    need: Op tijd nog kunnen verzetten
    expected: 1
    when: { before: appointment.start, by: 2d, at: "10:00", late: skip }
    only_if: "appointment.status == 'booked'"
    send: herinnering

`;

async function changed(change) {
  await open(page, app, `${journey}/concept/tekst`);
  const area = page.locator('textarea[name=text]');
  await area.fill(change(await area.inputValue()));
  await press(page, 'Bewaar');
}

/** Waits until the report is there; the page follows by itself. */
async function reported(on = page) {
  await on.getByRole('heading', { name: /Waar u op moet letten|What to look at/ }).waitFor({ timeout: 90_000 });
  await sound(on, on.url());
}

test('the page teaches what can be done before anything was', async () => {
  await open(page, app, `${journey}/concept`);
  await follow(page, 'Draai proef');
  await says(page, 'Er gaat niets naar klanten', 'U hebt met dit concept nog niet proefgedraaid', 'Met wat er gebeurde', 'Met nagespeelde klanten', 'simulate.yaml');
});

test('a draft that changed nothing does nothing else', async () => {
  await page.fill('[name=days] >> nth=0', '10');
  await press(page, 'Draai proef met wat er gebeurde');
  await reported();
  await says(page, 'Het concept deed precies hetzelfde als de versie die live staat', 'De afgelopen 10 dagen', 'Berichten per dag', 'Taken per uur van de week');
  assert.equal(await page.inputValue('[name=days] >> nth=0'), '10', 'what was typed stays');
});

test('what it would do differently is shown per message, with whom', async () => {
  await changed((text) => text.replace('  - id: niet-thuis\n', `${REMINDER}  - id: niet-thuis\n`));
  await open(page, app, here);
  await says(page, 'Dit is van een ouder concept');
  await press(page, 'Draai proef met wat er gebeurde');
  await reported();
  await says(page, /\d+ berichten? gaa(n|t) alleen met het concept/, 'Zouden dit krijgen en krijgen het nu niet', 'Ik hoor het twee dagen vooraf');
  const list = await page.request.get(`${app.address}${here}/wie.csv`);
  const lines = (await list.text()).trim().split('\n').slice(1);
  const count = Number((await page.innerText('body')).match(/(\d+) berichten? gaa(?:n|t) alleen met het concept/)[1]);
  assert.ok(count > 3 && lines.length === count, `${lines.length} lines, ${count} messages`);
  assert.ok(lines.every((line) => line.includes(';woning-reparatie;Ik hoor het twee dagen vooraf;erbij;')), lines[0]);
  const before = await page.request.get(`${app.address}/berichten`);
  assert.doesNotMatch(await before.text(), /Ik hoor het twee dagen vooraf/, 'nobody got it');
  await page.getByText('Als tabel').click();
  await sound(page, 'with the table open');
  await follow(page, /\w/, page.locator('section[aria-labelledby=h-who] td').first());
  assert.match(page.url(), /\/klanten\/[0-9a-f-]{36}$/);
});

test('simulated customers come as often as one says, and a wrong number is pointed at', async () => {
  await open(page, app, here);
  const form = page.locator('form').filter({ has: page.locator('[name=way][value=simulated]') });
  await form.locator('[name=customers]').fill('0');
  await form.locator('[name=days]').fill('7');
  await press(page, 'Draai proef met nagespeelde klanten');
  await says(page, 'Vul een heel getal in van 1 tot 10.000');
  assert.equal(await form.locator('[name=days]').inputValue(), '7', 'what was typed stays');
  await form.locator('[name=customers]').fill('40');
  await press(page, 'Draai proef met nagespeelde klanten');
  await reported();
  await says(page, '40 nagespeelde klanten', 'in 7 dagen', 'Wat proefdraaien niet kan weten', /nagespeelde klant \d+/);
});

test('it can be stopped, and what was there stays', async () => {
  const form = page.locator('form').filter({ has: page.locator('[name=way][value=simulated]') });
  await form.locator('[name=customers]').fill('10000');
  await form.locator('[name=days]').fill('90');
  await press(page, 'Draai proef met nagespeelde klanten');
  await page.getByText(/van 10\.000 klanten doorlopen/).waitFor();
  const other = await page.context().newPage();
  await other.goto(`${app.address}/klantreizen/winkel-webshop/concept/proefdraaien`);
  assert.match(await other.innerText('body'), /Er wordt nu proefgedraaid met een andere klantreis/);
  await other.getByRole('button', { name: 'Draai proef met wat er gebeurde' }).click();
  await other.getByText('Er wordt in uw organisatie al proefgedraaid').waitFor();
  await other.close();
  const plain = await chromium.newContext({ javaScriptEnabled: false, storageState: await page.context().storageState() });
  const without = await plain.newPage();
  await without.goto(`${app.address}${here}`);
  await without.getByRole('link', { name: 'Kijk opnieuw' }).click();
  assert.match(await without.innerText('body'), /van 10\.000 klanten doorlopen/, 'without scripts one looks again');
  await plain.close();
  await then(page, () => page.getByRole('button', { name: 'Stop' }).click());
  await until(page, app, here, /Er is niets van bewaard/);
  await says(page, 'Het proefdraaien is gestopt', '40 nagespeelde klanten');
});

test('a journey without a simulate.yaml shows what its customers do, to be changed', async () => {
  await open(page, app, '/klantreizen/nieuw');
  await page.fill('[name=title]', 'Lekkage');
  await page.check('[name=from][value="woning-reparatie"]');
  await press(page, 'Maak het concept');
  await open(page, app, new URL(page.url()).pathname.replace(/\/concept.*/, '/concept/proefdraaien'));
  await page.getByText('Wat zij doen').click();
  await says(page, /Ingevuld met wat van \d+ klanten is vastgelegd/, 'Het begint met', 'toestemming');
  await sound(page, 'with the habits open');
  await page.locator('[name="share.visit.completed"]').fill('100');
  await page.locator('form [name=customers]').fill('20');
  await press(page, 'Draai proef met nagespeelde klanten');
  await reported();
  await says(page, '20 nagespeelde klanten', 'Er staat nog niets live om mee te vergelijken');
  assert.equal(await page.locator('[name="share.visit.completed"]').inputValue(), '100');
});

test('the command line says the same, and stops when it is interrupted', async () => {
  const draft = mkdtempSync(join(tmpdir(), 'klantreis-draft-'));
  cpSync(fileURLToPath(new URL('../../journeys/woning-reparatie', import.meta.url)), draft, { recursive: true });
  const file = join(draft, 'journey.yaml');
  writeFileSync(file, readFileSync(file, 'utf8').replace('  - id: niet-thuis\n', `${REMINDER}  - id: niet-thuis\n`));
  const args = (...more) => ['rehearse', draft, '--data', app.folder, '--days', '7', ...more];
  const text = spawnSync(binary, args('--customers', '20'), { encoding: 'utf8' });
  assert.equal(text.status, 0, text.stderr);
  assert.match(text.stdout, /Reparatie aan mijn woning: 20 klanten, 20 keer begonnen/);
  assert.match(text.stdout, /Ik hoor het twee dagen vooraf \(vooraf\): \d+ verstuurd.*, \d+ meer dan nu live/);
  const json = spawnSync(binary, args('--customers', '20', '--json', '--language', 'en'), { encoding: 'utf8' });
  const { findings, report } = JSON.parse(json.stdout);
  assert.equal(report.done.runs, 20);
  assert.ok(findings.some(({ finding, said }) => finding.finding === 'more' && /go(es)? with the draft only/.test(said)));
  const long = spawn(binary, args('--customers', '10000'), { stdio: 'ignore' });
  const ended = new Promise((resolve) => long.once('exit', resolve));
  await pause(1_500);
  long.kill('SIGINT');
  assert.equal(await ended, 130, 'interrupted');
  rmSync(draft, { recursive: true, force: true });
});

test('and in English, on a phone', async () => {
  await page.setViewportSize({ width: 390, height: 844 });
  await open(page, app, '/account');
  await page.selectOption('[name=language]', 'en');
  await then(page, () => page.locator('form').filter({ has: page.locator('[name=language]') }).getByRole('button').first().click());
  await open(page, app, here);
  await says(page, 'What to look at', 'Messages per day', 'What a rehearsal cannot know', 'Nothing goes to customers');
  await press(page, 'Rehearse with what happened');
  await reported();
  await says(page, /\d+ messages? goe?s? with the draft only/, 'Would get this and do not get it now');
});
