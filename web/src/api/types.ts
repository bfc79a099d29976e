import type { components } from './schema.gen'

type Schemas = components['schemas']

/** What `code` says of an answer that is no problem document of ours. */
type Unknown = { code: 'unknown' }

export type Problem = Schemas['Problem'] | (Omit<Schemas['Problem'], 'code'> & Unknown)
export type Credentials = Schemas['Credentials']
export type SessionBody = Schemas['Session']
export type Member = Schemas['Member']
export type Workspace = Schemas['Workspace']
export type Named = Schemas['Named']
export type LeadState = Schemas['LeadState']
export type LeadSummary = Schemas['LeadSummary']
export type LeadPage = Schemas['LeadPage']
export type LeadDetail = Schemas['Lead']
export type Marks = Schemas['Marks']
export type Note = Schemas['Note']
export type Why = Schemas['Why']
export type Step = Schemas['Rung']
export type Candidate = Schemas['Candidate']
export type Gate = Schemas['Gate']
export type Rule = Schemas['Rule']
export type Rules = Schemas['Rules']
export type RulesVersion = Schemas['RulesVersion']
export type RulesChange = Schemas['RulesChange']
export type StatedRule = Schemas['StatedRule']
export type DiffLine = Schemas['DiffLine']
export type RulesFinding = Schemas['RulesFinding']
export type Backtest = Schemas['Backtest']
export type BacktestReport = Schemas['BacktestReport']
export type BacktestCount = Schemas['BacktestCount']
export type BacktestLoad = Schemas['BacktestLoad']
export type BacktestFlow = Schemas['BacktestFlow']
export type Pool = Schemas['Pool']
export type PoolMember = Schemas['PoolMember']
export type PoolSettings = Schemas['PoolSettings']
export type LedgerEntry = Schemas['LedgerEntry']
