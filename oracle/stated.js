// Our own rules, said in the form itself, for engines that have other rules.
//
// Where an engine differs from us on a condition as stored, it must agree on this form of it; so each
// rule here is the justification of a kind of difference, and is tested by being applied.

/** The rules that other engines do not have, in the order in which they are applied. */
export const RULES = {
  missing: {
    why:
      'A predicate on a missing value is false, its negated operator too. SQL answers NULL, which ' +
      'stays NULL under NOT; JsonLogic compares null as any value.',
    state: stateMissing,
  },
  folding: {
    why: 'Texts compare after NFKC and full case folding; SQL and JsonLogic compare code points.',
    state: (query) => mapPredicates(query, foldValue),
    values: (lead) =>
      Object.fromEntries(Object.entries(lead).map(([name, value]) => [name, folded(value)])),
  },
  wildcards: {
    why:
      'A part of a text is plain text. In the exported LIKE, % and _ stand for other characters ' +
      'and \\ takes the meaning of the next one.',
    state: (query, engine) => (engine === 'sql' ? mapPredicates(query, escapeWildcards) : query),
  },
};

const PARTS = [
  'contains',
  'doesNotContain',
  'beginsWith',
  'doesNotBeginWith',
  'endsWith',
  'doesNotEndWith',
];

/** The condition with `change` made to each predicate, which may make a group of it. */
function mapPredicates(node, change) {
  return node.rules
    ? { ...node, rules: node.rules.map((member) => mapPredicates(member, change)) }
    : change(node);
}

function stateMissing(query) {
  return mapPredicates(query, (predicate) => {
    if (['null', 'notNull'].includes(predicate.operator)) return predicate;
    const fields = [predicate.field];
    if (predicate.valueSource === 'field') fields.push(predicate.value);
    const present = fields.map((field) => ({ field, operator: 'notNull', value: null }));
    return { combinator: 'and', not: false, rules: [...present, predicate] };
  });
}

function foldValue(predicate) {
  if (predicate.valueSource === 'field') return predicate;
  const { value } = predicate;
  return { ...predicate, value: Array.isArray(value) ? value.map(folded) : folded(value) };
}

/** The folded form of a text, by Unicode's own steps as JavaScript has them. */
function folded(value) {
  if (typeof value !== 'string') return value;
  const lower = value.normalize('NFKC').toLowerCase();
  return lower.toUpperCase().toLowerCase().normalize('NFKC');
}

function escapeWildcards(predicate) {
  if (predicate.valueSource === 'field' || !PARTS.includes(predicate.operator)) return predicate;
  return { ...predicate, value: predicate.value.replace(/[\\%_]/g, '\\$&') };
}
