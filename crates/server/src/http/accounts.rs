//! Accounts: listed, shown, taken in as CSV, given to other owners.

pub mod body;
pub mod cursor;

use std::sync::Arc;

use axum::Json as Answer;
use axum::extract::{DefaultBodyLimit, State};
use lr_app::account_book::import::{ImportError, Job, import};
use lr_app::account_book::{self, OwnerError, give, show};
use lr_app::accounts::permission::act;
use lr_app::context::App;
use lr_app::import::sheet::MAX_FILE;
use lr_core::id::{AccountId, RepId};
use serde::{Deserialize, Deserializer};
use utoipa::ToSchema;
use utoipa_axum::router::{OpenApiRouter, UtoipaMethodRouterExt};
use utoipa_axum::routes;

use crate::http::accounts::body::{
    AccountBody, AccountImportBody, AccountWithKeysBody, AccountsBody,
};
use crate::http::body::{Csv, Json};
use crate::http::caller::May;
use crate::http::params::{Id, Query, limit};
use crate::http::problem::{Code, Problem, ProblemBody};
use crate::http::state::AppState;

/// The operations of this file.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(list_accounts))
        .routes(routes!(import_accounts).layer(DefaultBodyLimit::max(MAX_FILE)))
        .routes(routes!(read_account, patch_account))
}

/// Which accounts to list.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct AccountsQuery {
    /// What the name or a domain begins with; case, accents and legal forms do not matter.
    q: Option<String>,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
    /// Accounts of a page, 1 to 200; 50 unless given.
    limit: Option<u16>,
}

/// Lists accounts by name.
#[utoipa::path(
    get, path = "/v1/accounts", tag = "accounts",
    security(("bearer" = ["read-setup"])),
    params(AccountsQuery),
    responses(
        (status = 200, body = AccountsBody),
        (status = "default", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub async fn list_accounts(
    State(app): State<Arc<App>>,
    caller: May<act::ReadSetup>,
    Query(query): Query<AccountsQuery>,
) -> Result<Answer<AccountsBody>, Problem> {
    let limit = limit(query.limit)?;
    let after = query.cursor.as_deref().map(cursor::decode).transpose()?;
    let words = query.q.as_deref().map(str::trim).filter(|words| !words.is_empty());
    let page = account_book::page(&app, caller.workspace(), words, after.as_ref(), limit).await?;
    Ok(Answer(page.into()))
}

/// Shows an account with everything by which leads are recognised as its own.
#[utoipa::path(
    get, path = "/v1/accounts/{account}", tag = "accounts",
    security(("bearer" = ["read-setup"])),
    params(("account" = String, Path, example = "acc_018f3c1e5d7a7c3e8b5a1f2e3d4c5b6a")),
    responses(
        (status = 200, body = AccountWithKeysBody),
        (status = "default", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub async fn read_account(
    State(app): State<Arc<App>>,
    caller: May<act::ReadSetup>,
    Id(account): Id<AccountId>,
) -> Result<Answer<AccountWithKeysBody>, Problem> {
    let found = show(&app, caller.workspace(), account).await?;
    let (owned, keys) = found.ok_or_else(|| Problem::not_found("account"))?;
    Ok(Answer(AccountWithKeysBody::new(owned, keys)))
}

/// What is to change about an account; what is absent stays.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = AccountChange)]
pub struct AccountChangeBody {
    /// The rep who owns it; null for nobody.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<String>, example = "rep_018f3c1e5d7a7c3e8b5a1f2e3d4c5b6a")]
    owner: Option<Option<RepId>>,
}

/// Tells a null from an absence.
fn given<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Option<RepId>>, D::Error> {
    Option::deserialize(deserializer).map(Some)
}

/// Gives an account to another rep, or to nobody; leads that were decided stay where they are.
#[utoipa::path(
    patch, path = "/v1/accounts/{account}", tag = "accounts",
    security(("bearer" = ["change-accounts"])),
    params(("account" = String, Path, example = "acc_018f3c1e5d7a7c3e8b5a1f2e3d4c5b6a")),
    request_body = AccountChangeBody,
    responses(
        (status = 200, body = AccountBody),
        (status = "default", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub async fn patch_account(
    State(app): State<Arc<App>>,
    caller: May<act::ChangeAccounts>,
    Id(account): Id<AccountId>,
    Json { value: body, .. }: Json<AccountChangeBody>,
) -> Result<Answer<AccountBody>, Problem> {
    let Some(owner) = body.owner else {
        let found = show(&app, caller.workspace(), account).await?;
        let (owned, _) = found.ok_or_else(|| Problem::not_found("account"))?;
        return Ok(Answer(owned.into()));
    };
    let actor = caller.actor();
    Ok(Answer(give(&app, caller.workspace(), &actor, account, owner).await?.into()))
}

/// The parameters of [`import_accounts`].
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct AccountImportQuery {
    /// Only say what would happen.
    #[serde(default)]
    dry_run: bool,
}

/// Takes in a CSV file of accounts: every row that can be taken. Its first line names the columns, of
/// which `external_id`, `domain` or `name` tells which account a row means; one that is not known is
/// made. The same file again changes nothing.
#[utoipa::path(
    post, path = "/v1/accounts/import", tag = "accounts",
    security(("bearer" = ["change-accounts"])),
    params(AccountImportQuery),
    request_body(content = String, content_type = "text/csv"),
    responses(
        (status = 200, body = AccountImportBody),
        (status = "default", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub async fn import_accounts(
    State(app): State<Arc<App>>,
    caller: May<act::ChangeAccounts>,
    Query(AccountImportQuery { dry_run }): Query<AccountImportQuery>,
    Csv(bytes): Csv,
) -> Result<Answer<AccountImportBody>, Problem> {
    let actor = caller.actor();
    let imported = import(&app, caller.workspace(), Job { bytes, actor, dry_run }).await?;
    Ok(Answer(AccountImportBody::new(imported, dry_run)))
}

impl From<OwnerError> for Problem {
    fn from(error: OwnerError) -> Self {
        match error {
            OwnerError::NoAccount => Self::not_found("account"),
            OwnerError::NoRep(_) => {
                Self::at(Code::InvalidBody, "/owner", "There is no such rep.".to_owned())
            }
            OwnerError::Store(error) => error.into(),
        }
    }
}

impl From<ImportError> for Problem {
    fn from(error: ImportError) -> Self {
        match error {
            ImportError::Sheet(error) => error.into(),
            ImportError::Columns(said) => Self::new(Code::InvalidCsv, said),
            ImportError::Store(error) => error.into(),
            ImportError::Reader(error) => Self::internal(&error),
        }
    }
}
