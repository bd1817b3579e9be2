// The first hour with an empty installation: the first account, pages that teach the next step, a colleague, a lost password.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { begin, begun, FIRST, follow, open, press, proveMail, says, sent, watched } from './support.mjs';

let app, chromium, page, end;
const NEW_PASSWORD = 'een heel andere zin dan eerst';

before(async () => { ({ app, chromium, page, end } = await begun({ bare: true })); });

after(() => end?.());

async function logInAs(one, { email, password }) {
  await open(one, app, '/inloggen');
  await one.fill('[name=email]', email);
  await one.fill('[name=password]', password);
  await press(one, 'Log in');
}

async function logOut(one) {
  await one.click('.me');
  await press(one, 'Uitloggen');
}

test('the first visitor makes the account and hears what is wrong beside the field', async () => {
  await open(page, app, '/');
  assert.match(page.url(), /\/welkom$/);
  await page.fill('[name=organisation]', 'Bibliotheek Rijnoever');
  await page.fill('[name=name]', 'Fatima Aydın');
  await page.fill('[name=email]', FIRST.email);
  await page.fill('[name=password]', 'kort');
  await press(page, 'Maak mijn account');
  await says(page, 'Eén veld moet nog anders', 'Kies een wachtwoord van minstens');
  assert.equal(await page.inputValue('[name=organisation]'), 'Bibliotheek Rijnoever', 'what was typed stays');
  await begin(page, app);
  assert.match(page.url(), /\/vandaag$/);
  await says(page, 'Uw account is klaar', 'Drie eerste stappen', 'Nog 3 stappen');
});

test('there is one first account', async () => {
  const strange = await chromium.newContext({ locale: 'nl-NL' });
  const other = await watched(strange);
  await open(other, app, '/welkom');
  assert.match(other.url(), /\/inloggen/);
  await strange.close();
});

test('each empty page says what to do next, and leads there', async () => {
  const next = {
    '/vandaag': /\/klantreizen\/nieuw$/, '/klantreizen': /\/klantreizen\/nieuw$/, '/klanten': /\/klanten\/nieuw$/,
    '/berichten': /\/klantreizen$/, '/koppelingen': /\/koppelingen\/nieuw$/,
  };
  for (const [path, goal] of Object.entries(next)) {
    await open(page, app, path);
    const links = await page.$$eval('main a[href]', (found) => found.map((one) => one.href));
    assert.ok(links.some((href) => goal.test(href)), `${path} leads to ${goal}, not only to ${links}`);
    assert.ok(await page.locator('.empty').count(), `${path} says that it is empty`);
  }
  for (const path of ['organisatie', 'links', 'links/nieuw', 'personas', 'personas/nieuw', 'leden', 'afzenders', 'collegas', 'niet-benaderen', 'sleutels', 'logboek']) {
    await open(page, app, `/instellingen/${path}`);
  }
});

test('a colleague is invited, may look, and may not change', async () => {
  await open(page, app, '/instellingen/leden');
  await page.fill('[name=email]', 'sem@rijnoever.example');
  await press(page, 'Nodig uit');
  await says(page, 'Een link voor sem@rijnoever.example is klaar', 'Geef de link zelf door');
  const link = (await page.innerText('output')).trim();

  const theirs = await chromium.newContext({ locale: 'nl-NL', viewport: { width: 390, height: 844 } });
  const sem = await watched(theirs);
  await open(sem, app, link);
  await sem.fill('[name=name]', 'Sem de Groot');
  await sem.fill('[name=password]', 'nog een lange zin hier');
  await press(sem, 'Maak mijn account');
  await says(sem, 'Welkom bij Bibliotheek Rijnoever');
  await open(sem, app, '/klantreizen');
  assert.equal(await sem.locator('main a[href$="/klantreizen/nieuw"]').count(), 0, 'a viewer is not offered what is refused');
  for (const path of ['/klantreizen/nieuw', '/instellingen/leden', '/instellingen/afzenders']) {
    assert.equal((await sem.goto(app.address + path)).status(), 403, path);
    await says(sem, 'Dit mag uw account niet');
  }
  const told = await sem.request.post(`${app.address}/klantreizen/nieuw`, { form: { title: 'Van Sem', from: '' }, headers: { origin: app.address } });
  assert.equal(told.status(), 403, 'the server refuses too');
  assert.equal((await sem.goto(link)).status(), 404, 'an invitation works once');
  await theirs.close();

  await open(page, app, '/instellingen/leden');
  await says(page, 'Sem de Groot');
  await page.selectOption('[aria-label="Rol van Sem de Groot"]', 'editor');
  await press(page, 'Verander', page.getByRole('row', { name: /Sem de Groot/ }));
  await says(page, 'De rol van Sem de Groot is veranderd');
});

test('mail goes out after a test of the sender has arrived', async () => {
  await open(page, app, '/instellingen/afzenders/email');
  await proveMail(page, app);
});

test('a lost password is replaced by a link that works once', async () => {
  await logOut(page);
  await says(page, 'U bent uitgelogd');
  await follow(page, 'Wachtwoord vergeten');
  await page.fill('[name=email]', FIRST.email);
  await press(page, 'Stuur mij een link');
  await says(page, 'is er een link onderweg');
  const letter = JSON.stringify(await sent(app, (one) => /\/wachtwoord\//.test(JSON.stringify(one))));
  const [link] = letter.match(/http:[^\s"<\\]*\/wachtwoord\/[\w-]+/);
  await open(page, app, link);
  await page.fill('[name=password]', NEW_PASSWORD);
  await press(page, 'Verander wachtwoord');
  await says(page, 'Uw wachtwoord is veranderd');
  if (/inloggen/.test(page.url())) await logInAs(page, { email: FIRST.email, password: NEW_PASSWORD });
  await logOut(page);
  await logInAs(page, FIRST);
  await says(page, 'horen niet bij elkaar');
  await logInAs(page, { email: FIRST.email, password: NEW_PASSWORD });
  assert.match(page.url(), /vandaag/);
});

test('without a log-in a page asks for one, and then goes where one wanted to go', async () => {
  await logOut(page);
  await page.goto(`${app.address}/koppelingen`);
  assert.match(page.url(), /\/inloggen/);
  await page.fill('[name=email]', FIRST.email);
  await page.fill('[name=password]', NEW_PASSWORD);
  await press(page, 'Log in');
  assert.match(page.url(), /\/koppelingen$/);
});
