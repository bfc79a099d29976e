//! The index against a plain reading of the same rows.

use std::cmp::Reverse;

use jiff::civil::date;
use lr_core::case::Case;
use lr_core::territory::Territory;
use lr_core::territory::table::{Row, Table};
use proptest::prelude::*;

use super::samples::{case_on, territory, try_table};

/// How a cell's text fits a value, by its own simple reading; the least is the tightest, `None` is no
/// fit. Blank cells come last.
fn fit(cell: &str, value: Option<&str>, how: char) -> Option<(u8, Reverse<usize>, u64)> {
    if cell.is_empty() {
        return Some((1, Reverse(0), 0));
    }
    let value = value?;
    let fits = cell.split(';').filter_map(|cell| match how {
        'e' => (cell == value).then_some((0, Reverse(0), 0)),
        'p' => value.starts_with(cell).then_some((0, Reverse(cell.len()), 0)),
        _ => {
            let (from, to) = cell.split_once('-').unwrap_or((cell, cell));
            let [from, to, value] = [from, to, value].map(|text| text.parse::<u64>().unwrap());
            (from <= value && value <= to).then_some((0, Reverse(0), to - from))
        }
    });
    fits.min()
}

/// The line of the row that wins, by asking every row.
fn naive(rows: &[Line], lead: &[Option<String>; 4], day: jiff::civil::Date) -> Option<u32> {
    let ranks = rows.iter().zip(2_u32..).filter_map(|(row, line)| {
        let in_force =
            row.from.is_none_or(|from| from <= day) && row.until.is_none_or(|until| day < until);
        let cells = row.cells.iter().zip(lead).zip(['e', 'p', 'r', 'p']);
        let fits: Option<Vec<_>> =
            cells.map(|((cell, value), how)| fit(cell, value.as_deref(), how)).collect();
        Some((fits.filter(|_| in_force)?, line))
    });
    ranks.min().map(|(_, line)| line)
}

#[derive(Debug, Clone)]
struct Line {
    cells: [String; 4],
    from: Option<jiff::civil::Date>,
    until: Option<jiff::civil::Date>,
}

fn cell(value: impl Strategy<Value = String>) -> impl Strategy<Value = String> {
    prop::collection::vec(value, 0..3).prop_map(|values| values.join(";"))
}

fn letters() -> impl Strategy<Value = String> {
    "[ab]{1,4}"
}

fn band() -> impl Strategy<Value = String> {
    (1_u32..30, 0_u32..15).prop_map(|(from, more)| format!("{from}-{}", from + more))
}

fn line() -> impl Strategy<Value = Line> {
    let day = || prop::option::weighted(0.3, (1_i8..4).prop_map(|month| date(2026, month, 1)));
    let cells = (cell("[abc]"), cell(letters()), cell(band()), cell(letters()));
    (cells, day(), day()).prop_filter_map("the days are in order", |(cells, from, until)| {
        let ordered = from.zip(until).is_none_or(|(from, until)| from < until);
        let cells = [cells.0, cells.1, cells.2, cells.3];
        ordered.then_some(Line { cells, from, until })
    })
}

/// Mostly a value, sometimes none.
fn some<T: Strategy>(value: T) -> impl Strategy<Value = Option<T::Value>> {
    prop::option::weighted(0.9, value)
}

fn lead() -> impl Strategy<Value = [Option<String>; 4]> {
    let count = (1_u32..50).prop_map(|count| count.to_string());
    (some("[abc]"), some(letters()), some(count), some(letters()))
        .prop_map(|(one, two, three, four)| [one, two, three, four])
}

/// The rows as a table, without those that contradict an earlier one.
fn built(lines: &mut Vec<Line>) -> Territory {
    loop {
        let day =
            |day: Option<jiff::civil::Date>| day.map(|day| day.to_string()).unwrap_or_default();
        let rows = lines.iter().map(|line| {
            format!("{},EMEA,{},{}\n", line.cells.join(","), day(line.from), day(line.until))
        });
        let header = "industry,postal_code,employees,attributes.Tier (prefix),owner,from,until\n";
        let text = format!("{header}{}", rows.collect::<String>());
        match try_table(&text) {
            Ok(_) => return territory(&text),
            Err(faults) => {
                for fault in faults.told.iter().rev() {
                    lines.remove(usize::try_from(fault.line).unwrap() - 2);
                }
            }
        }
    }
}

fn asked(lead: &[Option<String>; 4], month: i8) -> Case {
    let names = ["industry", "postal_code", "employees", "Tier"];
    let values: Vec<_> = names
        .into_iter()
        .zip(lead)
        .filter_map(|(name, value)| Some((name, value.as_deref()?)))
        .collect();
    case_on(&format!("2026-{month:02}-01T08:00:00Z"), &values)
}

fn line_of(row: Option<&Row>) -> Option<u32> {
    row.map(|row| row.line)
}

proptest! {
    #[test]
    fn the_index_finds_what_asking_every_row_finds(
        mut lines in prop::collection::vec(line(), 0..40),
        leads in prop::collection::vec((lead(), 1_i8..5), 8),
    ) {
        let territory = built(&mut lines);
        for (lead, month) in leads {
            let found = line_of(territory.find(&asked(&lead, month)));
            prop_assert_eq!(found, naive(&lines, &lead, date(2026, month, 1)), "{:?}", lead);
        }
    }

    #[test]
    fn the_explanation_names_the_row_that_wins(
        mut lines in prop::collection::vec(line(), 0..20),
        lead in lead(),
    ) {
        let territory = built(&mut lines);
        let case = asked(&lead, 2);
        let why = territory.why(&case);
        prop_assert_eq!(why.winner.as_ref().map(|row| row.line), line_of(territory.find(&case)));
        prop_assert_eq!(why.winner.is_some(), why.fitting > 0);
    }

    #[test]
    fn nested_ranges_by_the_thousand_are_told_apart(starts in prop::collection::btree_set(1_u32..3_000, 1..300), count in 1_u32..6_000) {
        let rows: String = starts.iter().map(|from| format!("{from}-{},EMEA\n", 6_000 - from / 2)).collect();
        let table: Table = super::samples::table(&format!("employees,owner\n{rows}"));
        let narrowest = (starts.iter().zip(2_u32..))
            .filter(|(from, _)| **from <= count && count <= 6_000 - **from / 2)
            .min_by_key(|(from, line)| (6_000 - **from / 2 - **from, *line));
        let employees = count.to_string();
        prop_assert_eq!(super::samples::winner(&table, &[("employees", &employees)]), narrowest.map(|(_, line)| line));
    }
}
