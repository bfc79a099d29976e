//! Accounts taken in from a CSV file.

use std::collections::BTreeSet;

use lr_core::id::{AccountId, WorkspaceId};
use lr_core::identify::keys::KeyValue;
use lr_core::identify::{Account, Key};
use lr_core::record::Record;
use lr_store::accounts::{AccountRow, KeyedAccount};
use lr_store::audit::AuditEntry;
use lr_store::error::StoreError;
use lr_store::workspace_tx::WorkspaceTx;
use serde_json::json;
use tokio::task::{JoinError, spawn_blocking};

use super::columns::{Column, columns};
use super::resolve::Known;
use super::row::{Reps, Row, kinds, read};
use crate::audit::entry;
use crate::context::App;
use crate::import::sheet::{SheetError, read_sheet};

/// Accounts written by one statement.
const BATCH: usize = 1_000;

/// Most faults that are told; the others are counted.
pub const MAX_FAULTS: usize = 1_000;

/// A file of accounts to be taken in.
#[derive(Debug, Clone)]
pub struct Job {
    /// The file.
    pub bytes: Vec<u8>,
    /// Who brings it: `usr_…` or `operator`.
    pub actor: String,
    /// Whether only to say what would happen.
    pub dry_run: bool,
}

/// What became of a file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Imported {
    /// Rows that made a new account.
    pub created: u64,
    /// Rows that changed an account.
    pub updated: u64,
    /// Rows that say what was known of an account.
    pub unchanged: u64,
    /// Rows that were not taken.
    pub refused: u64,
    /// The faults, at most [`MAX_FAULTS`] of them, in the order of the lines.
    pub faults: Vec<RowFault>,
    /// How many there are in all.
    pub faulty: u64,
}

/// What is wrong with a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowFault {
    /// The line on which the row begins, from 1.
    pub line: u32,
    /// The heading of the column, if it is in one.
    pub column: Option<String>,
    /// What is wrong, as a sentence.
    pub message: String,
    /// Whether the row was not taken; else only this value was left out.
    pub refused: bool,
}

/// Why nothing of a file was taken.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// It is no table.
    #[error(transparent)]
    Sheet(#[from] SheetError),
    /// Its first line does not tell what is in it.
    #[error("{0}")]
    Columns(String),
    /// The database did not do it.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The reading thread has stopped by itself.
    #[error("the file's reader has stopped")]
    Reader(#[from] JoinError),
}

/// Takes a file in: every row that can be, in one transaction. The same file again changes nothing.
///
/// What a row says is put in the place of what was known; of what the file has no column for, nothing
/// changes. Which account a row means is told by `external_id`, else the domain, else the name.
///
/// # Errors
/// Nothing of it was taken; rows that were refused are in [`Imported::faults`].
pub async fn import(app: &App, workspace: WorkspaceId, job: Job) -> Result<Imported, ImportError> {
    let reps = reps(&mut app.store.begin(workspace).await?).await?;
    let bytes = job.bytes;
    let sheet = spawn_blocking(move || Sheet::read(&bytes, &reps)).await??;
    let mut tx = app.store.begin(workspace).await?;
    tx.hold_accounts().await?;
    let mut taker =
        Taker { app, kinds: sheet.kinds, known: Known::default(), imported: sheet.imported };
    for rows in sheet.rows.chunks(BATCH) {
        taker.learn(&mut tx, rows).await?;
        let accounts = rows.iter().filter_map(|(line, row)| taker.take(*line, row));
        let accounts = accounts.collect::<Vec<_>>();
        tx.save_accounts(&accounts, &taker.kinds).await?;
    }
    let mut imported = taker.imported;
    imported.faults.sort_by_key(|fault| fault.line);
    if !job.dry_run && imported.created + imported.updated > 0 {
        let Imported { created, updated, .. } = imported;
        let after = Some(json!({ "created": created, "updated": updated }));
        let entry = entry(app, &job.actor, "accounts.imported", workspace);
        tx.add_audit_entry(&AuditEntry { after, ..entry }).await?;
    }
    if !job.dry_run {
        tx.commit().await?;
    }
    Ok(imported)
}

async fn reps(tx: &mut WorkspaceTx) -> Result<Reps, StoreError> {
    let reps = tx.reps().await?.into_iter();
    Ok(reps
        .flat_map(|rep| [(rep.email.to_lowercase(), rep.id), (rep.id.to_string(), rep.id)])
        .collect())
}

/// A file that has been read, with what is wrong in it.
struct Sheet {
    kinds: BTreeSet<Key>,
    rows: Vec<(u32, Row)>,
    imported: Imported,
}

impl Sheet {
    fn read(bytes: &[u8], reps: &Reps) -> Result<Self, ImportError> {
        read_sheet(bytes, |header, records| {
            let headings = header.values.clone().map_err(ImportError::Columns)?;
            let columns = columns(&headings).map_err(ImportError::Columns)?;
            let mut sheet =
                Self { kinds: kinds(&columns), rows: Vec::new(), imported: Imported::default() };
            for record in records {
                sheet.add(record, (&headings, &columns), reps);
            }
            Ok(sheet)
        })?
    }

    fn add(
        &mut self,
        record: Record,
        (headings, columns): (&[String], &[Option<Column>]),
        reps: &Reps,
    ) {
        let line = record.line;
        let values = match record.values {
            Ok(values) if values.iter().all(|value| value.trim().is_empty()) => return,
            Ok(values) if values.len() != columns.len() => {
                let (found, expected) = (values.len(), columns.len());
                let message =
                    format!("The row has {found} values, but there are {expected} columns.");
                return self.imported.refuse(line, message);
            }
            Ok(values) => values,
            Err(message) => return self.imported.refuse(line, message),
        };
        let (row, faults) = read(columns, &values, reps);
        let refused = faults.iter().any(|fault| fault.fatal);
        for fault in faults {
            let column = headings.get(fault.column).cloned();
            let (message, refused) = (fault.message, fault.fatal);
            self.imported.tell(RowFault { line, column, message, refused });
        }
        if refused {
            self.imported.refused += 1;
        } else {
            self.rows.push((line, row));
        }
    }
}

impl Imported {
    fn refuse(&mut self, line: u32, message: String) {
        self.refused += 1;
        self.tell(RowFault { line, column: None, message, refused: true });
    }

    fn tell(&mut self, fault: RowFault) {
        self.faulty += 1;
        if self.faults.len() < MAX_FAULTS {
            self.faults.push(fault);
        }
    }
}

/// Takes the rows one by one, so that a later one sees what an earlier one made.
struct Taker<'a> {
    app: &'a App,
    kinds: BTreeSet<Key>,
    known: Known,
    imported: Imported,
}

