//! The first line of a file: which column is what.
//!
//! A key column is headed by the name of a field (`postal_code`), by what the field is called
//! (`Postal code`) or by a usual word for it (`ZIP`); a custom attribute by `attributes.` and its name.
//! How it is matched may follow in brackets, as in `city (prefix)`. One column is headed `owner`, and
//! two may be headed `from` and `until`.

use crate::rules::field::Field;
use crate::rules::fold::fold;
use crate::rules::kind::AttributeTypes;
use crate::territory::column::{Column, Matching};

/// The heading of the owner's column in a file that is written.
pub(super) const OWNER: &str = "owner";
/// The heading of the first day in force.
pub(super) const FROM: &str = "from";
/// The heading of the first day that no longer is.
pub(super) const UNTIL: &str = "until";

/// What a column of a file holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Heading {
    Key(Column),
    Owner,
    From,
    Until,
}

/// Words that files use for a field beside its own names; the words of each heading joined by a space.
///
/// Our own choice, from the exports of CRMs and the tables that sales teams keep.
const SYNONYMS: [(&str, Field); 21] = [
    ("country code", Field::Country),
    ("region", Field::State),
    ("province", Field::State),
    ("state code", Field::State),
    ("town", Field::City),
    ("zip", Field::PostalCode),
    ("zip code", Field::PostalCode),
    ("zip prefix", Field::PostalCode),
    ("postcode", Field::PostalCode),
    ("postal prefix", Field::PostalCode),
    ("postal code prefix", Field::PostalCode),
    ("employee band", Field::Employees),
    ("employee range", Field::Employees),
    ("employee count", Field::Employees),
    ("number of employees", Field::Employees),
    ("company size", Field::Employees),
    ("headcount", Field::Employees),
    ("size", Field::Employees),
    ("company name", Field::Company),
    ("account", Field::Company),
    ("website", Field::Domain),
];

const OWNERS: [&str; 6] = ["owner", "owner e mail", "owner email", "rep", "rep or pool", "pool"];
const FROMS: [&str; 5] = ["from", "valid from", "effective from", "start", "start date"];
const UNTILS: [&str; 5] = ["until", "valid until", "effective until", "end", "end date"];

/// Reads one heading.
///
/// # Errors
/// What to write instead.
pub(super) fn parse(raw: &str) -> Result<Heading, String> {
    let raw = raw.trim();
    let name = words(raw);
    if OWNERS.contains(&name.as_str()) {
        return Ok(Heading::Owner);
    }
    if FROMS.contains(&name.as_str()) {
        return Ok(Heading::From);
    }
    if UNTILS.contains(&name.as_str()) {
        return Ok(Heading::Until);
    }
    let (head, matching) = suffix(raw);
    let field = field(head).ok_or_else(|| unknown(raw))?;
    let usual = Column::usual(field.clone()).ok_or_else(|| unknown(raw))?;
    let Some(matching) = matching else { return Ok(Heading::Key(usual)) };
    let fits = Column::new(field.clone(), matching).map(Heading::Key);
    fits.ok_or_else(|| {
        let (label, matching, usual) = (field.label(), matching.as_str(), usual.matching());
        let (name, usual) = (field.name(), usual.as_str());
        format!("{label} cannot be matched by `{matching}`; write `{name} ({usual})`.")
    })
}

/// The heading by which [`parse`] finds the column again; the usual matching goes without saying.
pub(super) fn written(column: &Column) -> String {
    let name = column.field().name();
    if Column::usual(column.field().clone()).as_ref() == Some(column) {
        return name.into_owned();
    }
    format!("{name} ({})", column.matching().as_str())
}

/// Takes the way of matching off a heading.
fn suffix(raw: &str) -> (&str, Option<Matching>) {
    let taken = raw.strip_suffix(')').and_then(|rest| rest.rsplit_once('('));
    let named = taken.and_then(|(head, word)| {
        let word = fold(word.trim()).into_owned();
        let matching = Matching::ALL.into_iter().find(|matching| matching.as_str() == word)?;
        Some((head.trim(), Some(matching)))
    });
    named.unwrap_or((raw, None))
}

fn field(head: &str) -> Option<Field> {
    if let Some(field) = Field::parse(head, &AttributeTypes::default()) {
        return Some(field);
    }
    let name = words(head);
    let known = || Field::known().iter();
    let by_name =
        known().find(|field| words(&field.name()) == name || words(&field.label()) == name);
    let synonym = || SYNONYMS.iter().find(|(word, _)| *word == name).map(|(_, field)| field);
    by_name.or_else(synonym).cloned()
}

/// Folded words: what stands between them does not matter.
fn words(text: &str) -> String {
    let folded = fold(text);
    let words = folded.split(|letter: char| !letter.is_alphanumeric());
    words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

fn unknown(raw: &str) -> String {
    let shown: String = raw.chars().take(64).collect();
    let is_key = |field: &&Field| Column::usual((*field).clone()).is_some();
    let names: Vec<_> = Field::known().iter().filter(is_key).map(Field::name).collect();
    format!(
        "There is no field `{shown}`; head a key column with one of {}, or with `attributes.` and the \
         name of an attribute; head the others `owner`, `from` and `until`.",
        names.join(", ")
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(field: Field, matching: Matching) -> Result<Heading, String> {
        Ok(Heading::Key(Column::new(field, matching).unwrap()))
    }

    #[test]
    fn a_column_is_known_by_name_label_and_usual_words() {
        for raw in ["postal_code", "Postal code", " ZIP ", "Zip-Code", "POSTAL_CODE (prefix)"] {
            assert_eq!(parse(raw), key(Field::PostalCode, Matching::Prefix), "{raw}");
        }
        assert_eq!(parse("Employee Band"), key(Field::Employees, Matching::Range));
        assert_eq!(parse("city (Prefix)"), key(Field::City, Matching::Prefix));
        let budget = Field::Attribute("Budget".into());
        assert_eq!(parse("attributes.Budget (range)"), key(budget, Matching::Range));
        assert_eq!(parse("Owner e-mail"), Ok(Heading::Owner));
        assert_eq!(parse("valid from"), Ok(Heading::From));
        assert_eq!(parse("UNTIL"), Ok(Heading::Until));
    }

    #[test]
    fn an_unknown_column_is_refused_with_those_that_are_known() {
        assert!(parse("Colour").unwrap_err().contains("country"));
        assert!(parse("received_at").unwrap_err().starts_with("There is no field"));
        assert!(parse("").is_err());
        assert!(parse("country (prefix)").unwrap_err().contains("country (exact)"));
        assert!(parse("employees (exact)").unwrap_err().contains("employees (range)"));
    }

    #[test]
    fn every_column_is_found_again_by_the_heading_it_is_written_with() {
        let attribute = [Field::Attribute("Budget (2026)".into())];
        for field in Field::known().iter().chain(&attribute) {
            for matching in Matching::ALL {
                let Some(column) = Column::new(field.clone(), matching) else { continue };
                let heading = written(&column);
                assert_eq!(parse(&heading), Ok(Heading::Key(column)), "{heading}");
            }
        }
    }
}
