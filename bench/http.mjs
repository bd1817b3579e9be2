// One event a request, over HTTP, by many clients at one time, into a running demo: what a system meets that tells everything the
// moment it happens. An answer follows its commit; applying goes on beside it.
//
//   node bench/http.mjs ADDRESS EMAIL PASSWORD [PID] [EVENTS] [CLIENTS]
//
// PID: of the server, for its processor time (until the last answer; what is still to be applied then is not in it).
import { readFileSync } from 'node:fs';
import { Agent, request } from 'node:http';

const [, , base, email, password, pid, events = 20_000, clients = 32] = process.argv;
const form = { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin' };
const body = new URLSearchParams({ email, password });
const entered = await fetch(`${base}/inloggen`, { method: 'POST', body, headers: form, redirect: 'manual' });
const cookie = entered.headers.getSetCookie().map((one) => one.split(';')[0]).join('; ');
const source = new URLSearchParams({ name: `Meting ${Date.now()}`, kind: 'segment' });
const made = await fetch(`${base}/koppelingen/nieuw`, { method: 'POST', body: source, headers: { ...form, cookie } });
const key = (await made.text()).match(/<output[^>]*>([^<]+)<\/output>/)?.[1];
if (!key) throw new Error('no source was made');

const agent = new Agent({ keepAlive: true, maxSockets: Number(clients) });
const run = Date.now();
const sending = { method: 'POST', agent, headers: { 'x-write-key': key, 'content-type': 'application/json' } };

/** Milliseconds until the answer. */
function tell(number) {
  const event = { id: `${run}-${number}`, time: new Date().toISOString(), customer: `m${number % 5_000}`, name: 'repair.reported',
    properties: { id: `M-${run}-${number}`, kind: 'lekkage', channel: 'web' } };
  return new Promise((resolve, reject) => {
    const from = performance.now();
    request(new URL('/v1/events', base), sending, (answer) => {
      answer.resume().on('end', () => (answer.statusCode === 200 ? resolve(performance.now() - from) : reject(new Error(`answered ${answer.statusCode}`))));
    }).on('error', reject).end(JSON.stringify([event]));
  });
}

/** Processor seconds of the server so far. */
function processor() {
  if (!pid) return NaN;
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

let next = 0;
const times = [];
async function client() {
  while (next < events) times.push(await tell((next += 1)));
}
const [from, before] = [performance.now(), processor()];
await Promise.all(Array.from({ length: Number(clients) }, client));
const [wall, spent] = [(performance.now() - from) / 1000, processor() - before];
agent.destroy();
times.sort((a, b) => a - b);
const at = (share) => times[Math.floor(times.length * share)].toFixed(1);
console.log('| events | clients | events/s | half answered within ms | 99 % | server CPU s | events per core-second of the server |\n|---|---|---|---|---|---|---|');
console.log(`| ${times.length} | ${clients} | ${(times.length / wall).toFixed(0)} | ${at(0.5)} | ${at(0.99)} | ${spent.toFixed(1)} | ${(times.length / spent).toFixed(0)} |`);
