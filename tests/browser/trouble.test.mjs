// A mail server goes away: staff see that nothing goes by it and since when, and whoever runs it what to do.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import { begun, follow, keyOf, open, press, says, send, until } from './support.mjs';

let app, page, server, end;

/** A mail server that takes everything and keeps it. */
function mailServer() {
  const letters = [];
  const lines = new Set();
  const listening = createServer((line) => {
    lines.add(line);
    line.on('close', () => lines.delete(line));
    line.on('error', () => {});
    line.setEncoding('utf8');
    line.write('220 mail.test\r\n');
    let heard = '', letter = null;
    line.on('data', (chunk) => {
      heard += chunk;
      for (let end; (end = heard.indexOf('\r\n')) >= 0; heard = heard.slice(end + 2)) {
        const said = heard.slice(0, end);
        if (letter === null && /^DATA/i.test(said)) { letter = []; line.write('354 go on\r\n'); }
        else if (letter === null) line.write('250 ok\r\n');
        else if (said === '.') { letters.push(letter.join('\n')); letter = null; line.write('250 taken\r\n'); }
        else letter.push(said);
      }
    });
  });
  return new Promise((resolve) => listening.listen(0, '127.0.0.1', () => resolve({
    port: listening.address().port, letters,
    close: () => new Promise((closed) => { listening.close(closed); lines.forEach((line) => line.destroy()); }),
  })));
}

before(async () => {
  server = await mailServer();
  ({ app, page, end } = await begun({ demo: ['--days', '14'] }));
});

after(async () => { await end?.(); await server?.close(); });

test('a mail server is set up and proven', async () => {
  await open(page, app, '/instellingen/afzenders/email');
  await page.check('[name=transport][value=smtp]');
  await page.fill('[name=host]', '127.0.0.1');
  await page.fill('[name=port]', String(server.port));
  await page.selectOption('[name=tls]', 'none');
  await page.fill('[name=password]', 'een geheim van de mailserver');
  await press(page, 'Bewaar');
  await says(page, 'Er is een wachtwoord bewaard');
  await press(page, 'Stuur mij een proef');
  const code = server.letters.join('\n').replaceAll('=\n', '').match(/De code is ([A-Z0-9-]+)/)[1];
  await page.fill('[name=code]', code);
  await press(page, 'Controleer');
  await says(page, 'De afzender werkt');
});

test('it goes away: the sender says that nothing goes by it, and why', async () => {
  const key = await keyOf(page, app, 'Telefooncentrale');
  await server.close();
  const day = new Date(Date.now() + 6 * 86_400_000).toISOString().slice(0, 10);
  const batch = [1, 2, 3, 4, 5, 6, 7, 8].flatMap((number) => {
    const about = { userId: `weg-${number}` };
    const appointment = { id: `w-${number}`, repair_id: `rw-${number}`, status: 'booked', start: `${day}T09:00:00Z`, end: `${day}T11:00:00Z` };
    return [
      { type: 'identify', messageId: `i-${number}`, ...about, traits: { last_name: `Weg ${number}`, email: `weg${number}@example.org` } },
      { type: 'track', messageId: `r-${number}`, ...about, event: 'repair.reported', properties: { id: `rw-${number}`, kind: 'lekkage' } },
      { type: 'track', messageId: `a-${number}`, ...about, event: 'appointment.booked', properties: appointment },
    ];
  });
  assert.equal((await send(app, key, 'batch', { batch })).status, 200);
  await until(page, app, '/instellingen/afzenders', /staat stil sinds[\s\S]*niet bereikbaar/);
  await follow(page, 'E-mail', page.locator('main'));
  await says(page, 'Er gaat nu niets uit via deze afzender. De berichten wachten.', 'Volgende poging');
});

test('whoever runs it reads how it stands, and what to do', async () => {
  await open(page, app, '/instellingen/toestand');
  await says(page, 'Hoe staat het ervoor?', 'gaat er voor', 'niets uit via email', 'De berichten wachten en gaan vanzelf', 'laat ons niet binnen', 'in orde');
  const order = await page.locator('tbody tr').evaluateAll((rows) => rows.map((row) => row.innerText));
  assert.ok(order.length > 5 && /werkt niet/.test(order[0]), `the worst first: ${order[0]}`);
});
