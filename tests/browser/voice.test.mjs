// One voice: what is agreed in the settings is heard in every message, on one page, and in any text that one pastes.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { begun, follow, open, press, says, sound } from './support.mjs';

let app, page, end;

before(async () => { ({ app, page, end } = await begun()); });

after(() => end?.());

const underlined = () => page.$$eval('mark.wrong', (found) => found.map((one) => one.innerText));

async function onEveryScreen(what) {
  const was = page.viewportSize();
  for (const width of [390, 1600]) {
    await page.setViewportSize({ width, height: 900 });
    await sound(page, `${what}, ${width} wide`);
  }
  await page.setViewportSize(was);
}

test('without messages the page teaches, and judges what one pastes', async () => {
  await open(page, app, '/berichten');
  await follow(page, 'Eén stem');
  await says(page, 'Er zijn nog geen berichten om naast elkaar te leggen');
  await page.fill('[name=text]', 'Laatste kans! Heb je al gekozen? Lees ook “Hoe word je schrijver”.');
  await press(page, 'Kijk na');
  await says(page, 'De geplakte tekst', 'hier zeggen we u', 'Schrijf liever: Hebt u', 'jaagt op');
  assert.deepEqual(await underlined(), ['Laatste kans', 'Heb je']);
  await onEveryScreen('a pasted text');
});

test('the agreement takes one form, with mistakes beside their field', async () => {
  await follow(page, 'Afspraken over de stem');
  await page.fill('[name=emoji]', 'veel');
  await page.fill('[name=say]', 'klusser: vakman');
  await press(page, 'Bewaar');
  await says(page, 'Vul een getal in van 0 tot en met 100');
  await onEveryScreen('a mistake in the agreement');
  await page.fill('[name=emoji]', '0');
  await press(page, 'Bewaar');
  await says(page, 'De afspraken zijn bewaard');
  assert.equal(await page.inputValue('[name=say]'), 'klusser: vakman');
});

test('every message is heard against it, underlined, with the reason and another wording', async () => {
  await open(page, app, '/klantreizen/nieuw');
  await page.fill('[name=title]', 'Reparatie');
  await page.check('[name=from][value=woning-reparatie]');
  await press(page, 'Maak het concept');
  await says(page, 'Over hoe de berichten klinken');
  await follow(page, 'Naar Eén stem');
  assert.match(page.url(), /een-stem#reparatie$/);
  await says(page, 'Wij zeggen „klusser”, niet „vakman”', 'Schrijf liever: klusser');
  assert.ok((await underlined()).includes('vakman'));
  await onEveryScreen('one voice');
  await follow(page, 'Onze woorden');
  await says(page, 'Alleen: Onze woorden.');
  await follow(page, 'Naar het bericht');
  await says(page, 'Toon en vorm', 'Wij zeggen „klusser”');
  await onEveryScreen('a message with remarks');
});
