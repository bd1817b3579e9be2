// Who works for others sets up a name to write in; and a list of whom not to contact comes along from another system.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { deflateSync, crc32 } from 'node:zlib';
import { begun, follow, open, press, says, sound } from './support.mjs';

let app, page, end;

before(async () => { ({ app, page, end } = await begun()); });

after(() => end?.());

/** A green PNG of this size. */
function png(width, height) {
  const number = (value) => { const bytes = Buffer.alloc(4); bytes.writeUInt32BE(value); return bytes; };
  const piece = (name, content) => {
    const body = Buffer.concat([Buffer.from(name), content]);
    return Buffer.concat([number(content.length), body, number(crc32(body))]);
  };
  const head = Buffer.concat([number(width), number(height), Buffer.from([8, 2, 0, 0, 0])]);
  const line = Buffer.concat([Buffer.from([0]), Buffer.alloc(width * 3, Buffer.from([0, 88, 61]))]);
  const rows = Buffer.concat(Array.from({ length: height }, () => line));
  return Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), piece('IHDR', head), piece('IDAT', deflateSync(rows)), piece('IEND', Buffer.alloc(0))]);
}

test('a principal is made with its logo, colour and senders', async () => {
  await open(page, app, '/instellingen/afzenders');
  await follow(page, 'Voeg een opdrachtgever toe');
  await page.fill('[name=name]', 'Woonstede');
  await page.fill('[name=accent]', '#ffee00');
  await page.setInputFiles('[name=file]', { name: 'logo.png', mimeType: 'image/png', buffer: Buffer.from('<svg>') });
  await press(page, 'Bewaar');
  await says(page, 'Op deze kleur is witte tekst niet te lezen', 'Dit is geen heel PNG- of JPEG-bestand');
  assert.equal(await page.inputValue('[name=name]'), 'Woonstede');
  page.wrong = page.wrong.filter((one) => !one.startsWith('422'));
  await page.fill('[name=accent]', '#00583d');
  await page.fill('[name=lines]', 'Postbus 1\n6800 AA Arnhem');
  await page.setInputFiles('[name=file]', { name: 'logo.png', mimeType: 'image/png', buffer: png(240, 60) });
  await press(page, 'Bewaar');
  await says(page, 'Woonstede is bewaard');
  const shown = await page.locator('img.own-logo').evaluate((image) => image.naturalWidth);
  assert.equal(shown, 240, 'the logo is a picture');
  await page.frameLocator('.mail-frame').getByText('Kies een ander moment').waitFor();
  await follow(page, 'Naar de kanalen');
  await says(page, 'via uw eigen afzender, onder deze naam', 'Namens wie gaat een bericht?');
  await page.fill('[name=property]', 'repair.principal');
  await press(page, 'Bewaar');
  await says(page, 'Alle namen van de laatste 30 dagen zijn bekend');
  await page.locator('a[href$="email@woonstede"]').first().click();
  await page.waitForURL(/email@woonstede/);
  await sound(page, 'the sender of a principal');
  assert.equal(await page.inputValue('[name=from_name]'), 'Woonstede');
});

test('a list of another system is looked at, taken in, and what is wrong stays to be mended', async () => {
  await open(page, app, '/instellingen/niet-benaderen');
  await follow(page, 'Lees een lijst in');
  await page.fill('[name=text]', 'adres;kanaal;reden\nweg@example.nl;;bounced\n0612345678;sms;verhuisd\nfout;email;');
  await press(page, 'Bekijk wat er zou gebeuren');
  await says(page, '2 adressen komen op de lijst', '“fout” is geen adres van dit kanaal');
  await press(page, 'Zet 2 adressen op de lijst');
  await says(page, '2 adressen staan nu op de lijst');
  assert.equal((await page.inputValue('[name=text]')).trim(), 'adres;kanaal;reden\nfout;email;');
  await follow(page, 'Terug naar de lijst');
  await page.fill('main [name=zoek]', '06 1234');
  await press(page, 'Zoek', page.locator('main'));
  await says(page, '+31612345678', 'verhuisd');
  await page.getByText('Sta weer toe', { exact: false }).first().click();
  await page.locator('main details [name=reason]').fill('Zij belde zelf');
  await press(page, /Sta weer toe/, page.locator('main details'));
  await says(page, '+31612345678 mag weer berichten krijgen');
});
