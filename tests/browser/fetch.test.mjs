// Sources that do not send: where we fetch from, pointing at what came, and how it went.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { begun, open, press, says, sound } from './support.mjs';

let app, page, other, host, end;
let answers = { '/orders': '{"rows":[{"wat":"Order Paid","klant":7,"om":"2026-01-02T10:00:00Z"}]}', '/leden.csv': 'Lid;Mail\n1;a@example.org\n' };

before(async () => {
  other = createServer((request, response) => response.end(answers[new URL(request.url, 'http://x').pathname])).listen(0, '127.0.0.1');
  await new Promise((ready) => { other.once('listening', ready); });
  host = `127.0.0.1:${other.address().port}`;
  ({ app, page, end } = await begun({ serve: ['--fetch-from', host] }));
});
after(async () => { await end?.(); other?.close(); });

async function make(name, kind) {
  await open(page, app, '/koppelingen/nieuw');
  await page.fill('[name=name]', name);
  await page.check(`[name=kind][value=${kind}]`);
  await press(page, 'Maak de bron');
  await says(page, 'Vul in waar we moeten ophalen');
  await sound(page, `${kind}: new`);
}

/** Opens the page anew until it says this: what is fetched comes beside the pages. */
async function until(words) {
  for (let turn = 0; turn < 75; turn++) {
    if ((await page.innerText('main')).match(words)) return;
    await pause(200);
    await page.goto(page.url().split('?')[0]);
  }
  assert.fail(`${page.url()} does not say ${words}:\n${await page.innerText('main')}`);
}

test('an API is pointed at in a sample that is fetched', async () => {
  await make('Planpakket', 'api');
  await page.fill('[name=url]', `http://${host}/orders`);
  await press(page, 'Bewaar');
  await press(page, 'Haal een voorbeeld op');
  await sound(page, 'api: sample');
  await page.selectOption('[name=name]', 'rows.*.wat');
  await page.selectOption('[name=customer]', 'rows.*.klant');
  await page.selectOption('[name=cursor]', 'newest');
  await page.fill('[name=cursor_at]', 'rows.*.om');
  await page.fill('[name=parameter]', 'since');
  await press(page, 'Bekijk wat het wordt');
  await says(page, 'Wordt order.paid, over 7.');
  await sound(page, 'api: looked');
  await press(page, 'Bewaar en begin');
  await until(/1 nieuw/);
  await sound(page, 'api: fetched');
});

test('what went wrong stands at the source', async () => {
  answers['/orders'] = 'nee';
  await press(page, 'Haal nu op');
  await until(/ging het mis[\s\S]*geen JSON[\s\S]*opnieuw/);
  await sound(page, 'api: trouble');
  await open(page, app, '/koppelingen');
  await says(page, 'ophalen mislukt');
  await sound(page, 'connections: trouble');
  await open(page, app, '/vandaag');
  await says(page, 'Ophalen lukt niet bij Planpakket');
  await open(page, app, '/koppelingen/bron/planpakket');
  await says(page, 'Het antwoord is geen JSON');
  await sound(page, 'source: trouble');
});

test('a table is looked at, and its columns are chosen', async () => {
  await make('Leden', 'table');
  await page.fill('[name=url]', `http://${host}/leden.csv`);
  await page.selectOption('[name=rows]', 'customers');
  await press(page, 'Bewaar');
  await press(page, 'Kijk naar de tabel');
  await sound(page, 'table: looked');
  assert.equal(await page.inputValue('[name=email]'), 'Mail', 'it is guessed');
  await page.selectOption('[name=id]', 'Lid');
  await press(page, 'Bewaar en begin');
  await until(/1 nieuw, 0 al bekend/);
  await sound(page, 'table: fetched');
});
