//! Decisions with what they were made from, and the assignments they make.

use jiff::Timestamp;
use jiff_sqlx::ToSqlx;
use lr_core::decide::Outcome;
use lr_core::id::{AssignmentId, ConfigId, DecisionId, LeadId, PoolId, RepId, RuleId};
use lr_core::rules::experiment::Cohort;
use uuid::Uuid;

use crate::error::StoreError;
use crate::workspace_tx::WorkspaceTx;

/// A decision as it is written.
#[derive(Debug, Clone)]
pub struct NewDecision {
    /// Its id.
    pub id: DecisionId,
    /// The lead it is about.
    pub lead: LeadId,
    /// As of when.
    pub at: Timestamp,
    /// The stored configuration it was made from.
    pub config: ConfigId,
    /// The rule and its name; `None` is the catch-all.
    pub rule: Option<(RuleId, String)>,
    /// Who or what the lead went to.
    pub outcome: Outcome,
    /// The variants that it drew.
    pub cohorts: Vec<Cohort>,
    /// Why, in one line.
    pub reason: String,
    /// Core's snapshot of the other inputs.
    pub snapshot: Vec<u8>,
    /// Core's bytes of the decision.
    pub decision: Vec<u8>,
    /// The id of the assignment, if one is made.
    pub assignment: AssignmentId,
}

/// A decision as it is read back, to be explained or replayed.
#[derive(Debug, Clone)]
pub struct StoredDecision {
    /// Its id.
    pub id: DecisionId,
    /// The stored configuration it was made from.
    pub config: ConfigId,
    /// Core's snapshot of the other inputs.
    pub snapshot: Vec<u8>,
    /// Core's bytes of the decision.
    pub decision: Vec<u8>,
}

/// Who owned a lead, from when to when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AssignmentRow {
    /// Its id.
    pub id: AssignmentId,
    /// The owner.
    pub rep: RepId,
    /// The owner's name.
    pub rep_name: String,
    /// The pool whose turn it was, with its name.
    pub pool: Option<(PoolId, String)>,
    /// Since when.
    pub started_at: Timestamp,
    /// Until when; `None` for the present owner.
    pub ended_at: Option<Timestamp>,
}

/// The state that an outcome puts a lead into, as stored.
pub(crate) fn state(outcome: &Outcome) -> &'static str {
    match outcome {
        Outcome::Assigned { .. } => "assigned",
        Outcome::Held { .. } => "held",
        Outcome::Queued { .. } => "queued",
        Outcome::Rejected { .. } => "rejected",
    }
}

/// The rep and the pool of an outcome.
pub(crate) fn owner(outcome: &Outcome) -> (Option<Uuid>, Option<Uuid>) {
    (outcome.rep().map(RepId::uuid), outcome.pool().map(PoolId::uuid))
}

impl WorkspaceTx {
    /// Writes decisions and the assignments they make; the leads must be there.
    pub async fn insert_decisions(&mut self, decisions: &[NewDecision]) -> Result<(), StoreError> {
        let rows = decisions.iter();
        let ids = rows.clone().map(|row| row.id.uuid()).collect::<Vec<_>>();
        let leads = rows.clone().map(|row| row.lead.uuid()).collect::<Vec<_>>();
        let at = rows.clone().map(|row| row.at.to_sqlx()).collect::<Vec<_>>();
        let configs = rows.clone().map(|row| row.config.uuid()).collect::<Vec<_>>();
        let rules = rows.clone().map(|row| row.rule.as_ref().map(|rule| rule.0.uuid()));
        let rule_names = rows.clone().map(|row| row.rule.as_ref().map(|rule| rule.1.clone()));
        let outcomes = rows.clone().map(|row| state(&row.outcome).to_owned()).collect::<Vec<_>>();
        let reps = rows.clone().map(|row| owner(&row.outcome).0).collect::<Vec<_>>();
        let pools = rows.clone().map(|row| owner(&row.outcome).1).collect::<Vec<_>>();
        let reasons = rows.clone().map(|row| row.reason.clone()).collect::<Vec<_>>();
        let snapshots = rows.clone().map(|row| row.snapshot.clone()).collect::<Vec<_>>();
        let bytes = rows.map(|row| row.decision.clone()).collect::<Vec<_>>();
        let (db, workspace) = self.parts();
        sqlx::query!(
            "insert into decisions
                 (workspace_id, id, lead_id, at, config_id, rule_id, rule_name, outcome, rep_id,
                  pool_id, reason, snapshot, decision)
             select $1, row.* from unnest($2::uuid[], $3::uuid[], $4::timestamptz[], $5::uuid[],
                 $6::uuid[], $7::text[], $8::text[], $9::uuid[], $10::uuid[], $11::text[],
                 $12::bytea[], $13::bytea[]) as row",
            workspace,
            &ids,
            &leads,
            at,
            &configs,
            &rules.collect::<Vec<_>>() as &[Option<Uuid>],
            &rule_names.collect::<Vec<_>>() as &[Option<String>],
            &outcomes,
            &reps as &[Option<Uuid>],
            &pools as &[Option<Uuid>],
            &reasons,
            &snapshots,
            &bytes
        )
        .execute(db)
        .await?;
        self.insert_assignments(decisions).await?;
        self.insert_cohorts(decisions).await
    }

