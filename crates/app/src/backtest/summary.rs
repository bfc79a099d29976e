//! A backtest's report with names, as it is stored and shown.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use lr_core::backtest::report::{Flow, Moved, Pair, Place, Report};
use lr_core::decide::Config;
use lr_core::explain::reason;
use lr_core::id::{LeadId, PoolId, RepId, RuleId, TeamId};
use serde::{Deserialize, Serialize};

use crate::backtest::player::Played;

/// Ways that leads move which are shown one by one, those of most leads first.
const SHOWN_FLOWS: usize = 50;

/// What came of a backtest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Summary {
    /// The leads are those that came since.
    pub since: Timestamp,
    /// The version in force.
    pub before: u32,
    /// The version that the tried ruleset would become.
    pub after: u32,
    /// How many leads were played.
    pub leads: u64,
    /// Those of them that go to another place.
    pub moved: u64,
    /// Leads left out because what was stored about them cannot be read.
    pub unreadable: u64,
    /// Leads that no rule matches.
    pub catch_all: Count,
    /// Leads that nobody can ever take.
    pub held: Count,
    /// In the order of the tried ruleset, then those that it no longer has.
    pub rules: Vec<RuleCount>,
    /// By name.
    pub teams: Vec<Named<TeamId>>,
    /// By name.
    pub pools: Vec<Named<PoolId>>,
    /// By name.
    pub reps: Vec<Named<RepId>>,
    /// Who moves from where to where, most leads first.
    pub flows: Vec<FlowSummary>,
    /// Leads that move in ways which [`Summary::flows`] leaves out.
    pub other_moves: u64,
}

/// How many leads, by the rules in force and by those that are tried.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Count {
    /// By those in force.
    pub before: u64,
    /// By those that are tried.
    pub after: u64,
}

/// A rule with the leads that it is the first to match.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RuleCount {
    /// The rule.
    pub rule: RuleId,
    /// Its name, the new one if it was renamed.
    pub name: String,
    /// How many leads.
    #[serde(flatten)]
    pub leads: Count,
    /// Whether the tried ruleset has it, switched on, and no lead of the period reaches it.
    pub idle: bool,
}

/// Something with a name, and the leads that it gets.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Named<Id> {
    /// Its id.
    pub id: Id,
    /// Its name.
    pub name: String,
    /// How many leads.
    #[serde(flatten)]
    pub leads: Count,
}

/// Leads that move the same way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FlowSummary {
    /// Where they go by the rules in force, in words.
    pub from: String,
    /// Where they go by those that are tried.
    pub to: String,
    /// How many.
    pub leads: u64,
    /// The latest of them.
    pub latest: Vec<MovedLead>,
}

/// A lead that moves.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MovedLead {
    /// The lead.
    pub lead: LeadId,
    /// Why it goes where it goes by the rules in force.
    pub before: String,
    /// Why it goes where it goes by those that are tried.
    pub after: String,
}

impl Summary {
    /// Puts names to what was played by the two configurations.
    pub(super) fn new(
        since: Timestamp,
        played: Played,
        teams: &BTreeMap<PoolId, (TeamId, String)>,
        [before, after]: [&Config; 2],
    ) -> Self {
        let Played { report, unreadable } = played;
        let count = |place: &Place| report.places.get(place).copied().unwrap_or_default().into();
        let catch_all = report.rules.get(&None).copied().unwrap_or_default().into();
        let pools = after.pools.values().map(|pool| Named {
            id: pool.id,
            name: pool.name.clone(),
            leads: count(&Place::Pool(pool.id)),
        });
        let pools = by_name(pools.collect());
        let reps = after.reps.values().filter_map(|rep| {
            let leads = (*report.reps.get(&rep.id)?).into();
            Some(Named { id: rep.id, name: rep.name.clone(), leads })
        });
        let mut flows: Vec<_> = report.flows.iter().collect();
        flows.sort_by_key(|(_, flow)| Reverse(flow.leads));
        let (shown, rest) = flows.split_at(flows.len().min(SHOWN_FLOWS));
        let named =
            |(places, flow): &(&(Place, Place), &Flow)| shown_flow(places, flow, before, after);
        Self {
            since,
            before: before.ruleset.source.version,
            after: after.ruleset.source.version,
            leads: report.leads,
            moved: report.moved,
            unreadable,
            catch_all,
            held: count(&Place::Held),
            rules: rules(&report, before, after),
            teams: by_team(&pools, teams),
            pools,
            reps: by_name(reps.collect()),
            flows: shown.iter().map(named).collect(),
            other_moves: rest.iter().map(|(_, flow)| flow.leads).sum(),
        }
    }
}

fn rules(report: &Report, before: &Config, after: &Config) -> Vec<RuleCount> {
    let leads = |rule| report.rules.get(&Some(rule)).copied().unwrap_or_default().into();
    let kept = after.ruleset.rules.iter().map(|rule| {
        let leads: Count = leads(rule.id);
        let idle = rule.enabled && leads.after == 0;
        RuleCount { rule: rule.id, name: rule.name.clone(), leads, idle }
    });
    let known: BTreeSet<_> = after.ruleset.rules.iter().map(|rule| rule.id).collect();
    let gone = before.ruleset.rules.iter().filter(|rule| !known.contains(&rule.id));
    let gone = gone.map(|rule| RuleCount {
        rule: rule.id,
        name: rule.name.clone(),
        leads: leads(rule.id),
        idle: false,
    });
    kept.chain(gone).collect()
}

fn by_team(
    pools: &[Named<PoolId>],
    teams: &BTreeMap<PoolId, (TeamId, String)>,
) -> Vec<Named<TeamId>> {
    let mut sums: BTreeMap<TeamId, Named<TeamId>> = BTreeMap::new();
    for pool in pools {
        let Some((id, name)) = teams.get(&pool.id) else { continue };
        let none = || Named { id: *id, name: name.clone(), leads: Count::default() };
        let sum = &mut sums.entry(*id).or_insert_with(none).leads;
        sum.before += pool.leads.before;
        sum.after += pool.leads.after;
    }
    by_name(sums.into_values().collect())
}

fn by_name<Id: Ord + Copy>(mut items: Vec<Named<Id>>) -> Vec<Named<Id>> {
    items.sort_by(|a, b| (&a.name, a.id).cmp(&(&b.name, b.id)));
    items
}

fn shown_flow(
    (from, to): &(Place, Place),
    flow: &Flow,
    before: &Config,
    after: &Config,
) -> FlowSummary {
    let moved = |moved: &Moved| MovedLead {
        lead: moved.before.lead,
        before: reason(&moved.before, before),
        after: reason(&moved.after, after),
    };
    FlowSummary {
        from: words(from, before),
        to: words(to, after),
        leads: flow.leads,
        latest: flow.latest.iter().map(moved).collect(),
    }
}

fn words(place: &Place, config: &Config) -> String {
    let unknown = || "somebody unknown".to_owned();
    match place {
        Place::Pool(pool) => config.pools.get(pool).map_or_else(unknown, |pool| pool.name.clone()),
        Place::Rep(rep) => config.reps.get(rep).map_or_else(unknown, |rep| rep.name.clone()),
        Place::Queue(queue) => format!("queue {queue}"),
        Place::Rejected(reason) => format!("rejected: {reason}"),
        Place::Held => "held for good: nobody can take them".to_owned(),
    }
}

impl From<Pair> for Count {
    fn from(Pair { before, after }: Pair) -> Self {
        Self { before, after }
    }
}
