//! The first line of a file of accounts: which column is what.

use lr_core::normalise::attributes::MAX_ATTRIBUTE_NAME;
use lr_core::normalise::text;

/// What a column's values are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Column {
    /// The id that the account has where it comes from.
    ExternalId,
    Name,
    /// One or several, the first of which is shown.
    Domains,
    /// A rep, by e-mail address or id.
    Owner,
    Country,
    State,
    Employees,
    Industry,
    Phones,
    /// Addresses of its contacts.
    Emails,
    /// A custom attribute of this name.
    Attribute(String),
}

/// The words of each heading, folded and joined; what stands first is the name that the API uses.
///
/// Our own choice, from the exports of HubSpot (companies) and Salesforce (accounts).
const HEADINGS: [(Column, &[&str]); 10] = [
    (
        Column::ExternalId,
        &["external id", "id", "account id", "company id", "record id", "crm id", "salesforce id"],
    ),
    (Column::Name, &["name", "account name", "company name", "company", "account", "firma"]),
    (
        Column::Domains,
        &["domain", "domains", "company domain name", "company domain", "website", "website url"],
    ),
    (
        Column::Owner,
        &["owner", "owner email", "owner e mail", "account owner", "company owner", "rep"],
    ),
    (Column::Country, &["country", "billing country", "country region", "country code", "land"]),
    (
        Column::State,
        &["state", "billing state", "billing state province", "state region", "region"],
    ),
    (
        Column::Employees,
        &[
            "employees",
            "number of employees",
            "employee count",
            "headcount",
            "company size",
            "size",
        ],
    ),
    (Column::Industry, &["industry", "branche"]),
    (Column::Phones, &["phone", "phones", "phone number", "telephone", "telefon"]),
    (
        Column::Emails,
        &["email", "emails", "e mail", "contact email", "contact emails", "contact e mails"],
    ),
];

/// Finds out what each column is, whatever the case, accents and punctuation of its heading.
///
/// Another heading names a custom attribute. A blank one names nothing, and its values are left out.
///
/// # Errors
/// The heading of a column that there is already, or that no column names an account.
pub(super) fn columns(headings: &[String]) -> Result<Vec<Option<Column>>, String> {
    let mut columns: Vec<Option<Column>> = Vec::with_capacity(headings.len());
    for raw in headings {
        let column = column(raw);
        if column.is_some() && columns.contains(&column) {
            let shown = text::line(raw, MAX_ATTRIBUTE_NAME).text;
            return Err(format!("`{shown}` is the second column of its kind; keep one."));
        }
        columns.push(column);
    }
    let names = |column: &Option<Column>| {
        matches!(column, Some(Column::ExternalId | Column::Name | Column::Domains))
    };
    if columns.iter().any(names) {
        return Ok(columns);
    }
    Err("No column names an account; head one of them external_id, name or domain.".to_owned())
}

fn column(raw: &str) -> Option<Column> {
    let name = text::line(raw, MAX_ATTRIBUTE_NAME).text;
    if name.is_empty() {
        return None;
    }
    let folded = text::fold(&name);
    let known = HEADINGS.iter().find(|(_, headings)| headings.contains(&folded.as_str()));
    Some(known.map_or(Column::Attribute(name), |(column, _)| column.clone()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(headings: &[&str]) -> Result<Vec<Option<Column>>, String> {
        columns(&headings.iter().map(|&heading| heading.to_owned()).collect::<Vec<_>>())
    }

    #[test]
    fn headings_are_known_by_their_usual_words_and_others_are_attributes() {
        assert_eq!(
            of(&["Account ID", "Company-Domain Name", " Owner E-mail", "", "Tier"]).unwrap(),
            [
                Some(Column::ExternalId),
                Some(Column::Domains),
                Some(Column::Owner),
                None,
                Some(Column::Attribute("Tier".to_owned())),
            ]
        );
    }

    #[test]
    fn a_second_column_of_a_kind_and_a_file_that_names_no_account_are_refused() {
        assert!(of(&["name", "Company"]).unwrap_err().contains("`Company`"));
        assert!(of(&["name", "Tier", "Tier"]).unwrap_err().contains("`Tier`"));
        assert!(of(&["Tier", "owner"]).unwrap_err().contains("external_id"));
    }
}
