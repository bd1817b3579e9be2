// Starts the real binary on an empty folder and a free port, and opens its pages in a real browser.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import assert from 'node:assert/strict';

export const peers = process.env.KLANTREIS_PEERS ?? join(process.env.HOME, '.cache/klantreis/peers');
export const require = createRequire(join(peers, 'package.json'));
const binary = process.env.KLANTREIS_BIN ?? join(process.env.CARGO_TARGET_DIR ?? 'target', 'debug/klantreis');

/** Starts `klantreis <args>`; gives its address and what it printed. */
export async function start(...args) {
  const folder = mkdtempSync(join(tmpdir(), 'klantreis-'));
  const child = spawn(binary, [...args, '--data', folder, '--port', '0'], { stdio: ['ignore', 'pipe', 'pipe'] });
  let printed = '';
  const address = await new Promise((resolve, reject) => {
    const read = (chunk) => {
      printed += chunk;
      const found = printed.match(/http:\/\/[\d.]+:\d+/);
      if (found && /\n\s*$/.test(printed)) resolve(found[0]);
    };
    child.stdout.on('data', read);
    child.stderr.on('data', (chunk) => { printed += chunk; });
    child.on('exit', (code) => reject(new Error(`klantreis stopped with ${code}:\n${printed}`)));
  });
  return {
    address, folder, printed: () => printed,
    async stop() {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.removeAllListeners('exit');
      child.once('exit', () => {});
      child.kill('SIGTERM');
      if (child.exitCode === null) await Promise.race([ended, new Promise((r) => child.once('exit', r))]);
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
  page.wrong = [];
  page.on('console', (message) => { if (message.type() === 'error') page.wrong.push(message.text()); });
  page.on('pageerror', (error) => page.wrong.push(String(error)));
  page.on('response', (response) => { if (response.status() >= 500) page.wrong.push(`${response.status()} ${response.url()}`); });
  return page;
}

/** Nothing went wrong, nothing scrolls sideways, and axe finds nothing on the page as it stands. */
export async function sound(page, what) {
  assert.deepEqual(page.wrong, [], `${what}: errors on the page`);
  const sideways = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  assert.ok(sideways <= 0, `${what}: ${sideways} px wider than the window`);
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8'));
  const found = await page.evaluate(() => window.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }));
  // A link of the map covers a whole column of text, or words that are set in pieces; its name is the short form of that, so
  // that a screen reader is not read five lanes per step. Everything else must be named by what stands on it.
  for (const violation of found.violations.filter((v) => v.id === 'label-content-name-mismatch')) {
    violation.nodes = violation.nodes.filter((node) => !/class="map-/.test(node.html));
  }
  const violations = found.violations.filter((violation) => violation.nodes.length > 0);
  const lines = violations.map((v) => `${v.id}: ${v.help}\n    ${v.nodes.slice(0, 3).map((n) => n.html.slice(0, 160)).join('\n    ')}`);
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
