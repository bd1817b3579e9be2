// What journeys share, without YAML: links and personas come along with a sample, are made and changed in forms, and are not
// removed while something uses them. Examples come from the definition, conditions are read in words.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { begun, follow, open, press, says, sound, then } from './support.mjs';

let app, page, end;
const draft = '/klantreizen/boeken-lenen/concept';

before(async () => { ({ app, page, end } = await begun()); });

after(() => end?.());

const todo = () => page.$$eval('#te-doen li:not(.done)', (found) => found.map((one) => one.innerText));

async function onEveryScreen(what) {
  const was = page.viewportSize();
  for (const width of [390, 1600]) {
    await page.setViewportSize({ width, height: 900 });
    await sound(page, `${what}, ${width} wide`);
  }
  await page.setViewportSize(was);
}

async function copy(title, sample) {
  await open(page, app, '/klantreizen/nieuw');
  await page.fill('[name=title]', title);
  await page.check(`[name=from][value=${sample}]`);
  await press(page, 'Maak het concept');
}

test('the first page teaches three steps', async () => {
  assert.match(page.url(), /\/vandaag$/);
  await says(page, 'Drie eerste stappen', 'Kies een klantreis', 'Laat weten wat er gebeurt', 'Probeer het zelf');
  await onEveryScreen('the first steps');
  await follow(page, 'Kies een voorbeeld');
  assert.match(page.url(), /\/klantreizen\/nieuw$/);
});

test('a sample brings the links and personas along that are missing, and says so', async () => {
  await copy('Boeken lenen', 'bibliotheek-reserveren');
  await says(page, 'meegenomen uit het voorbeeld', 'link “genre”', 'persona “Sanne Vos', 'nog woord voor woord het voorbeeld “Een boek reserveren”');
  const open = await todo();
  assert.ok(open.some((line) => line.includes('nog het adres van het voorbeeld')), open.join('\n'));
  assert.ok(!open.some((line) => line.includes('bestaat niet')), open.join('\n'));
  await onEveryScreen('the draft of a copy');
});

test('a link has an address in parts, an example beside it, and keeps what was typed when it is wrong', async () => {
  await follow(page, 'Naar de link');
  await says(page, 'Link “genre”', 'GEN-1001', 'voorbeeldadres dat van niemand is');
  assert.ok(!(await page.innerText('body')).includes('{id}'), 'no variable in code');
  await page.fill('[name=address]', 'www.bieb.example/tips/');
  await press(page, 'Bewaar');
  await says(page, 'geen adres dat achter een link kan staan');
  assert.equal(await page.inputValue('[name=address]'), 'www.bieb.example/tips/');
  await onEveryScreen('a link with a remark');
  await page.fill('[name=address]', 'https://bieb.example/tips/');
  await page.locator('#voorbeeld', { hasText: 'https://bieb.example/tips/GEN-1001' }).waitFor();
  await page.locator('[name=address]').focus();
  await then(page, () => page.keyboard.press('Enter'));
  assert.equal(new URL(page.url()).pathname, draft, 'back where one came from');
  await says(page, 'De link “genre” is bewaard');
  assert.ok(!(await todo()).some((line) => line.includes('voorbeeld. Vul')));
});

test('a link that a message names and nobody made leads to its form, with the name filled in', async () => {
  await open(page, app, `${draft}/bericht/tips`);
  const body = page.locator('[name=body]');
  await body.fill(`${await body.inputValue()}\n\n[Openingstijden]({{ link('onze_tijden') }})`);
  await press(page, 'Bewaar');
  await open(page, app, draft);
  await follow(page, 'Maak de link');
  assert.equal(await page.inputValue('[name=name]'), 'onze tijden');
  await page.fill('[name=address]', 'https://bieb.example/tijden');
  await press(page, 'Bewaar');
  assert.equal(new URL(page.url()).pathname, draft);
  assert.ok(!(await todo()).some((line) => line.includes('onze_tijden')));
});

test('a link in use cannot be removed; another can', async () => {
  await open(page, app, '/instellingen/links');
  await says(page, 'genre', 'onze tijden', 'Boeken lenen, bericht “tips”');
  await onEveryScreen('the links');
  await follow(page, 'genre');
  await says(page, 'Deze link staat nog in de berichten');
  const refused = await page.request.post(`${app.address}/instellingen/links/genre/weg`, { headers: { origin: app.address }, form: {} });
  assert.equal(refused.status(), 409);
  await open(page, app, '/instellingen/links/nieuw');
  await page.fill('[name=name]', 'Hulp');
  await page.fill('[name=address]', 'tel:+31301234567');
  await press(page, 'Bewaar');
  await follow(page, 'hulp');
  await press(page, 'Verwijder deze link');
  await says(page, 'De link “hulp” is verwijderd');
});

