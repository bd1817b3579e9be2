// Server time and bytes of each kind of page of a running demo, as a table.
//
//   node bench/pages.mjs ADDRESS EMAIL PASSWORD
//
// Time: the median of nine requests one after the other, from sending to the last byte, on this machine. Bytes: as sent,
// compressed; JavaScript and CSS of that page counted apart. A browser keeps those two for a year.
const [, , base, email, password] = process.argv;
const TIMES = 9;

const form = new URLSearchParams({ email, password });
const headers = { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin' };
const entered = await fetch(`${base}/inloggen`, { method: 'POST', body: form, headers, redirect: 'manual' });
const cookie = entered.headers.getSetCookie().map((one) => one.split(';')[0]).join('; ');

/** The body as text and as many bytes as went over the line. */
async function get(path) {
  const { request } = await import('node:http');
  const { brotliDecompressSync, gunzipSync } = await import('node:zlib');
  return new Promise((resolve, reject) => {
    const from = performance.now();
    request(new URL(path, base), { headers: { cookie, 'accept-encoding': 'gzip' } }, (answer) => {
      const chunks = [];
      answer.on('data', (chunk) => chunks.push(chunk));
      answer.on('end', () => {
        const sent = Buffer.concat(chunks);
        const unpack = { gzip: gunzipSync, br: brotliDecompressSync }[answer.headers['content-encoding']];
        resolve({ ms: performance.now() - from, bytes: sent.length, status: answer.statusCode, to: answer.headers.location, text: String(unpack ? unpack(sent) : sent).replaceAll('&#x2f;', '/') });
      });
    }).on('error', reject).end();
  });
}

/** The scripts that a page loads, with the modules that those import, and its style sheets. */
async function assets(page) {
  const found = { js: new Set(), css: new Set() };
  for (const [, path] of page.text.matchAll(/<link[^>]+rel="stylesheet"[^>]+href="([^"]+)"|<link[^>]+href="([^"]+\.css)"/g)) if (path) found.css.add(path);
  const waiting = [...page.text.matchAll(/<script[^>]+src="([^"]+)"/g)].map(([, path]) => path);
  let bytes = 0;
  for (const path of waiting) {
    if (found.js.has(path)) continue;
    found.js.add(path);
    const script = await get(path);
    bytes += script.bytes;
    for (const [, other] of script.text.matchAll(/from\s*['"]([^'"]+)['"]|import\s*['"]([^'"]+)['"]/g)) if (other) waiting.push(new URL(other, new URL(path, base)).pathname);
  }
  let css = 0;
  for (const path of found.css) css += (await get(path)).bytes;
  return { js: bytes, css };
}

const first = async (path, pattern) => (await get(path)).text.match(pattern)?.[0];
const journey = '/klantreizen/woning-reparatie';
const customer = await first('/klanten', /\/klanten\/[0-9a-f-]{36}/);
const message = await first('/berichten', /\/berichten\/[^"?]{20,}/);
const source = await first('/koppelingen', /\/koppelingen\/bron\/[^"?]+/);
const pages = ['/vandaag', '/klantreizen', `${journey}/kaart`, `${journey}/stroom`, `${journey}/tabel`, `${journey}/cijfers`,
  `${journey}/kaart/druk`, `${journey}/klanten`, `${journey}/concept`, '/klanten', customer, '/berichten', message,
  '/koppelingen', source, '/instellingen/organisatie'];

console.log('| page | server ms | page KB | JavaScript KB | CSS KB |\n|---|---|---|---|---|');
const kb = (bytes) => (bytes / 1024).toFixed(1);
for (const path of pages.filter(Boolean)) {
  let page = await get(path);
  const times = [];
  for (let time = 0; time < TIMES; time += 1) times.push((page = await get(path)).ms);
  const { js, css } = await assets(page);
  const name = path.replace(/[0-9a-f-]{36}/, '…').replace(/\/berichten\/.+/, '/berichten/…');
  const odd = page.status === 200 ? '' : ` (${page.status}${page.to ? ` to ${page.to}` : ''})`;
  console.log(`| ${name}${odd} | ${times.sort((a, b) => a - b)[TIMES >> 1].toFixed(1)} | ${kb(page.bytes)} | ${kb(js)} | ${kb(css)} |`);
}
