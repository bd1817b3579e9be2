// An installation of one's own with a source that has a key, and a look into its store.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import assert from 'node:assert/strict';
import { FIRST, start } from '../browser/support.mjs';

/** Starts the binary and makes the source "Webwinkel"; gives its key and the means to look at what came of it. */
export async function connected(options = []) {
  const app = await start('serve', ...options);
  app.post = (path, fields) => fetch(app.address + path, {
    method: 'POST', redirect: 'manual', body: new URLSearchParams(fields),
    headers: { origin: app.address, ...(app.cookie && { cookie: app.cookie }) },
  });
  app.page = async (path) => (await fetch(app.address + path, { headers: { cookie: app.cookie } })).text();
  const made = await app.post('/welkom', { organisation: 'Proef', name: 'Test', ...FIRST, language: 'nl' });
  assert.equal(made.status, 303, await made.text());
  app.cookie = made.headers.getSetCookie().map((one) => one.split(';')[0]).join('; ');
  app.key = (await shown(await app.post('/koppelingen/nieuw', { name: 'Webwinkel', kind: 'segment' })))[0];
  app.stored = (prefix) => stored(app, prefix);
  app.events = (source) => events(app, source);
  return app;
}

/** What a page shows to be copied, once: keys, secrets, addresses. */
export async function shown(answer) {
  const page = await answer.text();
  const found = [...page.matchAll(/<output class="code"[^>]*>([^<]+)<\/output>/g)].map(([, text]) => text.replaceAll('&#x2f;', '/').replaceAll('&amp;', '&'));
  assert.ok(found.length > 0, `a secret on the page:\n${page.slice(0, 2000)}`);
  return found;
}

function rows(app, statement, ...values) {
  const script = `import sqlite3,sys,json
print(json.dumps(sqlite3.connect(sys.argv[1]).execute(sys.argv[2], sys.argv[3:]).fetchall()))`;
  const ran = spawnSync('python3', ['-c', script, join(app.folder, 'klantreis.db'), statement, ...values], { encoding: 'utf8' });
  assert.equal(ran.status, 0, ran.stderr);
  return JSON.parse(ran.stdout);
}

/** Ids of a prefix in the store, with how often each is there. */
const stored = (app, prefix) => rows(app, 'SELECT event, COUNT(*) FROM events WHERE event LIKE ? GROUP BY event', `${prefix}%`);

/** The events of a source as they were kept, in the order in which they came. */
const events = (app, source) => rows(app, 'SELECT event, body FROM events WHERE source = ? ORDER BY arrival', source)
  .map(([id, body]) => ({ ...JSON.parse(body), id }));
