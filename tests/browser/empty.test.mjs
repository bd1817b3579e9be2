// A journey from nothing: the to-do list leads from an empty draft to one that may go live.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { begun, follow, open, press, says } from './support.mjs';

let app, page, end;
const draft = '/klantreizen/taalcursus/concept';

before(async () => { ({ app, page, end } = await begun()); });

after(() => end?.());

const todo = () => page.$$eval('#te-doen .checks .open', (found) => found.map((one) => one.innerText.trim()));

test('an empty draft has the five phases and says what is needed', async () => {
  await open(page, app, '/klantreizen/nieuw');
  await page.fill('[name=title]', 'Taalcursus');
  await page.check('[name=from][value=""]');
  await press(page, 'Maak het concept');
  assert.deepEqual(await page.$$eval('.phase-head input', (found) => found.map((one) => one.value)), ['Bewustzijn', 'Overweging', 'Aankoop', 'Service', 'Loyaliteit']);
  assert.equal((await todo()).length, 5);
  await says(page, '5 punten houden live zetten nog tegen');
  assert.equal(await page.locator('.head a', { hasText: 'Zet live' }).getAttribute('aria-disabled'), 'true');
});

test('phases are taken away and moments put in', async () => {
  for (const phase of ['Overweging', 'Loyaliteit']) await press(page, `Verwijder de fase ${phase}`);
  await page.fill('[name="new.bewustzijn"]', 'Ik hoor van de cursus');
  await press(page, 'Voeg contactmoment toe', page.locator('#p-bewustzijn'));
  await page.fill('[name="new.aankoop"]', 'Ik schrijf mij in');
  await page.locator('[name="new.aankoop"]').press('Enter');
  await page.waitForURL(/#/);
  await page.locator('[name="m.ik-schrijf-mij-in.title"]').waitFor();
  await page.fill('[name="new.service"]', 'Ik krijg mijn rooster');
  await press(page, 'Voeg contactmoment toe', page.locator('#p-service'));
  await page.fill('[name="m.ik-hoor-van-de-cursus.need"]', 'Weten dat er een cursus is');
  await page.fill('[name="m.ik-schrijf-mij-in.need"]', 'Zeker weten dat ik een plek heb');
  await page.fill('[name="m.ik-krijg-mijn-rooster.need"]', 'Weten waar en wanneer ik moet zijn');
  await press(page, 'Bewaar tabel');
  await says(page, 'Bewaard.');
});

test('the journey itself: owner, start, goal, end and someone to turn to', async () => {
  await follow(page, 'Vul in');
  await page.fill('[name=owner]', 'taalhuis');
  for (const group of ['#starts', '#goal']) await page.click(`${group} summary`);
  await page.fill('#starts [name="starts.0.event"][class~=code], #starts .code >> nth=-1', 'enrolment.made');
  await page.fill('#goal .code >> nth=-1', 'course.finished');
  await page.fill('[name="human.team"]', 'taalhuis');
  await page.fill('[name="human.phone"]', '026 123 45 67');
  await page.fill('[name="facts.0.object"]', 'enrolment');
  await page.fill('[name="facts.0.property"]', 'start');
  await page.selectOption('[name="facts.0.type"]', 'time');
  await press(page, 'Bewaar');
  await says(page, 'Bewaard in het concept');
  await page.selectOption('[name="ends.0.event"]', 'course.finished');
  await press(page, 'Bewaar');
});

test('each moment gets its channel, and the last one a message', async () => {
  await open(page, app, draft);
  await follow(page, 'Open Ik hoor van de cursus');
  await page.selectOption('[name="channel.0"]', { label: 'van horen zeggen' });
  await press(page, 'Bewaar');
  await follow(page, 'Volgende: Ik schrijf mij in');
  await page.selectOption('[name="channel.0"]', 'desk');
  await page.selectOption('[name=by]', 'human');
  await page.selectOption('[name="seen.0.event"]', 'enrolment.made');
  await press(page, 'Bewaar');
  await follow(page, 'Volgende: Ik krijg mijn rooster');
  await page.selectOption('[name="channel.0"]', 'email');
  await page.selectOption('[name=category]', 'message');
  await page.selectOption('[name=from]', 'us');
  await page.selectOption('[name=by]', 'automatic');
  await page.check('[name="when.kind"][value=events]');
  await page.selectOption('[name="when.events.0.event"]', 'enrolment.made');
  await page.selectOption('[name=send]', '+');
  await page.selectOption('[name=class]', 'service');
  await press(page, 'Bewaar');
  await follow(page, 'bericht “');
  await page.fill('[name=subject]', 'Uw rooster');
  await page.fill('[name=body]', '{{ salutation }},\n\nDe cursus begint op {{ enrolment.start | day }}. Vragen? Bel {{ human.phone }}.\n\n{{ organisation.name }}');
  await press(page, 'Bewaar');
});

test('nothing stands in the way any more', async () => {
  await open(page, app, draft);
  assert.deepEqual(await todo(), []);
  await open(page, app, `${draft.replace('/concept', '')}/kaart`);
  assert.ok(await page.getByRole('link', { name: /^Ik schrijf mij in/ }).first().isVisible(), 'the draft is drawn');
  await open(page, app, draft);
  await follow(page, 'Zet live');
  await press(page, 'Zet deze versie live');
  await says(page, 'Versie 1 loopt als proef');
});

test('a journey that was never live can be thrown away', async () => {
  await open(page, app, '/klantreizen/nieuw');
  await page.fill('[name=title]', 'Proefje');
  await press(page, 'Maak het concept');
  await press(page, 'Verwijder deze klantreis');
  await says(page, '“Proefje” is verwijderd');
});
