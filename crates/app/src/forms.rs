//! Leads from public web forms.

use std::time::Duration;

use lr_core::id::SourceId;
use lr_store::error::StoreError;

use crate::accounts::attempts::{Attempts, TooManyAttempts};
use crate::context::App;
use crate::import::columns::{columns, lead};
use crate::intake::accept;
use crate::route::{Receipt, RouteError};
use crate::sources;

/// A field that people do not see and programs fill in.
pub const HONEYPOT: &str = "website_url_confirm";

/// The attribute under which a filled honeypot is kept. The rules of a new workspace begin with one
/// that rejects a lead which has it, so spam goes the way of every lead and says why.
pub const HONEYPOT_ATTRIBUTE: &str = "honeypot";

/// Bounds how often one sender may send forms.
#[derive(Debug, Clone)]
pub struct Forms {
    tries: Attempts,
}

impl Default for Forms {
    /// Enough for an office behind one address; a script is slowed to a lead every two seconds.
    fn default() -> Self {
        Self { tries: Attempts::new(30, Duration::from_secs(2)) }
    }
}

/// Why a form was not taken in.
#[derive(Debug, thiserror::Error)]
pub enum FormError {
    /// There is no such form.
    #[error("there is no such form")]
    Unknown,
    /// Wait, then try again.
    #[error(transparent)]
    TooManyAttempts(#[from] TooManyAttempts),
    /// It was not routed; nothing was committed.
    #[error(transparent)]
    Route(#[from] RouteError),
    /// The database did not answer.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Accepts what somebody typed into the form `form`: fields known by their names or usual synonyms,
/// the others as attributes.
///
/// `address` is where the request came from; forms are counted by it.
///
/// # Errors
/// Nothing was committed, so the same call can be made again.
pub async fn receive(
    app: &App,
    form: SourceId,
    fields: Vec<(String, String)>,
    address: &str,
) -> Result<(), FormError> {
    app.forms.tries.take(address, app.clock.now()).await?;
    let (workspace, source) = sources::form(app, form).await?.ok_or(FormError::Unknown)?;
    let (trap, fields): (Vec<_>, Vec<_>) =
        fields.into_iter().partition(|(name, _)| name == HONEYPOT);
    let (names, values): (Vec<_>, Vec<_>) = fields.into_iter().unzip();
    let mut raw = lead(&columns(&names), values);
    if let Some((_, value)) = trap.into_iter().find(|(_, value)| !value.trim().is_empty()) {
        raw.attributes.insert(HONEYPOT_ATTRIBUTE.to_owned(), value);
    }
    accept(app, workspace, vec![(&source, raw)], Receipt::None).await?;
    Ok(())
}