test('a persona is described in a form', async () => {
  await open(page, app, '/instellingen/personas');
  await follow(page, 'Sanne Vos');
  await says(page, 'Deze persona staat nog in de kop');
  await page.fill('[name=name]', '');
  await page.evaluate(() => document.querySelector('[name=name]').removeAttribute('required'));
  await page.fill('[name=goal]', 'Dit wil ik niet kwijt');
  await press(page, 'Bewaar');
  await says(page, 'Vul in wie het is');
  assert.equal(await page.inputValue('[name=goal]'), 'Dit wil ik niet kwijt');
  await onEveryScreen('a persona with a remark');
  await page.fill('[name=name]', 'Sanne Vos, 35, leest graag');
  await press(page, 'Bewaar');
  await says(page, 'Sanne Vos, 35, leest graag', 'Dit wil ik niet kwijt');
  await follow(page, 'Nieuwe persona');
  await page.fill('[name=name]', 'Emma Bakker, 41');
  await press(page, 'Bewaar');
  await follow(page, 'Emma Bakker');
  await press(page, 'Verwijder deze persona');
  await says(page, 'De persona “Emma Bakker, 41” is verwijderd');
  await open(page, app, '/instellingen/organisatie');
  assert.match(await page.inputValue('textarea[name=text]'), /Sanne Vos, 35/, 'the text says the same');
});

test('a message shows examples of the definition, which one gives in a form', async () => {
  await open(page, app, `${draft}/bericht/ligt-klaar`);
  await page.locator('#voorbeelden', { hasText: 'Het stille water' }).first().waitFor();
  await open(page, app, `${draft}/gegevens`);
  const rows = await page.$$eval('#facts input[name$=".property"]', (found) => found.map((one) => [one.name, one.value]));
  const at = async (name) => page.inputValue(`[name="${name.replace('property', 'object')}"]`);
  for (const [name, property] of rows) {
    if (property === 'title' && (await at(name)) === 'hold') await page.fill(`[name="${name.replace('property', 'example')}"]`, 'De laatste trein');
  }
  await onEveryScreen('the journey itself');
  await press(page, 'Bewaar');
  await says(page, 'Bewaard in het concept');
  await open(page, app, `${draft}/bericht/ligt-klaar`);
  await page.locator('#voorbeelden', { hasText: 'De laatste trein' }).first().waitFor();
});

test('a condition is chosen in words; a formula stays quiet', async () => {
  await copy('Lekkage', 'woning-reparatie');
  for (const moment of await page.$$eval('a[href*="/concept/moment/"]', (found) => found.map((one) => one.getAttribute('href')))) {
    await open(page, app, moment);
    await page.evaluate(() => document.querySelectorAll('main details').forEach((one) => { one.open = true; }));
    const code = await page.$$eval('main :is(input:not([type=hidden]):not([type=radio]), option:checked, p:not(:has(code)), span)', (found) => found.map((one) => (one.tagName === 'INPUT' ? one.value : one.innerText)).filter((text) => /==|&&|\bevent\./.test(text ?? '')));
    assert.deepEqual(code, [], moment);
  }
  await open(page, app, '/klantreizen/lekkage/concept/gegevens');
  await page.locator('#goal summary').click();
  const said = await page.$eval('[name="goal.where.0.subject"]', (one) => one.selectedOptions[0].innerText);
  assert.doesNotMatch(said, /\./);
  const before = await (await page.request.get(`${app.address}/klantreizen/lekkage/concept/tekst`)).text();
  await page.fill('[name=owner]', 'balie');
  await press(page, 'Bewaar');
  const after = await (await page.request.get(`${app.address}/klantreizen/lekkage/concept/tekst`)).text();
  const lines = (text) => text.split('\n').filter((line) => line.includes('where:') || line.includes('only_if:') || line.includes('becomes:'));
  assert.deepEqual(lines(after), lines(before), 'what was not touched stays as it was written');
});

test('a trial is called a trial, and a journey with the same start is named', async () => {
  await open(page, app, `${draft}/live`);
  await press(page, 'Zet deze versie live');
  await says(page, 'Versie 1 loopt als proef: berichten gaan alleen naar collega’s');
  assert.doesNotMatch(await page.innerText('main'), /is live/);
  await copy('Boeken halen', 'bibliotheek-reserveren');
  await says(page, 'Klantreis “Boeken lenen” staat ook live en begint bij dezelfde gebeurtenis');
  await open(page, app, '/klantreizen/boeken-halen/concept/live');
  await says(page, 'Om op te letten', 'Boeken lenen');
  await onEveryScreen('publishing');
});

test('steps that are done are ticked off', async () => {
  await open(page, app, '/vandaag');
  await says(page, 'Nog 2 stappen');
  await follow(page, 'Beleef de reis');
  await press(page, /Begin|Start/);
  await open(page, app, '/vandaag');
  await says(page, 'Nog één stap');
  await onEveryScreen('the first steps, nearly done');
});
