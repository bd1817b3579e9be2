// Walks through every kind of page that can be reached by links, on a phone, a small and a large screen, light and dark, in
// both languages: no errors, nothing sideways, nothing that axe finds.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { browser, logIn, sound, start, watched } from './support.mjs';

const PAGES_MAX = 120;
let app, chromium, context, page;

before(async () => {
  app = await start('demo', '--days', '30', '--scale', '0.2');
  chromium = await browser();
  context = await chromium.newContext({ viewport: { width: 1600, height: 1000 }, locale: 'nl-NL' });
  page = await watched(context);
  await logIn(page, app);
});

after(async () => { await chromium?.close(); await app?.stop(); });

/** The kind of page that an address is: ids and numbers do not matter, nor does the order of what is asked. */
function kind(address) {
  const url = new URL(address);
  const path = url.pathname.split('/').map((part) => (/^[0-9a-f-]{20,}$|:|%3A/i.test(part) ? '*' : part)).join('/');
  return `${path}?${[...url.searchParams.keys()].sort().join('&')}`;
}

/** Addresses of pages on this page that change nothing. */
function links() {
  return page.$$eval('a[href]', (found) => found.map((one) => one.href.baseVal ? new URL(one.href.baseVal, document.baseURI).href : one.href)
    .filter((href) => href.startsWith(location.origin) && !/\.(svg|csv|json|png|pdf|js|css|woff2)(\?|$)|uitloggen|\/assets\//.test(href))
    .map((href) => href.replace(/#.*/, '')));
}

async function walk(check) {
  const waiting = [`${app.address}/`], kinds = new Set([kind(waiting[0])]), seen = [];
  while (waiting.length && seen.length < PAGES_MAX) {
    const address = waiting.shift();
    const answer = await page.goto(address);
    assert.ok(answer.status() < 400, `${answer.status()} at ${address}`);
    seen.push(address);
    await check(address);
    for (const link of await links()) {
      if (kinds.has(kind(link)) || kinds.size > PAGES_MAX * 2) continue;
      kinds.add(kind(link));
      waiting.push(link);
    }
  }
  return seen;
}

let all = [];

test('every kind of page is sound', { timeout: 600_000 }, async () => {
  const wrong = [];
  all = await walk((address) => sound(page, address).catch((error) => wrong.push(error.message)));
  assert.equal(wrong.length, 0, wrong.join('\n'));
  assert.ok(all.length > 25, `only ${all.length} pages were found: ${all.join(' ')}`);
});

test('and on a phone, in the dark', { timeout: 600_000 }, async () => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
  const wrong = [];
  for (const address of all) {
    await page.goto(address);
    await sound(page, `${address} (phone, dark)`).catch((error) => wrong.push(error.message));
  }
  assert.equal(wrong.length, 0, wrong.join('\n'));
});

test('and without JavaScript each page says the same', { timeout: 300_000 }, async () => {
  const bare = await chromium.newContext({ javaScriptEnabled: false, storageState: await context.storageState() });
  const plain = await bare.newPage();
  for (const address of all) {
    const answer = await plain.goto(address);
    assert.equal(answer.status(), 200, address);
    assert.ok((await plain.innerText('h1')).trim().length > 0, `${address} has a title`);
  }
  await bare.close();
});

test('a stranger sees nothing of it', async () => {
  const strange = await chromium.newContext();
  const other = await strange.newPage();
  for (const address of all.filter((one) => !/\/(vraag|mijn|inloggen|wachtwoord)/.test(one))) {
    await other.goto(address);
    assert.match(other.url(), /\/inloggen/, address);
  }
  await strange.close();
});
