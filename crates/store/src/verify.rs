//! The invariants as queries: each finds the rows that break it.

pub mod catalogue;

use lr_core::id::DecisionId;
use uuid::Uuid;

use crate::decisions::{StoredDecision, StoredRow};
use crate::error::StoreError;
use crate::workspace_tx::WorkspaceTx;

/// Violations listed per invariant; more are as wrong, but not more telling.
const SAMPLE: i64 = 20;

/// A promise about the stored rows of a workspace.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Invariant {
    /// Every lead has exactly one current state.
    LeadState,
    /// Every assignment has exactly one decision that explains it.
    AssignmentDecision,
    /// A pool's balances equal the sum of its ledger's entries.
    LedgerEntries,
    /// A pool's counts equal its assigning decisions.
    LedgerLeads,
    /// A pool's accounts sum to zero.
    LedgerZero,
    /// A rep's count of open leads is true.
    OpenLeads,
}

impl Invariant {
    /// All of them, in the order in which they are checked.
    pub const ALL: [Self; 6] = [
        Self::LeadState,
        Self::AssignmentDecision,
        Self::LedgerEntries,
        Self::LedgerLeads,
        Self::LedgerZero,
        Self::OpenLeads,
    ];

    /// The promise in words.
    pub const fn words(self) -> &'static str {
        match self {
            Self::LeadState => "every lead has exactly one current state",
            Self::AssignmentDecision => "every assignment has exactly one decision",
            Self::LedgerEntries => "a pool's balances equal the sum of its entries",
            Self::LedgerLeads => "a pool's counts equal its assigning decisions",
            Self::LedgerZero => "a pool's balances sum to zero",
            Self::OpenLeads => "a rep's count of open leads is true",
        }
    }
}

/// A row that breaks an invariant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Violation {
    /// The row's id.
    pub subject: Uuid,
    /// What is wrong with it.
    pub detail: String,
}

impl WorkspaceTx {
    /// The first rows of this workspace that break `invariant`; none if it holds.
    pub async fn violations(&mut self, invariant: Invariant) -> Result<Vec<Violation>, StoreError> {
        let (db, workspace) = self.parts();
        macro_rules! find {
            ($file:literal) => {
                sqlx::query_file_as!(Violation, $file, workspace, SAMPLE).fetch_all(db).await?
            };
        }
        Ok(match invariant {
            Invariant::LeadState => find!("src/verify/lead_state.sql"),
            Invariant::AssignmentDecision => find!("src/verify/assignment_decision.sql"),
            Invariant::LedgerEntries => find!("src/verify/ledger_entries.sql"),
            Invariant::LedgerLeads => find!("src/verify/ledger_leads.sql"),
            Invariant::LedgerZero => find!("src/verify/ledger_zero.sql"),
            Invariant::OpenLeads => find!("src/verify/open_leads.sql"),
        })
    }

    /// Decisions in the order of their ids after `after`, to be replayed.
    pub async fn decisions_after(
        &mut self,
        after: Option<DecisionId>,
        limit: i64,
    ) -> Result<Vec<StoredDecision>, StoreError> {
        let (db, workspace) = self.parts();
        let rows = sqlx::query_as!(
            StoredRow,
            "select id, config_id, snapshot, decision from decisions
             where workspace_id = $1 and ($2::uuid is null or id > $2) order by id limit $3",
            workspace,
            after.map(DecisionId::uuid),
            limit
        );
        Ok(rows.fetch_all(db).await?.into_iter().map(StoredDecision::from).collect())
    }

    /// A decision with what it was made from; `None` if the workspace has no such decision.
    pub async fn decision(
        &mut self,
        decision: DecisionId,
    ) -> Result<Option<StoredDecision>, StoreError> {
        let (db, workspace) = self.parts();
        let row = sqlx::query_as!(
            StoredRow,
            "select id, config_id, snapshot, decision from decisions
             where workspace_id = $1 and id = $2",
            workspace,
            decision.uuid()
        );
        Ok(row.fetch_optional(db).await?.map(StoredDecision::from))
    }
}
