// Writing a message: kept while one types, shown by every channel, remarks underlined and put right, undone, restored after a crash.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { begun, open, press, says, sound, watched } from './support.mjs';

const path = '/klantreizen/woning-reparatie/concept/bericht/herinnering?als=voorbeeld';
let app, chromium, context, page, end;

before(async () => { ({ app, chromium, context, page, end } = await begun({ demo: ['--days', '2', '--scale', '0.2'] })); });

after(() => end?.());

const body = () => page.inputValue('[name=body]');
const kept = () => page.waitForFunction(() => document.querySelector('[data-status]').textContent === 'Bewaard in het concept.');

async function onEveryScreen(what) {
  for (const width of [390, 1024, 1600]) {
    await page.setViewportSize({ width, height: 900 });
    await sound(page, `${what}, ${width} wide`);
  }
  await page.setViewportSize({ width: 1280, height: 900 });
}

test('every channel stands beside the text, of which the mail is a document of its own', async () => {
  await open(page, app, path);
  await says(page, 'Beste mevrouw De Vries', '1 bericht', 'Andere kanalen', 'Proef');
  const mail = page.frameLocator('.mail-frame');
  await mail.getByText('Morgen,').waitFor();
  await page.getByText('Andere kanalen').click();
  await page.getByText('6821 AB').first().waitFor();
  await onEveryScreen('a message');
});

test('what one types is kept and heard: underlined, with a rewrite that one key applies', async () => {
  await page.fill('[name=body]', '{{ salutation }},\n\nMorgen komt de vakman. Kun je dan? Bel {{ human.phone }}.');
  await kept();
  await page.locator('.under mark', { hasText: 'Kun je' }).waitFor();
  await says(page, 'hier zeggen we u', '1 opmerking over toon en vorm');
  assert.equal(await page.inputValue('[name=als]'), 'voorbeeld', 'whom one sees stays');
  await onEveryScreen('a message with a remark');
  await page.getByRole('button', { name: /^Schrijf “Kunt u”/ }).focus();
  await page.keyboard.press('Enter');
  assert.match(await body(), /Kunt u dan\?/);
  await kept();
  await page.waitForFunction(() => !document.querySelector('.under mark'));
});

test('a chip goes in at the cursor and comes out by undo', async () => {
  const before = await body();
  await page.evaluate(() => { const field = document.querySelector('[name=body]'); field.focus(); field.setSelectionRange(field.value.length, field.value.length); });
  const chip = page.getByRole('button', { name: /^onze naam/ });
  assert.match(await chip.innerText(), /onze naam\s+\S+/, 'with an example');
  await chip.focus();
  await page.keyboard.press('Enter');
  assert.equal(await body(), `${before}{{ organisation.name }}`);
  await page.getByRole('button', { name: 'Ongedaan maken' }).click();
  assert.equal(await body(), before);
  await page.getByRole('button', { name: 'Opnieuw' }).click();
  assert.equal(await body(), `${before}{{ organisation.name }}`);
  await kept();
});

test('a line that drops, or a crash, loses nothing', async () => {
  await context.setOffline(true);
  await page.fill('[name=sms]', 'Getypt zonder verbinding.');
  await page.waitForFunction(() => document.querySelector('[data-status]').textContent.startsWith('Nog niet bewaard'));
  page.wrong.length = 0;
  await page.close();
  await context.setOffline(false);
  page = await watched(context);
  await open(page, app, path);
  await says(page, 'Hier staat tekst die de vorige keer niet bewaard is.');
  await sound(page, 'text to restore');
  await page.getByRole('button', { name: 'Zet terug' }).click();
  assert.equal(await page.inputValue('[name=sms]'), 'Getypt zonder verbinding.');
  await kept();
  await open(page, app, path);
  assert.equal(await page.inputValue('[name=sms]'), 'Getypt zonder verbinding.');
});

test('two who write the same see it, and nothing is overwritten', async () => {
  const other = await watched(context);
  await open(other, app, path);
  await other.fill('[name=subject]', 'Van de ander');
  await other.waitForFunction(() => document.querySelector('[data-status]').textContent === 'Bewaard in het concept.');
  await page.fill('[name=subject]', 'Van mij');
  await page.getByText('Van de ander').first().waitFor();
  assert.equal(await page.inputValue('[name=subject]'), 'Van mij');
  page.wrong.length = 0;
  await sound(page, 'two who write');
  await press(page, 'Bewaar');
  await open(page, app, path);
  assert.equal(await page.inputValue('[name=subject]'), 'Van mij', 'who saw it decides');
  await other.close();
});

test('it works without scripts, by buttons', async () => {
  const bare = await chromium.newContext({ javaScriptEnabled: false, storageState: await context.storageState() });
  const plain = await bare.newPage();
  await plain.goto(`${app.address}${path}`);
  await plain.fill('[name=body]', '{{ salutation }},\n\nKun je dan? Bel {{ human.phone }}.');
  await plain.getByRole('button', { name: 'Bekijk' }).click();
  await plain.getByRole('button', { name: /^Schrijf “Kunt u”/ }).click();
  assert.match(await plain.inputValue('[name=body]'), /Kunt u dan\?/);
  await plain.getByRole('button', { name: 'Bewaar' }).click();
  assert.match(await plain.innerText('main'), /Het bericht is bewaard/);
  assert.match(await plain.inputValue('[name=body]'), /Kunt u dan\?/);
  await bare.close();
});
