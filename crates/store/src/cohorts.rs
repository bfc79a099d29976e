//! What experiments assigned.

use std::collections::BTreeMap;

use lr_core::id::ExperimentId;

use crate::error::StoreError;
use crate::workspace_tx::WorkspaceTx;

impl WorkspaceTx {
    /// How many leads drew each variant of an experiment; a lead that was routed again counts once.
    pub async fn count_cohorts(
        &mut self,
        experiment: ExperimentId,
    ) -> Result<BTreeMap<String, u64>, StoreError> {
        let (db, workspace) = self.parts();
        let rows = sqlx::query!(
            r#"select c.variant, count(distinct d.lead_id) as "leads!"
               from cohorts c
               join decisions d on d.workspace_id = c.workspace_id and d.id = c.decision_id
               where c.workspace_id = $1 and c.experiment_id = $2
               group by c.variant"#,
            workspace,
            experiment.uuid()
        );
        let mut counts = BTreeMap::new();
        for row in rows.fetch_all(db).await? {
            let leads = u64::try_from(row.leads).map_err(StoreError::corrupt("cohort"))?;
            counts.insert(row.variant, leads);
        }
        Ok(counts)
    }
}
