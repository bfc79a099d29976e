//! One's own sign-ins: listed, ended.

use std::sync::Arc;

use axum::Json as Answer;
use axum::extract::State;
use axum::http::StatusCode;
use lr_app::accounts::my_sessions;
use lr_app::accounts::permission::act;
use lr_app::context::App;
use lr_core::id::SessionId;
use lr_store::session_lists::{OpenSession, Which};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::http::caller::{Here, May};
use crate::http::params::Id;
use crate::http::problem::{Problem, ProblemBody};
use crate::http::state::AppState;

/// The operations of this file.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(list_my_sessions, end_my_other_sessions))
        .routes(routes!(end_my_session))
}

/// The sign-ins of a person.
#[derive(Serialize, ToSchema)]
#[schema(as = MySessions)]
pub struct SessionsBody {
    /// The one used last first.
    items: Vec<MySessionBody>,
}

/// A sign-in of a person.
#[derive(Serialize, ToSchema)]
#[schema(as = MySession)]
pub struct MySessionBody {
    #[schema(example = "ses_018f3c1e5d7a7c3e8b5a1f2e3d4c5b6a")]
    id: String,
    /// In a few words, as far as the browser says it.
    #[schema(example = "Firefox on Windows")]
    device: String,
    /// The network that the sign-in came from.
    #[schema(example = "198.51.100.7")]
    address: String,
    /// Shown name of the workspace that it is in.
    workspace: String,
    #[schema(format = DateTime)]
    created_at: String,
    /// When it was refreshed last, which a page that is open does every few minutes.
    #[schema(format = DateTime)]
    last_used_at: String,
    /// Whether it is the one that the request comes from.
    current: bool,
}

/// Lists one's sign-ins in all workspaces.
#[utoipa::path(
    get, path = "/v1/me/sessions", tag = "session",
    security(("bearer" = ["read-self"])),
    responses(
        (status = 200, body = SessionsBody),
        (status = "default", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub async fn list_my_sessions(
    State(app): State<Arc<App>>,
    _may: May<act::ReadSelf>,
    Here(here): Here,
) -> Result<Answer<SessionsBody>, Problem> {
    let all = my_sessions::list(&app, here).await?;
    let items = all.into_iter().map(|session| body(session, here.session)).collect();
    Ok(Answer(SessionsBody { items }))
}

/// Ends one of one's sign-ins.
#[utoipa::path(
    delete, path = "/v1/me/sessions/{session}", tag = "session",
    security(("bearer" = ["change-self"])),
    params(("session" = String, Path, example = "ses_018f3c1e5d7a7c3e8b5a1f2e3d4c5b6a")),
    responses(
        (status = 204),
        (status = "default", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub async fn end_my_session(
    State(app): State<Arc<App>>,
    _may: May<act::ChangeSelf>,
    Here(here): Here,
    Id(session): Id<SessionId>,
) -> Result<StatusCode, Problem> {
    match my_sessions::revoke(&app, here, Which::Only(session)).await? {
        0 => Err(Problem::not_found("session")),
        _ => Ok(StatusCode::NO_CONTENT),
    }
}

/// Ends all of one's sign-ins but this one.
#[utoipa::path(
    delete, path = "/v1/me/sessions", tag = "session",
    security(("bearer" = ["change-self"])),
    responses(
        (status = 204),
        (status = "default", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub async fn end_my_other_sessions(
    State(app): State<Arc<App>>,
    _may: May<act::ChangeSelf>,
    Here(here): Here,
) -> Result<StatusCode, Problem> {
    my_sessions::revoke(&app, here, Which::AllBut(here.session)).await?;
    Ok(StatusCode::NO_CONTENT)
}

fn body(session: OpenSession, current: SessionId) -> MySessionBody {
    MySessionBody {
        id: session.key.session.to_string(),
        device: device(&session.user_agent),
        address: session.address,
        workspace: session.workspace_name,
        created_at: session.created_at.to_string(),
        last_used_at: session.last_used_at.to_string(),
        current: session.key.session == current,
    }
}

/// The marks of browsers; those that also claim to be another come before it.
const BROWSERS: [(&str, &str); 6] = [
    ("Edg/", "Edge"),
    ("OPR/", "Opera"),
    ("Firefox/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
    ("curl/", "curl"),
];

/// The marks of systems, in the same order of claims.
const SYSTEMS: [(&str, &str); 6] = [
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
];

/// What a browser says of itself, in a few words.
fn device(user_agent: &str) -> String {
    let named = |marks: &[(&str, &'static str)]| {
        marks.iter().find(|(mark, _)| user_agent.contains(mark)).map(|(_, name)| *name)
    };
    match (named(&BROWSERS), named(&SYSTEMS)) {
        (Some(browser), Some(system)) => format!("{browser} on {system}"),
        (Some(name), None) | (None, Some(name)) => name.to_owned(),
        (None, None) => "Unknown device".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_browser_is_told_from_those_it_claims_to_be() {
        let edge = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) \
            Chrome/142.0.0.0 Safari/537.36 Edg/142.0.0.0";
        let phone = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 \
            (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1";
        assert_eq!(device(edge), "Edge on Windows");
        assert_eq!(device(phone), "Safari on iPhone");
        assert_eq!(device("curl/8.15.0"), "curl");
        assert_eq!(device(""), "Unknown device");
    }
}