    async fn insert_cohorts(&mut self, decisions: &[NewDecision]) -> Result<(), StoreError> {
        let drawn =
            || decisions.iter().flat_map(|row| row.cohorts.iter().map(move |drawn| (row, drawn)));
        let made_by = drawn().map(|(row, _)| row.id.uuid()).collect::<Vec<_>>();
        let experiments = drawn().map(|(_, drawn)| drawn.experiment.uuid()).collect::<Vec<_>>();
        let variants = drawn().map(|(_, drawn)| drawn.variant.clone()).collect::<Vec<_>>();
        if made_by.is_empty() {
            return Ok(());
        }
        let (db, workspace) = self.parts();
        sqlx::query!(
            "insert into cohorts (workspace_id, decision_id, experiment_id, variant)
             select $1, row.* from unnest($2::uuid[], $3::uuid[], $4::text[]) as row",
            workspace,
            &made_by,
            &experiments,
            &variants
        )
        .execute(db)
        .await?;
        Ok(())
    }

    async fn insert_assignments(&mut self, decisions: &[NewDecision]) -> Result<(), StoreError> {
        let assigned =
            || decisions.iter().filter(|row| matches!(row.outcome, Outcome::Assigned { .. }));
        let ids = assigned().map(|row| row.assignment.uuid()).collect::<Vec<_>>();
        let leads = assigned().map(|row| row.lead.uuid()).collect::<Vec<_>>();
        let made_by = assigned().map(|row| row.id.uuid()).collect::<Vec<_>>();
        let reps = assigned().map(|row| owner(&row.outcome).0).collect::<Vec<_>>();
        let pools = assigned().map(|row| owner(&row.outcome).1).collect::<Vec<_>>();
        let started = assigned().map(|row| row.at.to_sqlx()).collect::<Vec<_>>();
        let (db, workspace) = self.parts();
        sqlx::query!(
            "insert into assignments
                 (workspace_id, id, lead_id, decision_id, rep_id, pool_id, started_at)
             select $1, row.* from unnest($2::uuid[], $3::uuid[], $4::uuid[], $5::uuid[],
                 $6::uuid[], $7::timestamptz[]) as row",
            workspace,
            &ids,
            &leads,
            &made_by,
            &reps as &[Option<Uuid>],
            &pools as &[Option<Uuid>],
            started
        )
        .execute(db)
        .await?;
        Ok(())
    }

    /// The decision that put a lead into its present state.
    pub async fn decision_of(
        &mut self,
        lead: LeadId,
    ) -> Result<Option<StoredDecision>, StoreError> {
        let (db, workspace) = self.parts();
        let row = sqlx::query_as!(
            StoredRow,
            "select d.id, d.config_id, d.snapshot, d.decision
             from leads l
             join decisions d on d.workspace_id = l.workspace_id and d.id = l.decision_id
             where l.workspace_id = $1 and l.id = $2",
            workspace,
            lead.uuid()
        );
        Ok(row.fetch_optional(db).await?.map(StoredDecision::from))
    }

    /// Everybody who owned a lead, the latest first.
    pub async fn assignments_of(&mut self, lead: LeadId) -> Result<Vec<AssignmentRow>, StoreError> {
        let (db, workspace) = self.parts();
        let rows = sqlx::query!(
            r#"select a.id, a.rep_id, r.name as rep_name, a.pool_id, p.name as "pool_name?",
                      a.started_at, a.ended_at
               from assignments a
               join reps r on r.workspace_id = a.workspace_id and r.id = a.rep_id
               left join pools p on p.workspace_id = a.workspace_id and p.id = a.pool_id
               where a.workspace_id = $1 and a.lead_id = $2
               order by a.started_at desc, a.id desc"#,
            workspace,
            lead.uuid()
        );
        let rows = rows.fetch_all(db).await?;
        let assignments = rows.into_iter().map(|row| AssignmentRow {
            id: AssignmentId::new(row.id),
            rep: RepId::new(row.rep_id),
            rep_name: row.rep_name,
            pool: row.pool_id.map(PoolId::new).zip(row.pool_name),
            started_at: row.started_at.to_jiff(),
            ended_at: row.ended_at.map(|at| at.to_jiff()),
        });
        Ok(assignments.collect())
    }

    /// How often each rule, or `None` for the catch-all, decided since `since`.
    pub async fn decisions_by_rule(
        &mut self,
        since: Timestamp,
    ) -> Result<Vec<(Option<RuleId>, i64)>, StoreError> {
        let (db, workspace) = self.parts();
        let rows = sqlx::query!(
            r#"select rule_id, count(*) as "count!" from decisions
               where workspace_id = $1 and at >= $2 group by rule_id"#,
            workspace,
            since.to_sqlx()
        );
        let rows = rows.fetch_all(db).await?;
        Ok(rows.into_iter().map(|row| (row.rule_id.map(RuleId::new), row.count)).collect())
    }
}

/// A [`StoredDecision`] as it is read.
pub(crate) struct StoredRow {
    pub(crate) id: Uuid,
    pub(crate) config_id: Uuid,
    pub(crate) snapshot: Vec<u8>,
    pub(crate) decision: Vec<u8>,
}

impl From<StoredRow> for StoredDecision {
    fn from(row: StoredRow) -> Self {
        let StoredRow { id, config_id, snapshot, decision } = row;
        Self { id: DecisionId::new(id), config: ConfigId::new(config_id), snapshot, decision }
    }
}
