// The engines that answer beside ours: SQL on a Postgres, and JsonLogic by json-logic-js. What they
// run is exported by React Query Builder's own formatQuery.

import { formatQuery, jsonLogicAdditionalOperators } from '@react-querybuilder/core/formatQuery';
import jsonLogic from 'json-logic-js';

for (const [name, operator] of Object.entries(jsonLogicAdditionalOperators)) {
  jsonLogic.add_operation(name, operator);
}

/** json-logic-js, which reads `account.name` as a path. */
export const byJsonLogic = {
  name: 'jsonlogic',
  load: async (leads) => leads.map(nested),
  answers: async (query, leads) => {
    const logic = formatQuery(query, 'jsonlogic');
    return leads.map((lead) => jsonLogic.apply(logic, lead) === true);
  },
};

function nested(lead) {
  const tree = {};
  for (const [name, value] of Object.entries(lead)) {
    const steps = name.split('.');
    const last = steps.pop();
    let place = tree;
    for (const step of steps) place = place[step] ??= {};
    place[last] = value;
  }
  return tree;
}

const TYPES = { number: 'numeric', boolean: 'boolean' };

/** A Postgres with a table of leads, a column for each field. */
export function bySql(client, kinds) {
  const names = Object.keys(kinds);
  const columns = names.map((name) => `"${name}" ${TYPES[kinds[name]] ?? 'text collate "C"'}`);
  let tables = 0;
  return {
    name: 'sql',
    load: async (leads) => {
      const table = `leads_${tables++}`;
      await client.query(`create temp table ${table} (position integer, ${columns.join(', ')})`);
      const places = names.map((_, index) => `$${index + 2}`);
      const insert = `insert into ${table} values ($1, ${places.join(', ')})`;
      for (const [position, lead] of leads.entries()) {
        await client.query(insert, [position, ...names.map((name) => lead[name] ?? null)]);
      }
      return { table, count: leads.length };
    },
    answers: async (query, { table, count }) => {
      const { sql, params } = formatQuery(query, { format: 'parameterized', preset: 'postgresql' });
      const { rows } = await client.query(`select position from ${table} where ${sql}`, params);
      const matching = new Set(rows.map((row) => row.position));
      return Array.from({ length: count }, (_, position) => matching.has(position));
    },
  };
}