impl Taker<'_> {
    /// Reads the accounts that the next rows may mean.
    async fn learn(&mut self, tx: &mut WorkspaceTx, rows: &[(u32, Row)]) -> Result<(), StoreError> {
        let ids = rows.iter().filter_map(|(_, row)| row.external_id.clone()).collect::<Vec<_>>();
        let domains = rows.iter().filter_map(|(_, row)| row.domains.as_ref()?.first());
        let names = rows.iter().filter_map(|(_, row)| row.name.as_ref());
        let keys = domains.map(KeyValue::domain).chain(names.map(KeyValue::name)).collect();
        for account in tx.accounts_meant(&ids, &keys).await? {
            self.known.learn(account);
        }
        Ok(())
    }

    /// What is to be written for a row; `None` if it is refused.
    fn take(&mut self, line: u32, row: &Row) -> Option<KeyedAccount> {
        match self.account(line, row) {
            Ok(row_now) => {
                let keys = row.keys_of(&row_now.account.name);
                Some(KeyedAccount { row: row_now, keys })
            }
            Err(message) => {
                self.imported.refuse(line, message);
                None
            }
        }
    }

    fn account(&mut self, line: u32, row: &Row) -> Result<AccountRow, String> {
        let now = self.app.clock.now();
        let Some(before) = self.known.meant(row, line)? else {
            let id = AccountId::new(self.app.ids.make());
            let account = merged(row, blank(id, row)?);
            let external_id = row.external_id.clone();
            let made = AccountRow { account, external_id, changed_at: now };
            self.imported.created += 1;
            self.known.made(made.clone(), line);
            return Ok(made);
        };
        let account = merged(row, before.account.clone());
        let external_id = row.external_id.clone().or_else(|| before.external_id.clone());
        let mut after = AccountRow { account, external_id, changed_at: before.changed_at };
        if after == before {
            self.imported.unchanged += 1;
        } else {
            after.changed_at = now;
            self.imported.updated += 1;
            self.known.put(after.clone());
        }
        Ok(after)
    }
}

/// A new account, as far as its row names it.
fn blank(id: AccountId, row: &Row) -> Result<Account, String> {
    let domain = row.domains.as_ref().and_then(|domains| domains.first());
    let name = row.name.as_ref().map(|name| name.name());
    let name = name.or_else(|| domain.map(|domain| domain.as_str()));
    let name = name.ok_or("A new account needs a name or a domain.")?.to_owned();
    Ok(Account {
        id,
        name,
        domain: None,
        owner: None,
        country: None,
        state: None,
        employees: None,
        industry: None,
        attributes: [].into(),
    })
}

/// The account as the row has it.
fn merged(row: &Row, mut account: Account) -> Account {
    if let Some(name) = &row.name {
        account.name = name.name().to_owned();
    }
    if let Some(domains) = &row.domains {
        account.domain = domains.first().cloned();
    }
    account.owner = row.owner.unwrap_or(account.owner);
    account.country = row.country.unwrap_or(account.country);
    account.state = row.state.unwrap_or(account.state);
    account.employees = row.employees.unwrap_or(account.employees);
    if let Some(industry) = &row.industry {
        account.industry = industry.clone();
    }
    for (name, value) in &row.attributes {
        match value {
            Some(value) => account.attributes.insert(name.clone(), value.clone()),
            None => account.attributes.remove(name),
        };
    }
    account
}
