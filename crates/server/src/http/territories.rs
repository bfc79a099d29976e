//! Territories: listed, taken in and given out as CSV, removed.

pub mod body;
pub mod version;

use std::sync::Arc;

use axum::Json as Answer;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use lr_app::accounts::permission::act;
use lr_app::context::App;
use lr_app::import::sheet::{MAX_FILE, SheetError};
use lr_app::territories::file::FileError;
use lr_app::territories::page::rows;
use lr_app::territories::{self, Job, MAX_NAME, Place, TerritoryError};
use lr_core::id::{TerritoryId, WorkspaceId};
use lr_core::territory::read::Faults;
use serde::Deserialize;
use utoipa_axum::router::{OpenApiRouter, UtoipaMethodRouterExt};
use utoipa_axum::routes;

use crate::http::body::Csv;
use crate::http::caller::May;
use crate::http::idempotency::OptionalKey;
use crate::http::params::{Id, Query, limit};
use crate::http::problem::{Code, Fault, Problem, ProblemBody};
use crate::http::state::AppState;
use crate::http::territories::body::{
    TerritoriesBody, TerritoryBody, TerritoryImportBody, TerritoryRowsBody,
};
use crate::http::territories::version::{IfMatch, etag};

/// The operations of this file.
pub fn routes() -> OpenApiRouter<AppState> {
    let file = || DefaultBodyLimit::max(MAX_FILE);
    OpenApiRouter::new()
        .routes(routes!(list_territories, create_territory).layer(file()))
        .routes(routes!(read_territory, remove_territory))
        .routes(routes!(list_territory_rows))
        .routes(routes!(export_territory, import_territory).layer(file()))
}

