//! What is odd about a territory that an action names.

use std::collections::BTreeMap;

use crate::id::{PoolId, RepId};
use crate::pick::{Pool, Rep};
use crate::rules::lint::Code;
use crate::territory::Territory;
use crate::territory::owner::Owner;
use crate::territory::table::Row;

/// What a sentence says of a territory that gives leads to nobody; `None` if nothing is odd.
pub(super) fn oddity(
    territory: &Territory,
    reps: &BTreeMap<RepId, Rep>,
    pools: &BTreeMap<PoolId, Pool>,
) -> Option<(Code, String)> {
    let name = &territory.name;
    let rows = territory.table.rows();
    if rows.is_empty() {
        return Some((Code::EmptyTerritory, format!("the territory {name}, which has no rows.")));
    }
    // A row with an end may well name somebody who has left since.
    let lasting = rows.iter().filter(|row| row.until.is_none());
    let mut idle = lasting.filter_map(|row| Some((row, idle(row, reps, pools)?)));
    let (first, why) = idle.next()?;
    let others = match idle.count() {
        0 => String::new(),
        1 => ", and another line to somebody who takes no leads".to_owned(),
        more => format!(", and {more} more lines to somebody who takes no leads"),
    };
    let line = first.line;
    let words = format!("the territory {name}, whose line {line} belongs to {why}{others}.");
    Some((Code::IdleTerritory, words))
}

/// Who owns a row, if it is nobody who takes leads.
fn idle(row: &Row, reps: &BTreeMap<RepId, Rep>, pools: &BTreeMap<PoolId, Pool>) -> Option<String> {
    match row.owner {
        Owner::Rep(id) => match reps.get(&id) {
            None => Some(format!("{id}, who is no rep of this workspace")),
            Some(rep) => (!rep.active).then(|| format!("{}, who is not active", rep.name)),
        },
        Owner::Pool(id) => {
            let Some(pool) = pools.get(&id) else {
                return Some(format!("{id}, which is no pool of this workspace"));
            };
            let active = |rep| reps.get(&rep).is_some_and(|rep: &Rep| rep.active);
            let idle = !pool.members.iter().any(|member| active(member.rep));
            idle.then(|| format!("the pool {}, which has no active members", pool.name))
        }
    }
}
