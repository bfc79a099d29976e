//! The live feed: leads as they are decided, as server-sent events.

use std::convert::Infallible;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::State;
use axum::response::Sse;
use axum::response::sse::Event;
use futures::{Stream, StreamExt};
use jiff::Timestamp;
use lr_app::accounts::caller::member as still_signed_in;
use lr_app::accounts::permission::Act;
use lr_app::context::App;
use lr_app::feed;
use lr_store::error::StoreError;
use lr_store::leads::LeadSummary;
use serde::Deserialize;
use tokio_util::sync::CancellationToken;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::http::caller::{BearerToken, Member};
use crate::http::leads::summary::SummaryBody;
use crate::http::params::Query;
use crate::http::problem::{Problem, ProblemBody};
use crate::http::state::AppState;

/// A sign of life between leads, so that neither side waits for a dead connection.
const PING: Duration = Duration::from_secs(15);

/// The operations of this file.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(read_feed))
}

/// From when on.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct FeedQuery {
    /// Show leads decided since then as well; without it, only new ones.
    #[param(value_type = Option<String>, format = DateTime)]
    after: Option<Timestamp>,
}

/// Streams leads as they are decided: `ready` first, then a `lead` each, and a `ping` every 15 s.
///
/// It ends with the access token: refresh the session, then go on with `after`.
#[utoipa::path(
    get, path = "/v1/feed", tag = "feed",
    params(FeedQuery),
    responses(
        (status = 200, body = SummaryBody, content_type = "text/event-stream"),
        (status = "default", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub async fn read_feed(
    State(state): State<AppState>,
    member: Member,
    token: BearerToken,
    Query(query): Query<FeedQuery>,
) -> Result<Sse<impl Stream<Item = Result<Event, Infallible>>>, Problem> {
    member.may(Act::Read)?;
    let since = query.after.unwrap_or_else(|| state.app.clock.now());
    let leads = Box::pin(feed::stream(&state.app, member.workspace(), since));
    let feed = Feed { leads, app: state.app, token, stopping: state.stopping };
    let ready = futures::stream::once(async { Event::default().event("ready").data("{}") });
    let rest = futures::stream::unfold(feed, |mut feed| async move {
        let event = feed.next().await?;
        Some((event, feed))
    });
    Ok(Sse::new(ready.chain(rest).map(Ok)))
}

struct Feed {
    leads: Pin<Box<dyn Stream<Item = Result<Arc<LeadSummary>, StoreError>> + Send>>,
    app: Arc<App>,
    token: BearerToken,
    stopping: CancellationToken,
}

impl Feed {
    /// The next event; `None` when the server stops, the database fails or the token ends. Then the
    /// client asks again, and hears why.
    async fn next(&mut self) -> Option<Event> {
        let event = tokio::select! {
            () = self.stopping.cancelled() => return None,
            lead = self.leads.next() => self.lead(lead?)?,
            () = tokio::time::sleep(PING) => Event::default().event("ping").data("{}"),
        };
        match still_signed_in(&self.app, self.token.as_str()).await {
            Ok(Some(_)) => Some(event),
            Ok(None) => None,
            Err(error) => self.end(&error),
        }
    }

    fn lead(&self, lead: Result<Arc<LeadSummary>, StoreError>) -> Option<Event> {
        match lead {
            Ok(lead) => {
                let body = SummaryBody::from(Arc::unwrap_or_clone(lead));
                Event::default().event("lead").json_data(body).ok()
            }
            Err(error) => self.end(&error),
        }
    }

    fn end(&self, error: &StoreError) -> Option<Event> {
        tracing::warn!(error = error as &dyn std::error::Error, "a feed ended");
        None
    }
}
