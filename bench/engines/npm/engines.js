// Finds the first rule of each lead with the engines from npm. Usage:
// node engines.js ENGINE RULES LEADS, files as the measuring program writes them. Prints one JSON
// line: the processor time of a lead in nanoseconds, and each lead's rule.
import { readFileSync } from 'node:fs'

const [engine, rulesFile, leadsFile] = process.argv.slice(2)
const rules = JSON.parse(readFileSync(rulesFile, 'utf8'))
const leads = JSON.parse(readFileSync(leadsFile, 'utf8'))

const jsonLogic = async () => {
  const { LogicEngine } = await import('json-logic-engine')
  const logic = new LogicEngine()
  const built = rules.map((rule) => logic.build(rule.json_logic))
  return async (lead) => {
    const found = built.findIndex((rule) => rule(lead) === true)
    return found < 0 ? null : found
  }
}

const jsonRules = async () => {
  const { Engine } = await import('json-rules-engine')
  const engine = new Engine([], { allowUndefinedFacts: true })
  const patterns = new Map()
  const pattern = (text) => patterns.get(text) ?? patterns.set(text, new RegExp(text)).get(text)
  const isText = (value) => typeof value === 'string'
  const begins = (text, list) => list.some((one) => text.startsWith(one))
  engine.addOperator('begins', (text, list) => isText(text) && begins(text, list))
  engine.addOperator('has', (text, part) => isText(text) && text.includes(part))
  engine.addOperator('matches', (text, words) => isText(text) && pattern(words).test(text))
  let found = null
  rules.forEach((rule, number) => {
    const conditions = 'fact' in rule.json_rules ? { all: [rule.json_rules] } : rule.json_rules
    engine.addRule({
      conditions,
      event: { type: 'found' },
      priority: rules.length - number,
      onSuccess: () => {
        found ??= number
        engine.stop()
      },
    })
  })
  return async (lead) => {
    found = null
    await engine.run(lead)
    return found
  }
}

const find = await { 'json-logic-engine': jsonLogic, 'json-rules-engine': jsonRules }[engine]()
const run = async () => {
  const found = []
  for (const lead of leads) found.push(await find(lead))
  return found
}
await run() // Lets the compiler of the runtime see the code.
const start = process.cpuUsage()
const found = await run()
const { user, system } = process.cpuUsage(start)
console.log(JSON.stringify({ ns: ((user + system) * 1000) / leads.length, found }))
