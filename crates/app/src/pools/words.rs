//! Entries of a ledger in words.

use lr_core::pick::entry::{Cause, Line};
use lr_core::pick::ledger::LEAD;
use lr_store::ledger_entries::EntryRow;

/// What an entry is about, such as `12 leads shared out`; with the reason and who gave it, if somebody
/// made it by hand.
pub fn words(entry: &EntryRow) -> String {
    let about = match entry.cause {
        Cause::Turns => format!("{} shared out", leads(entry.turns.into())),
        Cause::Repay => format!("{} repaid", leads(entry.turns.into())),
        Cause::Absence => "Shares missed while away".to_owned(),
        Cause::Returned => "A bad lead’s turn given back".to_owned(),
        Cause::TakenAway => "A lead taken away, its turn given back".to_owned(),
        Cause::Moved => "A lead moved by hand".to_owned(),
        Cause::Granted => "Turns credited by hand".to_owned(),
    };
    match &entry.note {
        None => about,
        Some(note) => {
            let by = note.actor_name.as_ref().unwrap_or(&note.actor);
            format!("{about}: {} ({by})", note.reason)
        }
    }
}

/// What an entry did to one account, such as `got 2 leads, is owed 0.67 less`.
pub fn line_words(line: &Line) -> String {
    let mut parts = Vec::new();
    let count = line.assigned.unsigned_abs();
    match line.assigned {
        0 => {}
        1.. => parts.push(format!("got {}", leads(count))),
        _ => parts.push(format!("gave {} back", leads(count))),
    }
    parts.extend(owed(line.balance));
    parts.extend(owed(line.arrears).map(|owed| format!("{owed} for absences")));
    if parts.is_empty() { "is as before".to_owned() } else { parts.join(", ") }
}

fn leads(count: u64) -> String {
    if count == 1 { "1 lead".to_owned() } else { format!("{count} leads") }
}

/// A change of what is owed, to a hundredth of a lead; `None` if it is none.
fn owed(parts: i64) -> Option<String> {
    let more = match parts {
        0 => return None,
        1.. => "more",
        _ => "less",
    };
    let hundredths =
        (i128::from(parts.unsigned_abs()) * 100 + i128::from(LEAD) / 2) / i128::from(LEAD);
    let (whole, rest) = (hundredths / 100, hundredths % 100);
    let amount = match rest {
        0 if whole == 0 => "a trace".to_owned(),
        0 => whole.to_string(),
        rest if rest % 10 == 0 => format!("{whole}.{}", rest / 10),
        rest => format!("{whole}.{rest:02}"),
    };
    Some(format!("is owed {amount} {more}"))
}

#[cfg(test)]
mod tests {
    use lr_core::id::RepId;
    use uuid::Uuid;

    use super::*;

    fn line(balance: i64, arrears: i64, assigned: i64) -> String {
        line_words(&Line { rep: RepId::new(Uuid::nil()), balance, arrears, assigned })
    }

    #[test]
    fn a_change_of_an_account_is_told_in_leads() {
        assert_eq!(line(-LEAD * 2 / 3, 0, 1), "got 1 lead, is owed 0.67 less");
        assert_eq!(line(LEAD, 0, -1), "gave 1 lead back, is owed 1 more");
        assert_eq!(
            line(LEAD / 2, -LEAD / 4, 2),
            "got 2 leads, is owed 0.5 more, is owed 0.25 less for absences"
        );
        assert_eq!(line(1, 0, 0), "is owed a trace more");
        assert_eq!(line(0, 0, 0), "is as before");
    }
}
