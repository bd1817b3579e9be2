// "Beleef de reis": one goes through a journey as its customer, with messages, pages and jumps in time, to the end.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { begun, follow, open, press, says, then } from './support.mjs';

let app, page, end;

before(async () => { ({ app, page, end } = await begun({ demo: ['--days', '7', '--scale', '0.1'] })); });

after(() => end?.());

/** Lets an event happen, also when it stands among the others. */
async function happens(event) {
  const button = page.locator(`.play-choice:has([name=event][value^="${event}|"]) button`).first();
  if (!(await button.isVisible())) await page.locator('.play-do > details > summary').click();
  await then(page, () => button.click());
}

/** Presses "Volgende" until there is a message with this title. */
async function until(title) {
  for (let turn = 0; turn < 8; turn++) {
    if (await page.locator('.play-message h3', { hasText: title }).count()) return;
    await press(page, /^Volgende/);
  }
  assert.fail(`no message “${title}”`);
}

/** The words of the newest message with this title, as they can be read on the screen. */
async function read(title) {
  const message = page.locator('.play-message', { has: page.locator('h3', { hasText: title }) }).first();
  const frame = message.locator('iframe');
  if (!(await frame.count())) return message.innerText();
  await frame.scrollIntoViewIfNeeded();
  const body = frame.contentFrame().locator('body');
  await body.locator('a, p').first().waitFor({ state: 'visible' });
  const box = await frame.boundingBox();
  assert.ok(box.height > 200 && box.width > 250, `the letter has room: ${box.width} by ${box.height}`);
  return body.innerText();
}

async function begin(journey, name) {
  await open(page, app, `/klantreizen/${journey}`);
  await follow(page, 'Beleef de reis');
  await page.fill('[name=name]', name);
  await press(page, 'Begin');
  await says(page, 'Niets wordt bewaard of verstuurd', 'Nog geen bericht gekregen');
}

test('a repair, from the report to the mark', async () => {
  await begin('woning-reparatie', 'Noor Bakker');
  await happens('repair.reported');
  await happens('appointment.booked');
  assert.match(await read('Mijn afspraak is bevestigd'), /Bakker[\s\S]*Mijn afspraak/);
  await until('Ik word herinnerd');
  await press(page, '1 dag later');
  await happens('arrival.predicted');
  assert.match(await read('De vakman is onderweg'), /onderweg/);
  await happens('visit.completed');
  await until('Wat vond u ervan?');
  await then(page, () => page.getByRole('link', { name: 'Beantwoord de vraag' }).first().click());
  for (const question of await page.locator('fieldset').all()) await question.locator('input[value="3"]').check();
  await press(page, 'Verstuur');
  await says(page, 'Dank voor het antwoord');
  await follow(page, 'Verander uw antwoord');
  for (const question of await page.locator('fieldset').all()) assert.equal(await question.locator('input:checked').inputValue(), '3');
  await press(page, 'Verstuur');
  await follow(page, 'Terug naar de beleving');
  await says(page, 'Een medewerker is aan zet');
  await press(page, 'Medewerker doet dit');
  await happens('repair.closed');
  await says(page, 'De klantreis is klaar', 'De reis eindigde op', 'Het doel is gehaald op', 'En in het echt?');
  await page.getByText('Waarom kwam er niets?').click();
  await says(page, 'Ik hoor dat het later wordt');
});

test('a reservation at the library, from the search to the next tip', async () => {
  await begin('bibliotheek-reserveren', 'Sanne de Vries');
  await happens('title.viewed');
  await happens('hold.placed');
  assert.match(await read('Mijn reservering is bevestigd'), /Beste Sanne[\s\S]*genoteerd/);
  await press(page, '1 dag later');
  await happens('hold.available');
  await until('ligt klaar');
  await press(page, '1 dag later');
  await happens('hold.collected');
  await happens('loan.created');
  await press(page, '1 week later');
  await happens('loan.returned');
  await says(page, 'De reis eindigde op');
});

test('a step of a later day comes on that day, and the page goes to what is new', async () => {
  await begin('woning-reparatie', 'Noor Bakker');
  assert.match(await page.locator('.path-names, .empty').first().innerText(), /./);
  await happens('repair.reported');
  await happens('appointment.booked');
  const shown = () => page.locator('.play-do time').first().getAttribute('datetime');
  const before = new Date(await shown());
  const started = page.locator('.play-choice:has([name=event][value^="visit.completed|"])').first();
  await page.locator('.play-do > details > summary').click();
  assert.match(await started.innerText(), /3 dagen later/, 'it says so before');
  await then(page, () => started.locator('button').first().click());
  await says(page, '3 dagen later', 'Ik word herinnerd', 'gekregen per');
  assert.ok((new Date(await shown())) - before > 2 * 86400000, 'the clock moved');
  assert.equal(await page.evaluate(() => document.activeElement.id), 'nieuw', 'the focus is at what is new');
  assert.ok(await page.locator('#nieuw').isVisible());
  const names = await page.locator('.path-names li').allInnerTexts();
  assert.ok(names.includes('Mijn afspraak is bevestigd'), names.join());
  await page.setViewportSize({ width: 1280, height: 1152 });
  await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
  assert.ok((await page.locator('.path-strip').boundingBox()).y >= 0, 'the path stays in view');
  await page.setViewportSize({ width: 1280, height: 900 });
});

test('a play that is over says what would come in real life, and begins again at a press', async () => {
  await begin('bibliotheek-reserveren', 'Sanne de Vries');
  await happens('title.viewed');
  await happens('hold.placed');
  await happens('hold.cancelled');
  await says(page, 'is weggegaan', 'Het doel is niet gehaald', 'En in het echt?', 'Een nieuwe klantreis begint als dit weer gebeurt');
  assert.equal(await page.locator('.play-choice').count(), 0, 'nothing more can happen');
  await press(page, 'Opnieuw beleven als Sanne de Vries');
  await says(page, 'Nog geen bericht gekregen', 'Hoe begint het?');
});

test('when nothing comes at the next moment the page says so', async () => {
  await begin('bibliotheek-reserveren', 'Sanne de Vries');
  await press(page, '1 uur later');
  await says(page, 'Er kwam niets');
});

test('a play is its player’s own, and over when it is forgotten', async () => {
  const answer = await page.goto(`${app.address}/klantreizen/woning-reparatie/beleef/AAAAAAAAAAAAAAAAAAAAAA`);
  assert.equal(answer.status(), 200);
  await says(page, 'Dit spel is voorbij');
});
