// The pages in English: from the first visit on no Dutch is left around what people wrote themselves.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { begin, begun, open, press, says } from './support.mjs';

let app, page, end;
const DUTCH = /\b(het|een|niet|nog|geen|voor|naar|wordt|zijn|uw|klanten|klantreizen|berichten|bericht|koppelingen|instellingen|vandaag|medewerkers?|contactmoment(en)?|bewaar|verwijder|taken|bron(nen)?|gebeurtenis(sen)?)\b/gi;

before(async () => { ({ app, page, end } = await begun({ bare: true, locale: 'en-GB' })); });

after(() => end?.());

/** What stands on the page and what a screen reader says of it, without what is written in Dutch on purpose. */
async function inEnglish(path) {
  await open(page, app, path);
  assert.equal(await page.getAttribute('html', 'lang'), 'en', path);
  const text = await page.evaluate(() => {
    const copy = document.body.cloneNode(true);
    for (const part of copy.querySelectorAll('script, style, .cards, [lang="nl"], textarea, pre')) part.remove();
    const said = [...copy.querySelectorAll('[aria-label], [placeholder], [title]')].flatMap((one) => ['aria-label', 'placeholder', 'title'].map((name) => one.getAttribute(name)));
    return `${copy.textContent} ${said.filter(Boolean).join(' ')} ${document.title}`;
  });
  const found = [...text.matchAll(DUTCH)].map((match) => text.slice(Math.max(0, match.index - 40), match.index + 40).replace(/\s+/g, ' '));
  assert.deepEqual(found, [], path);
}

test('the first page speaks the visitor’s language', async () => {
  await inEnglish('/');
  await begin(page, app, 'en');
  await says(page, 'Your account is ready');
});

test('all main pages are in English', async () => {
  const settings = ['organisatie', 'stem', 'links', 'links/nieuw', 'personas', 'personas/nieuw', 'leden', 'afzenders', 'afzenders/email', 'afzenders/sms', 'afzenders/whatsapp', 'afzenders/post', 'collegas', 'niet-benaderen', 'niet-benaderen/inlezen', 'afzenders/namens', 'afzenders/namens/eigen', 'sleutels', 'logboek'];
  const paths = ['/vandaag', '/vandaag/balie', '/vandaag/balie/posters', '/klantreizen', '/klantreizen/nieuw', '/klanten', '/klanten/nieuw', '/berichten',
    '/berichten/een-stem', '/berichten/los', '/berichten/los/nieuw', '/berichten/post', '/koppelingen', '/koppelingen/nieuw', '/koppelingen/niet-verwerkt', '/koppelingen/inlezen', '/account', ...settings.map((name) => `/instellingen/${name}`)];
  for (const path of paths) await inEnglish(path);
});

test('and so are those of a journey', async () => {
  await open(page, app, '/klantreizen/nieuw');
  await page.fill('[name=title]', 'Borrowing a book');
  await page.check('[name=from][value=""]');
  await press(page, 'Make the draft');
  const phase = await page.locator('.phase').first().getAttribute('id');
  await page.fill(`[name="new.${phase.slice(2)}"]`, 'I look for a book');
  await press(page, 'Add', page.locator(`#${phase}`));
  const journey = '/klantreizen/borrowing-a-book';
  for (const path of ['/concept', '/concept/moment/i-look-for-a-book', '/concept/gegevens', '/concept/tekst', '/concept/eerder', '/concept/live', '/versies', '/bereik',
    '/kaart', '/kaart?moment=i-look-for-a-book', '/stroom', '/tabel', '/cijfers', '/beleef']) await inEnglish(journey + path);
});

test('one may change to Dutch and back', async () => {
  await open(page, app, '/account');
  await page.selectOption('[name=language]', 'nl');
  await press(page, 'Save');
  await says(page, 'Mijn account', 'Uw gegevens zijn bewaard');
  await page.selectOption('[name=language]', 'en');
  await press(page, 'Bewaar');
  await says(page, 'My account');
});
