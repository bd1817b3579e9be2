// Walks through every kind of page that can be reached by links, on a phone, a small and a large screen, light and dark, in
// both languages: no errors, nothing sideways, nothing that axe finds.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { begun, RULES_OF_LOOK, sound } from './support.mjs';

const PAGES_MAX = 120;
/** How often one page is looked at with something else asked in its address. */
const ASKED_MAX = 3;
let app, chromium, context, page, end;

before(async () => { ({ app, chromium, context, page, end } = await begun({ demo: ['--days', '30', '--scale', '0.2'], width: 1600, height: 1000 })); });

after(() => end?.());

/** What comes before the name of a journey, a moment, a message or a version. */
const NAMED = ['klantreizen', 'moment', 'bericht', 'versies', 'blad', 'bron', 'start'];

/** The kind of page that an address is: names, ids and numbers do not matter, nor does the order of what is asked. */
function kind(address) {
  const url = new URL(address);
  const parts = url.pathname.split('/');
  const isName = (part, before) => /^[0-9a-f-]{20,}$|:|%3A/i.test(part) || (NAMED.includes(before) && part !== 'nieuw');
  const path = parts.map((part, at) => (isName(part, parts[at - 1]) ? '*' : part)).join('/');
  return `${path}?${[...url.searchParams.keys()].sort().join('&')}`;
}

/** Addresses of pages on this page that change nothing. */
function links() {
  return page.$$eval('a[href]', (found) => found.map((one) => one.href.baseVal ? new URL(one.href.baseVal, document.baseURI).href : one.href)
    .filter((href) => href.startsWith(location.origin) && !/\.(svg|csv|json|md|png|pdf|js|css|woff2)(\?|$)|uitloggen|\/assets\//.test(href))
    .map((href) => href.replace(/#.*/, '')));
}

async function walk(check) {
  // Each sample draws a map of its own.
  const maps = ['bibliotheek-reserveren', 'hulp-bij-inloggen', 'winkel-webshop', 'woning-reparatie'].map((id) => `/klantreizen/${id}/kaart`);
  const waiting = ['/', ...maps].map((path) => app.address + path), kinds = new Set(waiting.map(kind)), seen = [];
  while (waiting.length && seen.length < PAGES_MAX) {
    const address = waiting.shift();
    const answer = await page.goto(address);
    assert.ok(answer.status() < 400, `${answer.status()} at ${address}`);
    seen.push(address);
    await check(address);
    for (const link of await links()) {
      const path = kind(link).split('?')[0];
      const asked = [...kinds].filter((one) => one.split('?')[0] === path).length;
      if (kinds.has(kind(link)) || asked >= ASKED_MAX) continue;
      kinds.add(kind(link));
      waiting.push(link);
    }
  }
  return seen;
}

let all = [];

/** The pages that were found; without them the other tests would say nothing. */
function walked() {
  assert.ok(all.length > 25, `only ${all.length} pages were found: ${all.join(' ')}`);
  return all;
}

test('every kind of page is sound', { timeout: 600_000 }, async () => {
  const wrong = [];
  all = await walk((address) => sound(page, address).catch((error) => wrong.push(error.message)));
  assert.equal(wrong.length, 0, wrong.join('\n'));
  walked();
});

test('and on a phone, in the dark', { timeout: 600_000 }, async () => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
  const wrong = [];
  for (const address of walked()) {
    await page.goto(address);
    await sound(page, `${address} (phone, dark)`, RULES_OF_LOOK).catch((error) => wrong.push(error.message));
  }
  assert.equal(wrong.length, 0, wrong.join('\n'));
});

test('and without JavaScript each page says the same', { timeout: 300_000 }, async () => {
  const bare = await chromium.newContext({ javaScriptEnabled: false, storageState: await context.storageState() });
  const plain = await bare.newPage();
  for (const address of walked()) {
    const answer = await plain.goto(address);
    assert.equal(answer.status(), 200, address);
    assert.ok((await plain.innerText('h1')).trim().length > 0, `${address} has a title`);
  }
  await bare.close();
});

test('a stranger sees nothing of it', async () => {
  const strange = await chromium.newContext();
  const other = await strange.newPage();
  for (const address of walked().filter((one) => !/\/(vraag|mijn|inloggen|wachtwoord|klacht\/bij)/.test(one))) {
    await other.goto(address);
    assert.match(other.url(), /\/inloggen/, address);
  }
  await strange.close();
});
