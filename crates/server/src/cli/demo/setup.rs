//! Makes the demo's workspace, or finds it; interrupted, it goes on with what is missing.

use std::collections::BTreeMap;
use std::num::NonZeroU32;

use anyhow::Context;
use jiff::{Timestamp, ToSpan};
use lr_app::accounts::password::Password;
use lr_app::accounts::workspace::slug::Slug;
use lr_app::accounts::workspace::{NewMember, NewWorkspace, find, make};
use lr_app::context::App;
use lr_app::rulesets::publish;
use lr_app::sources::find_or_add;
use lr_app::teams::{self, Directory, NewPool, NewRep, NewTeam};
use lr_app::territories::{self, Job, Place};
use lr_core::id::{RepId, RuleId, RulesetId, TerritoryId, WorkspaceId};
use lr_core::normalise::email::Email;
use lr_core::pick::hours::WeeklyHours;
use lr_core::pick::{Leave, Rep};
use lr_core::rules::action::{Action, Target};
use lr_core::rules::ast::{RuleSource, RulesetSource};
use lr_core::time::Zone;
use lr_store::sources::{Source, SourceKind};

use super::leads::SOURCES;
use super::workspace::rules::{CATCH_ALL, RuleSpec, TERRITORY, To, rules};
use super::workspace::{NAME, OWNER, POOLS, PoolSpec, REPS, RepSpec, SLUG, TEAMS};
use super::{PASSWORD, SEED};

/// The workspace, made with its owner if it is not there yet.
pub async fn workspace(app: &App) -> anyhow::Result<WorkspaceId> {
    if let Some(workspace) = find(app, SLUG).await? {
        return Ok(workspace);
    }
    let (name, email) = OWNER;
    let password = Password::choose(PASSWORD.to_owned())?;
    let owner = NewMember { name: name.to_owned(), email: Email::parse(email)?, password };
    let new = NewWorkspace { name: NAME.to_owned(), slug: Slug::parse(SLUG)?, owner };
    Ok(make(app, new).await?.id)
}

/// The sources of the leads, by name.
pub async fn sources(
    app: &App,
    workspace: WorkspaceId,
) -> anyhow::Result<BTreeMap<&'static str, Source>> {
    let mut sources = BTreeMap::new();
    for (_, name) in SOURCES {
        let kind = match name {
            "Website" | "Demo request" | "Newsletter" => SourceKind::Form,
            "Webinar" | "Trade show" => SourceKind::Import,
            _ => SourceKind::Api,
        };
        sources.insert(name, find_or_add(app, workspace, name, kind).await?);
    }
    Ok(sources)
}

/// Adds teams, reps and pools, and puts the rules in force, unless that was done; absences are
/// counted from `today`.
pub async fn teams_and_rules(
    app: &App,
    workspace: WorkspaceId,
    today: Timestamp,
) -> anyhow::Result<()> {
    let mut directory = teams::directory(app, workspace).await?;
    if directory.reps.is_empty() {
        let reps = new_reps(app, today)?;
        let teams = new_teams(&reps)?;
        teams::add(app, workspace, &reps, &teams).await?;
        directory = teams::directory(app, workspace).await?;
    }
    let published = app.store.begin(workspace).await?.published_ruleset().await?;
    let version = published.map_or(0, |published| published.source.version);
    if version <= 1 {
        let western = territory(app, workspace).await?;
        let ruleset = ruleset(app, &directory, western, version + 1)?;
        publish(app, workspace, ruleset, "operator").await?;
    }
    Ok(())
}

fn new_reps(app: &App, today: Timestamp) -> anyhow::Result<Vec<NewRep>> {
    REPS.iter()
        .map(|spec| {
            let (id, zone) = (RepId::new(app.ids.make()), Zone::parse(spec.zone)?);
            let hours = WeeklyHours::weekdays(spec.day.0, spec.day.1)?;
            let leave = leave(spec, today)?;
            let rep = Rep { leave, ..Rep::new(id, spec.name, zone, hours) };
            Ok(NewRep { rep, email: spec.email() })
        })
        .collect()
}

/// Whole days on the rep's own calendar.
fn leave(spec: &RepSpec, today: Timestamp) -> anyhow::Result<Vec<Leave>> {
    let today = Zone::parse(spec.zone)?.local(today).start_of_day()?;
    spec.leave
        .iter()
        .map(|(first, length)| {
            let from = today.checked_add(first.days())?;
            let until = from.checked_add(length.days())?;
            Ok(Leave { from: from.timestamp(), until: until.timestamp() })
        })
        .collect()
}

fn new_teams(reps: &[NewRep]) -> anyhow::Result<Vec<NewTeam>> {
    let id = |name: &str| {
        let found = reps.iter().find(|new| new.rep.name == name);
        found.map(|new| new.rep.id).with_context(|| format!("there is no rep {name}"))
    };
    let pool = |spec: &PoolSpec| {
        let members = spec.members.iter().map(|(name, weight)| {
            Ok((id(name)?, NonZeroU32::new(*weight).context("a weight is at least 1")?))
        });
        let members = members.collect::<anyhow::Result<_>>()?;
        Ok(NewPool { name: spec.name.to_owned(), members })
    };
    TEAMS
        .iter()
        .map(|team| {
            let pools = POOLS.iter().filter(|spec| spec.team == *team).map(pool);
            Ok(NewTeam { name: (*team).to_owned(), pools: pools.collect::<anyhow::Result<_>>()? })
        })
        .collect()
}

/// The territory, made unless it is there already.
async fn territory(app: &App, workspace: WorkspaceId) -> anyhow::Result<TerritoryId> {
    let (name, file) = TERRITORY;
    let (place, bytes) = (Place::Named(name.to_owned()), file.as_bytes().to_vec());
    let actor = "operator".to_owned();
    let job = Job { place, bytes, actor, dry_run: false, once: None };
    Ok(territories::import(app, workspace, job).await?.territory.id)
}

fn ruleset(
    app: &App,
    directory: &Directory,
    western: TerritoryId,
    version: u32,
) -> anyhow::Result<RulesetSource> {
    let rule = |spec: RuleSpec| {
        Ok(RuleSource {
            id: RuleId::new(app.ids.make()),
            name: spec.name.to_owned(),
            enabled: true,
            condition: serde_json::from_value(spec.condition)?,
            action: action(spec.to, directory, western)?,
            owner_first: true,
            experiment: None,
        })
    };
    let rules = rules(SEED, western).into_iter().map(rule).collect::<anyhow::Result<_>>()?;
    let id = RulesetId::new(app.ids.make());
    Ok(RulesetSource { id, version, rules, catch_all: action(CATCH_ALL, directory, western)? })
}

fn action(to: &[To], directory: &Directory, western: TerritoryId) -> anyhow::Result<Action> {
    let target = |to: &To| {
        Ok(match to {
            To::Rep(name) => Target::Rep(*directory.reps.get(*name).context("an unknown rep")?),
            To::Pool(name) => Target::Pool(*directory.pools.get(*name).context("an unknown pool")?),
            To::TerritoryOwner => Target::TerritoryOwner(western),
            To::Queue(name) => Target::Queue((*name).to_owned()),
            To::Reject(reason) => Target::Reject((*reason).to_owned()),
        })
    };
    let mut targets = to.iter().map(target).collect::<anyhow::Result<Vec<_>>>()?.into_iter();
    let target = targets.next().context("an action has a target")?;
    Ok(Action { target, fallback: targets.collect(), set: Vec::new() })
}
