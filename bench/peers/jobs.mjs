// Jobs a second of graphile-worker and pg-boss on the PostgreSQL that KLANTREIS_STORE names: added in batches of 100, each job
// one small transaction that writes one row. Processor seconds of this process and of the whole server.
//
//   npm install graphile-worker pg-boss pg     (somewhere; then NODE_PATH or run from there)
//   node jobs.mjs [JOBS]

import { readFileSync, readdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

const require = createRequire(pathToFileURL(join(process.cwd(), 'x')))
const load = async (name) => import(pathToFileURL(require.resolve(name)).href)
const pg = (await load('pg')).default
const address = new URL(process.env.KLANTREIS_STORE)
const schema = /search_path[\]%5D]*=([^&]+)/.exec(decodeURIComponent(address.search))?.[1]
address.search = address.search.replace(/[?&]options[^&]*/, '')
const connectionString = address.toString()
const jobs = Number(process.argv[2] ?? 20_000)
const [batch, workers] = [100, 16]

const pool = new pg.Pool({ connectionString, max: workers + 4 })
await pool.query(`CREATE SCHEMA IF NOT EXISTS ${schema}_jobs; CREATE TABLE ${schema}_jobs.done (id bigint PRIMARY KEY, body jsonb)`)
const work = (id) => pool.query(`INSERT INTO ${schema}_jobs.done VALUES ($1, $2)`, [id, { id }])

// The server's processes are the children of the one that its folder names; those that ended count with it.
const folder = decodeURIComponent(address.hostname)
const server = () => {
  const postmaster = readFileSync(join(folder, 'data/postmaster.pid'), 'utf8').split('\n')[0]
  const stat = (pid) => { try { return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1).split(' ').map(Number) } catch { return [] } }
  const all = readdirSync('/proc').filter((pid) => /^\d+$/.test(pid)).map((pid) => [pid, stat(pid)])
  const sum = (fields, places) => places.reduce((sum, place) => sum + (fields[place] ?? 0), 0)
  const children = all.filter(([, fields]) => String(fields[1]) === postmaster)
  return (sum(stat(postmaster), [11, 12, 13, 14]) + children.reduce((total, [, fields]) => total + sum(fields, [11, 12]), 0)) / 100
}
const own = () => { const { user, system } = process.cpuUsage(); return (user + system) / 1e6 }

async function measure(name, add, run) {
  await pool.query(`TRUNCATE ${schema}_jobs.done`)
  const [began, mine, theirs] = [performance.now(), own(), server()]
  for (let first = 0; first < jobs; first += batch) await add(Array.from({ length: batch }, (_, place) => first + place))
  const stop = await run()
  for (;;) {
    const { rows } = await pool.query(`SELECT count(*)::int AS done FROM ${schema}_jobs.done`)
    if (rows[0].done >= jobs) break
    await new Promise((wake) => setTimeout(wake, 100))
  }
  const [wall, cpu, served] = [(performance.now() - began) / 1000, own() - mine, server() - theirs]
  console.log(`| ${name} | ${jobs} | ${wall.toFixed(1)} | ${(jobs / wall).toFixed(0)} | ${cpu.toFixed(1)} | ${served.toFixed(1)} | ${(jobs / (cpu + served)).toFixed(0)} |`)
  await stop()
}

console.log('| peer | jobs | s | jobs/s | client CPU s | server CPU s | per core-second of both |\n|---|---|---|---|---|---|---|')

const graphile = await load('graphile-worker')
const options = { connectionString, schema: `${schema}_gw`, noHandleSignals: true, logger: new graphile.Logger(() => () => {}) }
const utils = await graphile.makeWorkerUtils(options)
await utils.migrate()
await measure('graphile-worker',
  (ids) => utils.addJobs(ids.map((id) => ({ identifier: 'write', payload: { id } }))),
  async () => {
    const runner = await graphile.run({ ...options, concurrency: workers, pollInterval: 100, taskList: { write: ({ id }) => work(id) } })
    return () => runner.stop()
  })
await utils.release()

const boss = await load('pg-boss')
const Boss = boss.PgBoss ?? boss.default
const queue = new Boss({ connectionString, schema: `${schema}_boss`, supervise: false, schedule: false })
queue.on('error', (error) => console.error(error))
await queue.start()
await queue.createQueue('write')
await measure('pg-boss',
  (ids) => queue.insert('write', ids.map((id) => ({ name: 'write', data: { id } }))),
  async () => {
    const options = { batchSize: 100, pollingIntervalSeconds: 0.5 }
    for (let worker = 0; worker < workers; worker += 1) {
      await queue.work('write', options, (found) => Promise.all(found.map((job) => work(job.data.id))))
    }
    return () => queue.stop({ graceful: false })
  })
await pool.end()
process.exit(0)
