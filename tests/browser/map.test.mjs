// From a count on the map to those customers, to one of them, to their path on the same map; by mouse and by keyboard.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { begun, follow, open, says, sound, then } from './support.mjs';

let app, page, end;
const journey = '/klantreizen/woning-reparatie';
const TABS_MAX = 300;

before(async () => { ({ app, page, end } = await begun({ demo: ['--days', '30', '--scale', '0.2'], width: 1600, height: 1000 })); });

after(() => end?.());

const chosen = () => Object.fromEntries([...new URL(page.url()).searchParams].filter(([, value]) => value));

/** Opens the list of customers that stands behind a count, and gives the count. */
async function count(moment) {
  const link = page.locator(`a[href*="wat=geweest"][href*="moment=${moment}"]:visible`).first();
  const [, n] = ((await link.getAttribute('aria-label')) ?? (await link.innerText())).match(/(?:, |^|: )([\d.]+)(?: hadden| reizen|$)/);
  await then(page, () => link.click());
  return Number(n.replace('.', ''));
}

test('a count is a list of customers, one of whom is drawn on the map', async () => {
  await open(page, app, `${journey}/kaart`);
  const n = await count('herinnering');
  await says(page, 'Hadden “Ik word herinnerd”');
  assert.equal(Number(await page.innerText('#h-members .n')), n, 'as many as the map says');
  assert.equal(await page.locator('tbody tr').count(), Math.min(n, 50));
  const name = await page.locator('tbody .name').first().innerText();
  await then(page, () => page.locator('tbody .name').first().click());
  assert.match(page.url(), /\/kaart\?/);
  await says(page, `De reis van`);
  const said = (await page.innerText('.path-legend')).toLowerCase();
  assert.ok(said.includes(name.toLowerCase()), `${said} names ${name}`);
  assert.ok(await page.getByText('pad van deze klant').locator('visible=true').count(), 'the legend of the map names the path');
  await follow(page, 'Het hele verhaal');
  assert.match(page.url(), /\/klanten\/[0-9a-f-]{36}/);
  await follow(page, 'Teken dit pad op de kaart');
  await follow(page, 'Toon weer alle klanten');
  assert.equal(await page.locator('.path-legend').count(), 0);
});

test('the four views keep one selection', async () => {
  await open(page, app, `${journey}/kaart?dagen=30&moment=bevestiging`);
  await page.click('.choice summary');
  await page.selectOption('[name=kanaal]', 'email');
  await then(page, () => page.click('.choice button'));
  const selection = chosen();
  assert.equal(selection.moment, 'bevestiging');
  assert.equal(selection.kanaal, 'email');
  for (const view of ['Stroom', 'Tabel', 'Cijfers', 'Kaart']) {
    await follow(page, view, page.locator('.tabs'));
    assert.deepEqual(chosen(), selection, view);
  }
});

/** Presses Tab until this has the focus. */
async function tabTo(selector) {
  for (let turn = 0; turn < TABS_MAX; turn++) {
    await page.keyboard.press('Tab');
    if (await page.evaluate((wanted) => document.activeElement.matches(wanted), selector)) return;
  }
  assert.fail(`${selector} is not reached by ${TABS_MAX} tabs`);
}

test('all of it goes by keyboard, and one sees where one is', async () => {
  await open(page, app, `${journey}/kaart`);
  await page.keyboard.press('Tab');
  assert.equal(await page.evaluate(() => document.activeElement.className), 'skip');
  await page.keyboard.press('Enter');
  await tabTo('a[href*="moment=gerepareerd"][href*="#moment"]');
  const ring = await page.evaluate(() => { const s = getComputedStyle(document.activeElement); return `${s.outlineStyle} ${s.outlineWidth}`; });
  assert.match(ring, /^(solid|auto) [1-9]/, 'the focus is visible');
  await page.keyboard.press('Enter');
  await page.waitForURL(/moment=gerepareerd/);
  await page.waitForLoadState();
  await says(page, 'Het is in één keer gemaakt', 'hadden dit klantcontact');
  await tabTo('#moment .counts a');
  await Promise.all([page.waitForURL(/\/klanten\?/), page.keyboard.press('Enter')]);
  await tabTo('tbody .name');
  await Promise.all([page.waitForURL(/klant=/), page.keyboard.press('Enter')]);
  await page.waitForLoadState();
  await sound(page, page.url());
  await says(page, 'De reis van');
});

test('on a phone the map goes down the page and says the same', async () => {
  await page.setViewportSize({ width: 390, height: 844 });
  await open(page, app, `${journey}/kaart`);
  const n = await count('herinnering');
  assert.equal(Number(await page.innerText('#h-members .n')), n);
  await then(page, () => page.locator('tbody .name').first().click());
  await says(page, 'De reis van');
});

test('printed or saved as a PDF every sheet is exactly one A3', async () => {
  await open(page, app, `${journey}/kaart/druk`);
  await page.waitForFunction(() => [...document.images].every((image) => image.complete && image.naturalWidth));
  const sheets = await page.locator('img.a3').count();
  const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
  assert.equal((pdf.match(/\/Type\s*\/Page[^s]/g) ?? []).length, sheets);
  for (const [, box] of pdf.matchAll(/\/MediaBox\s*\[([^\]]*)\]/g)) {
    const [, , width, height] = box.trim().split(/\s+/).map((points) => Math.round(Number(points) * 25.4 / 72));
    assert.deepEqual([width, height], [420, 297], 'millimetres of A3 on its side');
  }
  await open(page, app, `${journey}/kaart`);
});
