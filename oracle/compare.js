// Asks other engines what we answered: `node compare.js CASES URL`. CASES is what
// `cargo run --example oracle` writes, URL a Postgres in which temporary tables may be made.
//
// Fails when an engine differs from us and no rule of ours that it does not have (stated.js) explains
// the difference; that is, when it still differs with those rules stated in the condition itself.

import { readFile } from 'node:fs/promises';
import pg from 'pg';
import { byJsonLogic, bySql } from './engines.js';
import { RULES } from './stated.js';

const [file, url] = process.argv.slice(2);
const { kinds, leads, conditions } = JSON.parse(await readFile(file, 'utf8'));
const client = new pg.Client({ connectionString: url });
await client.connect();

/** The condition and the leads with one more rule stated each. */
async function steps(engine) {
  const loaded = [{ name: null, state: (query) => query, leads: await engine.load(leads) }];
  let values = leads;
  for (const [name, rule] of Object.entries(RULES)) {
    const before = loaded.at(-1);
    if (rule.values) values = values.map(rule.values);
    loaded.push({
      name,
      state: (query) => rule.state(before.state(query), engine.name),
      leads: rule.values ? await engine.load(values) : before.leads,
    });
  }
  return loaded;
}

/** How many pairs each rule explains, and those that none does. */
async function compare(engine) {
  const counts = Object.fromEntries(Object.keys(RULES).map((name) => [name, 0]));
  const unexplained = [];
  const ways = await steps(engine);
  for (const { stored, answers } of conditions) {
    let open = new Set(leads.keys());
    for (const { name, state, leads: loaded } of ways) {
      const theirs = await engine.answers(state(stored), loaded);
      const still = new Set([...leads.keys()].filter((at) => theirs[at] !== answers[at]));
      if (name) counts[name] += [...open].filter((at) => !still.has(at)).length;
      open = still;
    }
    for (const at of open) unexplained.push({ stored, lead: leads[at], ours: answers[at] });
  }
  return { counts, unexplained };
}

let failed = false;
const pairs = conditions.length * leads.length;
for (const engine of [byJsonLogic, bySql(client, kinds)]) {
  const { counts, unexplained } = await compare(engine);
  const named = Object.entries(counts).map(([name, count]) => `${name} ${count}`);
  console.log(`${engine.name}: ${pairs} pairs; differences that a rule explains: ${named.join(', ')}`);
  for (const pair of unexplained.slice(0, 5)) console.error(JSON.stringify(pair));
  if (unexplained.length > 0) {
    console.error(`${engine.name}: ${unexplained.length} differences that no rule explains`);
    failed = true;
  }
}
await client.end();
process.exit(failed ? 1 : 0);
