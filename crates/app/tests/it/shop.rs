//! A small workspace to route in.

use std::num::NonZeroU32;
use std::sync::Arc;

use jiff::Timestamp;
use lr_app::clock::Clock;
use lr_app::context::App;
use lr_app::ids::Ids;
use lr_app::intake::accept;
use lr_app::jobs::worker;
use lr_app::keys::MasterSecret;
use lr_app::route::{Receipt, RouteError, Routed, Routing};
use lr_app::rulesets::publish;
use lr_connectors::egress::Egress;
use lr_connectors::http::HttpClient;
use lr_core::id::{PoolId, RepId, RuleId, RulesetId, SourceId, TeamId, UserId, WorkspaceId};
use lr_core::lead::raw::RawLead;
use lr_core::pick::Rep;
use lr_core::pick::hours::WeeklyHours;
use lr_core::rules::action::{Action, Target};
use lr_core::rules::ast::{RuleSource, RulesetSource};
use lr_core::time::Zone;
use lr_store::members::{NewUser, Role};
use lr_store::sources::{Source, SourceKind};
use lr_testkit::TestDb;
use serde_json::json;
use tokio::sync::oneshot;
use uuid::Uuid;

/// A Wednesday noon in UTC, when everybody who has hours is at work.
pub const NOON: &str = "2026-02-04T12:00:00Z";

/// Three rules: spam is rejected, Berlin goes to the pool, Paris to a rep who only works at night.
pub struct Shop {
    pub db: TestDb,
    pub app: App,
    pub workspace: WorkspaceId,
    /// A neighbour, who has nothing.
    pub other: WorkspaceId,
    pub source: Source,
    pub pool: PoolId,
    pub berlin: RuleId,
    pub paris: RuleId,
    pub night_owl: RepId,
}

impl Shop {
    /// Opens a shop whose pool has reps of these weights, all at work on weekdays from 9 to 5 UTC.
    pub async fn open(weights: &[u32]) -> Self {
        let db = lr_testkit::database().await;
        let [workspace, other] = db.workspaces().await;
        let clock = Clock::fixed(NOON.parse().unwrap());
        let http = HttpClient::new(Egress::AllowLoopback).unwrap();
        let secret = MasterSecret::new([7; 32]);
        let app = App::new(db.store(), clock, Ids::counted(), &secret, http);
        let id = || app.ids.make();
        let pool = PoolId::new(id());
        let source =
            Source { id: SourceId::new(id()), name: "api".to_owned(), kind: SourceKind::Api };
        let team = TeamId::new(id());
        let night = serde_json::from_value(json!({"wed": [["22:00", "24:00"]]})).unwrap();
        let night_owl = rep(RepId::new(id()), "Nora Night", night);

        let mut tx = app.store.begin(workspace.id).await.unwrap();
        tx.add_source(&source).await.unwrap();
        tx.add_team(team, "Sales").await.unwrap();
        tx.add_pool(team, pool, "EMEA").await.unwrap();
        tx.add_rep(&night_owl, "nora@shop.test").await.unwrap();
        for (number, weight) in weights.iter().enumerate() {
            let hours = WeeklyHours::weekdays("09:00", "17:00").unwrap();
            let rep = rep(RepId::new(id()), &format!("Rep {number}"), hours);
            tx.add_rep(&rep, "rep@shop.test").await.unwrap();
            tx.add_member(pool, rep.id, NonZeroU32::new(*weight).unwrap().get()).await.unwrap();
        }
        tx.commit().await.unwrap();

        let (berlin, paris) = (RuleId::new(id()), RuleId::new(id()));
        let rules = vec![
            rule(RuleId::new(id()), "Spam", "message", "casino", Target::Reject("spam".to_owned())),
            rule(berlin, "Berlin", "city", "berlin", Target::Pool(pool)),
            rule(paris, "Paris", "city", "paris", Target::Rep(night_owl.id)),
        ];
        let catch_all = Action::to(Target::Queue("Unrouted".to_owned()));
        let ruleset = RulesetSource { id: RulesetId::new(id()), version: 1, rules, catch_all };
        publish(&app, workspace.id, ruleset, "operator").await.unwrap();
        let (workspace, other, night_owl) = (workspace.id, other.id, night_owl.id);
        Self { db, app, workspace, other, source, pool, berlin, paris, night_owl }
    }

    /// Sends leads and gives what was decided about each.
    pub async fn send(&self, leads: Vec<RawLead>) -> Vec<Routed> {
        match self.try_send(leads, Receipt::None).await.unwrap() {
            Routing::Fresh(routed) => routed,
            Routing::Repeated(_) => panic!("nothing was sent before"),
        }
    }

    pub async fn try_send(
        &self,
        leads: Vec<RawLead>,
        receipt: Receipt,
    ) -> Result<Routing, RouteError> {
        let leads = leads.into_iter().map(|lead| (&self.source, lead)).collect();
        accept(&self.app, self.workspace, leads, receipt).await
    }

    /// Has the jobs done.
    pub fn work(&self) -> Working {
        let (stop, stopped) = oneshot::channel();
        let worker = worker(Arc::new(self.app.clone()));
        tokio::spawn(worker.run(async {
            let _ = stopped.await;
        }));
        Working(stop)
    }

    /// Somebody who may change rules.
    pub async fn member(&self, number: u128) -> UserId {
        let user = UserId::new(Uuid::from_u128(number));
        let email = format!("{number}@shop.test");
        let mut tx = self.app.store.system().await.unwrap();
        let new = NewUser { id: user, email: &email, name: "Ada", password_hash: "" };
        tx.add_user(new).await.unwrap();
        tx.commit().await.unwrap();
        let mut tx = self.app.store.begin(self.workspace).await.unwrap();
        tx.join(user, Role::Admin, "Ada Lovelace", &email).await.unwrap();
        tx.commit().await.unwrap();
        user
    }

    pub fn set_clock(&self, at: &str) -> Timestamp {
        let at = at.parse().unwrap();
        self.app.clock.set(at);
        at
    }

    /// Changes the schema as the owner.
    pub async fn change(&self, statement: &'static str) {
        sqlx::Executor::execute(&mut self.db.owner().await, statement).await.unwrap();
    }

    /// Runs a statement as the owner, past every wall: to plant what must be found.
    pub async fn plant(&self, statement: &'static str) {
        use sqlx::Executor;
        let mut owner = self.db.owner().await;
        owner.execute("set session_replication_role = replica").await.unwrap();
        let done = owner.execute(statement).await.unwrap();
        assert!(done.rows_affected() > 0, "nothing was planted by: {statement}");
    }
}

/// Runs the shop's jobs until dropped.
pub struct Working(
    #[expect(dead_code, reason = "dropping it stops the worker")] oneshot::Sender<()>,
);

/// A lead from this city.
pub fn from(city: &str) -> RawLead {
    RawLead { city: Some(city.to_owned()), ..RawLead::default() }
}

fn rep(id: RepId, name: &str, hours: WeeklyHours) -> Rep {
    let zone = Zone::parse("UTC").unwrap();
    Rep::new(id, name, zone, hours)
}

fn rule(id: RuleId, name: &str, field: &str, word: &str, target: Target) -> RuleSource {
    let condition = json!({
        "combinator": "and",
        "rules": [{"field": field, "operator": "contains", "value": word}],
    });
    RuleSource {
        id,
        name: name.to_owned(),
        enabled: true,
        condition: serde_json::from_value(condition).unwrap(),
        action: Action::to(target),
        owner_first: true,
        experiment: None,
    }
}
