//! Mails that wait to be sent: written in the transaction that causes them.

use jiff::Timestamp;
use lr_store::error::StoreError;
use lr_store::mails::SealedMail;
use lr_store::system_tx::SystemTx;
use lr_store::workspace_tx::WorkspaceTx;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::context::App;
use crate::keys::{MasterSecret, Purpose};
use crate::mail::Mail;
use crate::seal::{Seal, SealError};

/// Writes and opens mails. Cloning shares the key.
#[derive(Debug, Clone)]
pub struct Outbox(Seal);

/// A mail that was opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// Its id.
    pub id: Uuid,
    /// When it was written.
    pub at: Timestamp,
    /// Lower-case address.
    pub to: String,
    /// What it is about.
    pub kind: String,
    /// The line in the list of mails.
    pub subject: String,
    /// The text.
    pub text: String,
    /// Where it leads, if anywhere.
    pub link: Option<String>,
}

/// Why a mail could not be written or read.
#[derive(Debug, thiserror::Error)]
pub enum MailError {
    /// It was sealed by another installation, or changed.
    #[error(transparent)]
    Seal(#[from] SealError),
    /// It does not read back.
    #[error("the mail is not readable")]
    Form(#[from] serde_json::Error),
    /// The database did not answer.
    #[error("mails could not be read or written")]
    Store(#[from] StoreError),
}

/// What is sealed of a mail.
#[derive(Serialize, Deserialize)]
struct Inside {
    subject: String,
    text: String,
    link: Option<String>,
}

impl Outbox {
    /// With a key derived from the installation's secret.
    pub fn new(secret: &MasterSecret) -> Self {
        Self(Seal::new(&secret.derive(Purpose::Mails, b"")))
    }
}

/// Writes `mail` to `recipient` in a transaction of no workspace.
pub async fn send(
    app: &App,
    tx: &mut SystemTx,
    recipient: &str,
    mail: &Mail,
) -> Result<(), MailError> {
    Ok(tx.add_mail(&seal(app, recipient, mail)?).await?)
}

/// Writes `mail` to `recipient` in a transaction of the workspace that it is about.
pub async fn send_in(
    app: &App,
    tx: &mut WorkspaceTx,
    recipient: &str,
    mail: &Mail,
) -> Result<(), MailError> {
    Ok(tx.add_mail(&seal(app, recipient, mail)?).await?)
}

/// The newest mails, to `recipient` if one is given; for developers.
pub async fn read(
    app: &App,
    recipient: Option<&str>,
    limit: u16,
) -> Result<Vec<Letter>, MailError> {
    let sealed = app.store.system().await?.mails(recipient, limit).await?;
    sealed.into_iter().map(|mail| open(app, mail)).collect()
}

fn seal(app: &App, recipient: &str, mail: &Mail) -> Result<SealedMail, MailError> {
    let words = mail.words(&app.public_url);
    let inside = Inside { subject: words.subject, text: words.text, link: words.link };
    let id = app.ids.make();
    Ok(SealedMail {
        id,
        recipient: recipient.to_owned(),
        kind: mail.kind().to_owned(),
        sealed: app.mails.0.close(&serde_json::to_vec(&inside)?, id.as_bytes())?,
        at: app.clock.now(),
    })
}

fn open(app: &App, mail: SealedMail) -> Result<Letter, MailError> {
    let inside = app.mails.0.open(&mail.sealed, mail.id.as_bytes())?;
    let Inside { subject, text, link } = serde_json::from_slice(&inside)?;
    let SealedMail { id, at, recipient: to, kind, .. } = mail;
    Ok(Letter { id, at, to, kind, subject, text, link })
}