/// Lists every territory, without rows.
#[utoipa::path(
    get, path = "/v1/territories", tag = "territories",
    security(("bearer" = ["read-setup"])),
    responses(
        (status = 200, body = TerritoriesBody),
        (status = "default", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub async fn list_territories(
    State(app): State<Arc<App>>,
    caller: May<act::ReadSetup>,
) -> Result<Answer<TerritoriesBody>, Problem> {
    let rows = territories::list(&app, caller.workspace()).await?;
    Ok(Answer(rows.into()))
}

/// The parameters of [`create_territory`].
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct CreateQuery {
    /// Its name, unique in the workspace: 1 to 200 characters.
    name: String,
    /// Only say what would happen.
    #[serde(default)]
    dry_run: bool,
}

/// Makes a territory of a CSV file: its first line names the columns, one of them `owner`. All of its
/// rows are taken, or none; the same file under the same name again changes nothing.
#[utoipa::path(
    post, path = "/v1/territories", tag = "territories",
    security(("bearer" = ["change-rules"])),
    params(CreateQuery, OptionalKey),
    request_body(content = String, content_type = "text/csv"),
    responses(
        (status = 201, body = TerritoryImportBody),
        (status = 200, body = TerritoryImportBody, description = "It was there, or a dry run."),
        (status = "default", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub async fn create_territory(
    State(app): State<Arc<App>>,
    caller: May<act::ChangeRules>,
    (Query(CreateQuery { name, dry_run }), key): (Query<CreateQuery>, OptionalKey),
    Csv(bytes): Csv,
) -> Result<Response, Problem> {
    let said = [name.as_bytes(), &[0], &bytes].concat();
    let once = key.once(caller.id(), "POST /v1/territories", &said);
    let actor = caller.actor();
    let job = Job { place: Place::New(name), bytes, actor, dry_run, once };
    take_in(&app, caller.workspace(), job).await
}

/// Shows a territory, without rows. Its version is also the `ETag`.
#[utoipa::path(
    get, path = "/v1/territories/{territory}", tag = "territories",
    security(("bearer" = ["read-setup"])),
    params(("territory" = String, Path, example = "terr_018f3c1e5d7a7c3e8b5a1f2e3d4c5b6a")),
    responses(
        (status = 200, body = TerritoryBody),
        (status = "default", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub async fn read_territory(
    State(app): State<Arc<App>>,
    caller: May<act::ReadSetup>,
    Id(territory): Id<TerritoryId>,
) -> Result<Response, Problem> {
    let row = territories::show(&app, caller.workspace(), territory).await?;
    Ok((etag(row.version), Answer(TerritoryBody::from(row))).into_response())
}

/// Removes a territory, unless a rule in force or a draft uses it.
#[utoipa::path(
    delete, path = "/v1/territories/{territory}", tag = "territories",
    security(("bearer" = ["change-rules"])),
    params(("territory" = String, Path, example = "terr_018f3c1e5d7a7c3e8b5a1f2e3d4c5b6a")),
    responses(
        (status = 204),
        (status = "default", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub async fn remove_territory(
    State(app): State<Arc<App>>,
    caller: May<act::ChangeRules>,
    Id(territory): Id<TerritoryId>,
) -> Result<StatusCode, Problem> {
    let actor = caller.actor();
    territories::remove(&app, caller.workspace(), territory, actor).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// The parameters of [`list_territory_rows`].
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct RowsQuery {
    /// Where the page begins: `next_cursor` of the page before.
    cursor: Option<String>,
    /// Rows of a page, 1 to 200; 50 unless given.
    limit: Option<u16>,
}

/// Lists the rows of a territory in their order.
#[utoipa::path(
    get, path = "/v1/territories/{territory}/rows", tag = "territories",
    security(("bearer" = ["read-setup"])),
    params(
        ("territory" = String, Path, example = "terr_018f3c1e5d7a7c3e8b5a1f2e3d4c5b6a"),
        RowsQuery,
    ),
    responses(
        (status = 200, body = TerritoryRowsBody),
        (status = "default", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub async fn list_territory_rows(
    State(app): State<Arc<App>>,
    caller: May<act::ReadSetup>,
    Id(territory): Id<TerritoryId>,
    Query(query): Query<RowsQuery>,
) -> Result<Answer<TerritoryRowsBody>, Problem> {
    let limit = limit(query.limit)?;
    let from = query.cursor.map_or(Ok(0), |cursor| cursor.parse()).map_err(|_| {
        Problem::in_field("cursor", "The cursor is not one that a list of rows gave.")
    })?;
    let page = rows(&app, caller.workspace(), territory, from, usize::from(limit)).await?;
    Ok(Answer(page.into()))
}

/// Gives a territory out as a CSV file, which reads back as the same table.
#[utoipa::path(
    get, path = "/v1/territories/{territory}/csv", tag = "territories",
    security(("bearer" = ["read-setup"])),
    params(("territory" = String, Path, example = "terr_018f3c1e5d7a7c3e8b5a1f2e3d4c5b6a")),
    responses(
        (status = 200, body = String, content_type = "text/csv"),
        (status = "default", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub async fn export_territory(
    State(app): State<Arc<App>>,
    caller: May<act::ReadSetup>,
    Id(territory): Id<TerritoryId>,
) -> Result<Response, Problem> {
    let (row, bytes) = territories::export(&app, caller.workspace(), territory).await?;
    let kind = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"territory.csv\""),
    ];
    Ok((etag(row.version), kind, bytes).into_response())
}

/// The parameters of [`import_territory`].
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ImportQuery {
    /// Only say what would happen.
    #[serde(default)]
    dry_run: bool,
}

/// Gives a territory the rows of a CSV file in place of those it has: all of them, or none. With
/// `If-Match` it is refused if somebody else was quicker.
#[utoipa::path(
    put, path = "/v1/territories/{territory}/csv", tag = "territories",
    security(("bearer" = ["change-rules"])),
    params(
        ("territory" = String, Path, example = "terr_018f3c1e5d7a7c3e8b5a1f2e3d4c5b6a"),
        ImportQuery,
        IfMatch,
    ),
    request_body(content = String, content_type = "text/csv"),
    responses(
        (status = 200, body = TerritoryImportBody),
        (status = "default", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub async fn import_territory(
    State(app): State<Arc<App>>,
    caller: May<act::ChangeRules>,
    Id(territory): Id<TerritoryId>,
    (Query(ImportQuery { dry_run }), IfMatch(version)): (Query<ImportQuery>, IfMatch),
    Csv(bytes): Csv,
) -> Result<Response, Problem> {
    let actor = caller.actor();
    let place = Place::Known(territory, version);
    take_in(&app, caller.workspace(), Job { place, bytes, actor, dry_run, once: None }).await
}

async fn take_in(app: &App, workspace: WorkspaceId, job: Job) -> Result<Response, Problem> {
    let dry_run = job.dry_run;
    let imported = territories::import(app, workspace, job).await?;
    let created = imported.change == territories::Change::Created && !dry_run;
    let status = if created { StatusCode::CREATED } else { StatusCode::OK };
    let tag = etag(imported.territory.version);
    Ok((status, tag, Answer(TerritoryImportBody::new(imported, dry_run))).into_response())
}

impl From<TerritoryError> for Problem {
    fn from(error: TerritoryError) -> Self {
        match error {
            TerritoryError::File(error) => error.into(),
            TerritoryError::Missing => Self::not_found("territory"),
            TerritoryError::Name => Self::in_field(
                "name",
                format!(
                    "A name has 1 to {MAX_NAME} characters, no space at its ends, and no control \
                     character."
                ),
            ),
            TerritoryError::Taken(name) => Self::new(
                Code::TerritoryExists,
                format!(
                    "There is another territory “{name}”; replace its rows, or take another name."
                ),
            ),
            TerritoryError::Moved => Self::new(
                Code::TerritoryMoved,
                "Somebody changed it since the version that you name. Look at it and change that one.",
            ),
            TerritoryError::Owner => Self::at(
                Code::InvalidBody,
                "/to",
                "Rows are given to another active rep or to a pool of this workspace.".to_owned(),
            ),
            TerritoryError::InUse(rules) => Self::new(
                Code::TerritoryInUse,
                format!("It is used by {}; change that first.", rules.join(", ")),
            ),
            TerritoryError::Once(error) => error.into(),
            TerritoryError::Config(error) => error.into(),
            TerritoryError::Store(error) => error.into(),
            TerritoryError::Write(error) => Self::internal(&error),
            TerritoryError::Reader(error) => Self::internal(&error),
        }
    }
}

impl From<FileError> for Problem {
    fn from(error: FileError) -> Self {
        match error {
            FileError::Sheet(error) => error.into(),
            FileError::Faults(faults) => faults.into(),
        }
    }
}

impl From<SheetError> for Problem {
    fn from(error: SheetError) -> Self {
        match error {
            SheetError::TooLarge(_) => Self::new(Code::BodyTooLarge, format!("{error}.")),
            SheetError::NotText(_) | SheetError::Header(_) => {
                let said = error.to_string();
                Self::new(Code::InvalidCsv, format!("The file is not accepted: {said}."))
            }
        }
    }
}

impl From<Faults> for Problem {
    fn from(faults: Faults) -> Self {
        let told = faults.told.len();
        let detail = match faults.total {
            1 => "One place of the file is wrong, so nothing of it was taken.".to_owned(),
            total if total > told => {
                format!(
                    "{total} places of the file are wrong, so nothing of it was taken; here are the \
                     first {told}."
                )
            }
            total => format!("{total} places of the file are wrong, so nothing of it was taken."),
        };
        faults.told.into_iter().fold(Self::new(Code::InvalidCsv, detail), |problem, fault| {
            let line = fault.line;
            let field = match fault.column {
                Some(column) => format!("line {line}, {column}"),
                None => format!("line {line}"),
            };
            problem.with(Fault { pointer: None, field: Some(field), detail: fault.message })
        })
    }
}
