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
use lr_app::accounts::caller::identify;
use lr_app::accounts::permission::act;
use lr_app::accounts::reach::{self, Leads};
use lr_app::context::App;
use lr_app::feed;
use lr_store::error::StoreError;
use lr_store::leads::LeadSummary;
use serde::Deserialize;
use tokio_util::sync::CancellationToken;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::http::caller::{BearerToken, May};
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
    security(("bearer" = ["read-leads"])),
    params(FeedQuery),
    responses(
        (status = 200, body = SummaryBody, content_type = "text/event-stream"),
        (status = "default", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
pub async fn read_feed(
    State(state): State<AppState>,
    caller: May<act::ReadLeads>,
    token: BearerToken,
    Query(query): Query<FeedQuery>,
) -> Result<Sse<impl Stream<Item = Result<Event, Infallible>>>, Problem> {
    let since = query.after.unwrap_or_else(|| state.app.clock.now());
    let seen = caller.leads(&state.app).await?;
    let leads = Box::pin(feed::stream(&state.app, caller.workspace(), since));
    let feed = Feed { leads, seen, app: state.app, token, stopping: state.stopping };
    let ready = futures::stream::once(async { Event::default().event("ready").data("{}") });
    let rest = futures::stream::unfold(feed, |mut feed| async move {
        let event = feed.next().await?;
        Some((event, feed))
    });
    Ok(Sse::new(ready.chain(rest).map(Ok)))
}

struct Feed {
    leads: Pin<Box<dyn Stream<Item = Result<Arc<LeadSummary>, StoreError>> + Send>>,
    /// Which of them the caller sees.
    seen: Leads,
    app: Arc<App>,
    token: BearerToken,
    stopping: CancellationToken,
}

impl Feed {
    /// The next event; `None` when the server stops, the database fails, the token ends or stands for
    /// somebody who sees other leads. Then the client asks again, and hears why.
    async fn next(&mut self) -> Option<Event> {
        let ping = tokio::time::sleep(PING);
        tokio::pin!(ping);
        let event = loop {
            let event = tokio::select! {
                () = self.stopping.cancelled() => return None,
                lead = self.leads.next() => lead?,
                () = &mut ping => break Event::default().event("ping").data("{}"),
            };
            match event {
                Ok(lead) if !self.seen.include(lead.rep.as_ref().map(|(rep, _)| *rep)) => {}
                lead => break self.lead(lead)?,
            }
        };
        match sees(&self.app, &self.token).await {
            Ok(seen) if seen == Some(self.seen) => Some(event),
            Ok(_) => None,
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

/// Which leads the token opens now.
async fn sees(app: &App, token: &BearerToken) -> Result<Option<Leads>, StoreError> {
    match identify(app, token.as_str()).await? {
        Some(caller) => Ok(Some(reach::leads(app, &caller).await?)),
        None => Ok(None),
    }
}
