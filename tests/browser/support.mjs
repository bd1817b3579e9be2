// Starts the real binary on an empty folder and a free port, and opens its pages in a real browser.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import assert from 'node:assert/strict';

export const peers = process.env.KLANTREIS_PEERS ?? join(process.env.HOME, '.cache/klantreis/peers');
export const require = createRequire(join(peers, 'package.json'));
/** The binary that is tested. */
export const binary = process.env.KLANTREIS_BIN ?? join(process.env.CARGO_TARGET_DIR ?? 'target', 'debug/klantreis');

/** A process of `klantreis <args>`, once it has said this. */
async function run(args, said) {
  const child = spawn(binary, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let printed = '';
  const found = await new Promise((resolve, reject) => {
    const read = (chunk) => {
      printed += chunk;
      const match = printed.match(said);
      if (match && /\n\s*$/.test(printed)) resolve(match[0]);
    };
    child.stdout.on('data', read);
    child.stderr.on('data', (chunk) => { printed += chunk; });
    child.on('error', reject);
    child.on('exit', (code) => reject(new Error(`klantreis stopped with ${code}:\n${printed}`)));
  });
  child.removeAllListeners('exit');
  return {
    found, printed: () => printed,
    async stop() {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGTERM');
      if (child.exitCode === null) await ended;
    },
  };
}

/** Starts `klantreis <args>`, on the empty store that KLANTREIS_STORE names if it does; gives its address and what it printed.
 *  With KLANTREIS_APART `serve` is two processes: one for the pages, one for the work. */
export async function start(command, ...args) {
  const folder = mkdtempSync(join(tmpdir(), 'klantreis-'));
  const data = ['--data', folder];
  const isApart = command === 'serve' && Boolean(process.env.KLANTREIS_APART);
  const pages = await run([isApart ? 'web' : command, ...args, ...data, '--port', '0'], /http:\/\/[\d.]+:\d+/);
  const address = pages.found;
  const processes = isApart ? [pages, await run(['worker', ...data, '--url', address], /klantreis worker/)] : [pages];
  return {
    address, folder, printed: pages.printed,
    async stop() {
      await Promise.all(processes.map((one) => one.stop()));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A browser without the calls home that a closed network refuses. */
export function browser() {
  return require('playwright-core').chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
      '--disable-component-update', '--disable-sync'],
  });
}

/** A page that remembers what went wrong on it. */
export async function watched(context) {
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  page.wrong = [];
  // The browser repeats each refused answer as an error without saying of what; the answers themselves are looked at below.
  page.on('console', (message) => {
    if (message.type() === 'error' && !/responded with a status of \d+/.test(message.text())) page.wrong.push(message.text());
  });
  page.on('pageerror', (error) => page.wrong.push(String(error)));
  page.on('response', (response) => {
    const isPage = response.request().isNavigationRequest() && response.frame() === page.mainFrame();
    if (response.status() >= (isPage ? 500 : 400)) page.wrong.push(`${response.status()} ${response.url()}`);
  });
  return page;
}

/** Opens a page, which must be there and be sound. */
export async function open(page, app, path) {
  const answer = await page.goto(new URL(path, app.address).href);
  assert.equal(answer.status(), 200, path);
  await sound(page, path);
}

/** What a user does to leave the page, such as a click; waits for the next page, which must be sound. */
export async function then(page, act) {
  await Promise.all([page.waitForEvent('load'), act()]);
  await sound(page, page.url());
}

/** Presses the button with this name on it. */
export const press = (page, name, within = page) => then(page, () => within.getByRole('button', { name }).first().click());

/** Follows the link with these words. */
export const follow = (page, name, within = page) => then(page, () => within.getByRole('link', { name }).first().click());

/** Asserts that the page shows these words. */
export async function says(page, ...words) {
  const text = await page.innerText('body');
  for (const word of words) assert.match(text, word instanceof RegExp ? word : new RegExp(word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')), page.url());
}

/** Opens a page again and again until it says this: what comes in is worked through beside the pages. */
export async function until(page, app, path, words) {
  for (let turn = 0; turn < 100; turn++) {
    await page.goto(new URL(path, app.address).href);
    if (words.test(await page.innerText('main'))) return sound(page, path);
    await pause(200);
  }
  return assert.fail(`${path} never said ${words}:\n${await page.innerText('main')}`);
}

/** Makes a source of the kind that is offered first; gives its key. */
export async function keyOf(page, app, name) {
  await open(page, app, '/koppelingen/nieuw');
  await page.fill('[name=name]', name);
  await press(page, 'Maak de bron');
  return (await page.innerText('.secret output')).trim();
}

/** Sends calls as a supplier's system would: one by its own path, or several by `batch`. */
export function send(app, key, call, body) {
  return fetch(`${app.address}/v1/${call}`, {
    method: 'POST', body: JSON.stringify(body),
    headers: { 'content-type': 'application/json', authorization: `Basic ${Buffer.from(`${key}:`).toString('base64')}` },
  });
}

/** The newest message that the file transport wrote for which this holds. */
export async function sent(app, holds) {
  const folder = join(app.folder, 'sent');
  for (let turn = 0; turn < 100; turn++) {
    const files = existsSync(folder) ? readdirSync(folder, { recursive: true }).filter((name) => name.endsWith('.json')) : [];
    const byAge = files.map((name) => join(folder, name)).sort((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs);
    const found = byAge.map((file) => JSON.parse(readFileSync(file, 'utf8'))).find(holds);
    if (found) return found;
    await pause(100);
  }
  return assert.fail('no such message was sent');
}

/** Makes the first account of an empty installation. */
export async function begin(page, app, language = 'nl') {
  await page.goto(app.address);
  await page.fill('[name=organisation]', 'Bibliotheek Rijnoever');
  await page.fill('[name=name]', 'Fatima Aydın');
  await page.fill('[name=email]', FIRST.email);
  await page.fill('[name=password]', FIRST.password);
  await page.selectOption('[name=language]', language);
  await then(page, () => page.click('main button.primary'));
}

/** A program of one's own and a page on it: `demo` with these options, logged in, or `serve` with its first account made, unless it is
 *  `bare`. `another` opens one more page of somebody else; `end` stops everything. */
export async function begun({ demo, serve = [], bare = false, width = 1280, height = 900, locale = 'nl-NL' } = {}) {
  const app = demo ? await start('demo', ...demo) : await start('serve', ...serve);
  const chromium = await browser();
  const end = async () => { await chromium.close(); await app.stop(); };
  try {
    const context = await chromium.newContext({ viewport: { width, height }, locale });
    const another = async (options) => watched(await chromium.newContext({ locale, ...options }));
    const page = await watched(context);
    if (demo) await logIn(page, app);
    else if (!bare) await begin(page, app);
    return { app, chromium, context, page, another, end };
  } catch (error) {
    await end();
    throw error;
  }
}

/** The screen of a telephone. */
export const PHONE = { viewport: { width: 390, height: 844 } };

/** The log-in of the first account. */
export const FIRST = { email: 'fatima@rijnoever.example', password: 'een lange zin om te onthouden' };

const pictured = new Set();

/** With KLANTREIS_PICTURES=folder each page is kept there as a picture, on a phone and larger screens, light and dark. */
async function picture(page) {
  const folder = process.env.KLANTREIS_PICTURES;
  const name = new URL(page.url()).pathname.replace(/[0-9a-f-]{20,}|:/g, 'x').replace(/\W+/g, '_').slice(0, 60);
  if (!folder || pictured.size > 400) return;
  mkdirSync(folder, { recursive: true });
  const number = String(pictured.size + 1).padStart(3, '0');
  pictured.add(number);
  const was = page.viewportSize();
  for (const [width, height] of [[390, 844], [1024, 768], [1600, 1000]]) {
    await page.setViewportSize({ width, height });
    for (const colorScheme of ['light', 'dark']) {
      await page.emulateMedia({ colorScheme });
      await page.screenshot({ path: join(folder, `${number}${name}-${width}-${colorScheme}.png`), fullPage: true, animations: 'disabled' });
    }
  }
  await page.emulateMedia({ colorScheme: 'light' });
  await page.setViewportSize(was);
  // Colours that are still on their way back would be measured halfway.
  await page.evaluate(() => document.getAnimations().filter((one) => one instanceof CSSTransition).forEach((one) => one.finish()));
}

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
/** The rules that depend on the size of the screen and its colours, for a page that was held against all of them before. */
export const RULES_OF_LOOK = ['color-contrast', 'target-size', 'scrollable-region-focusable', 'link-name', 'button-name', 'label', 'region', 'heading-order', 'empty-heading'];

/** Nothing went wrong, nothing scrolls sideways, and axe finds nothing on the page as it stands. */
export async function sound(page, what, rules = RULES) {
  await picture(page);
  assert.deepEqual(page.wrong, [], `${what}: errors on the page`);
  const sideways = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  assert.ok(sideways <= 0, `${what}: ${sideways} px wider than the window`);
  // A bar that stays in sight covers what one scrolls past; at the end of the page it lies where it belongs.
  await page.evaluate(() => window.scrollTo(0, document.documentElement.scrollHeight));
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8'));
  const found = await page.evaluate((runOnly) => window.axe.run(document, { runOnly }), rules);
  const lines = found.violations.map((v) => `${v.id}: ${v.help}\n    ${v.nodes.slice(0, 3).map((n) => n.html.slice(0, 160)).join('\n    ')}`);
  assert.equal(lines.length, 0, `${what}: accessibility\n  ${lines.join('\n  ')}`);
}

/** Logs in with what the binary printed. */
export async function logIn(page, app) {
  const [, email, password] = app.printed().match(/(\S+@\S+)\s+\/\s+(\S+)/) ?? [];
  assert.ok(email, `a log-in in:\n${app.printed()}`);
  await page.goto(`${app.address}/inloggen`);
  await page.fill('[name=email]', email);
  await page.fill('[name=password]', password);
  await page.click('form button.primary');
  await page.waitForURL((url) => !url.pathname.startsWith('/inloggen'));
}

/** On the page of the e-mail sender: sets it up to write files, and proves it with the code from the test message. */
export async function proveMail(page, app) {
  await page.fill('[name=from_name]', 'Bibliotheek Rijnoever');
  await page.fill('[name=from_address]', 'post@rijnoever.example');
  await page.check('[name=transport][value=file]');
  await press(page, 'Bewaar');
  await press(page, 'Stuur mij een proef');
  await page.fill('[name=code]', 'AAAA-BBBB');
  await press(page, 'Controleer');
  await says(page, 'Deze code klopt niet');
  const letter = JSON.stringify(await sent(app, (one) => one.to === FIRST.email));
  await page.fill('[name=code]', letter.match(/De code is ([A-Z0-9-]+)/)[1]);
  await press(page, 'Controleer');
  await says(page, 'De afzender werkt');
}
