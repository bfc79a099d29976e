//! Who the leads of a batch are: their accounts, and the earlier leads of the same people.

use std::collections::BTreeSet;

use lr_core::case::Case;
use lr_core::identify::Matches;
use lr_core::identify::keys::{company_keys, person_keys};
use lr_core::identify::people::People;
use lr_store::error::StoreError;
use lr_store::workspace_tx::WorkspaceTx;

/// Fills in what each lead is recognised as, in the place of what it was recognised as before.
///
/// The people whom it gives are to hear of each decision of the batch, so that a later lead of a
/// person finds the earlier. A batch that names somebody of this one waits until `tx` has ended: of
/// two at once, the second sees what the first decided. That costs one statement, and two more look
/// the batch up; a batch without address, number, company and domain costs nothing.
pub(crate) async fn recognise(
    tx: &mut WorkspaceTx,
    cases: &mut [Case],
) -> Result<People, StoreError> {
    let of_people = cases.iter().flat_map(|case| person_keys(&case.lead)).collect::<BTreeSet<_>>();
    let mut people = People::default();
    if !of_people.is_empty() {
        tx.hold_people(&of_people).await?;
        people = tx.leads_with(&of_people).await?;
    }
    let of_companies = cases.iter().flat_map(|case| company_keys(&case.lead));
    let of_companies = of_companies.collect::<BTreeSet<_>>();
    let mut accounts = None;
    if !of_companies.is_empty() {
        accounts = Some(tx.accounts_with(&of_companies).await?);
    }
    for case in cases {
        let account = accounts.as_ref().and_then(|accounts| accounts.account_of(&case.lead));
        case.matches = Matches { duplicate: people.duplicate_of(&case.lead), account };
    }
    Ok(people)
}
