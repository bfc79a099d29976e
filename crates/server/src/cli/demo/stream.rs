//! Posts a lead every second, as any customer's program would: over HTTP, with an API key.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::time::Duration;

use anyhow::Context;
use jiff::Timestamp;
use lr_app::accounts::token::NewApiKey;
use lr_app::clock::Clock;
use serde_json::{Map, Value};
use tokio::time::{MissedTickBehavior, interval};
use tokio_util::sync::CancellationToken;

use super::SEED;
use super::leads::lead;
use super::seed::LEADS;

/// How often a lead comes.
const PACE: Duration = Duration::from_secs(1);

/// How long the server may take to answer.
const PATIENCE: Duration = Duration::from_secs(10);

/// Where leads are posted to.
pub struct Stream {
    http: reqwest::Client,
    url: String,
    key: NewApiKey,
    /// When the history ended; the leads since then are numbered by the second.
    since: Timestamp,
}

impl Stream {
    /// To the server at `address`, with `key`.
    pub fn new(address: SocketAddr, key: NewApiKey, since: Timestamp) -> anyhow::Result<Self> {
        // Not the product's own client, which for good reasons does not talk to this machine.
        let http = reqwest::Client::builder().no_proxy().timeout(PATIENCE).build()?;
        let host = if address.ip().is_unspecified() {
            SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), address.port())
        } else {
            address
        };
        Ok(Self { http, url: format!("http://{host}/v1/leads"), key, since })
    }

    /// Posts until `stopping`; a lead that could not be posted is passed over.
    pub async fn run(self, stopping: CancellationToken) {
        let mut pace = interval(PACE);
        pace.set_missed_tick_behavior(MissedTickBehavior::Skip);
        loop {
            tokio::select! {
                () = stopping.cancelled() => return,
                _ = pace.tick() => {}
            }
            if let Err(error) = self.post().await {
                tracing::warn!(error = format!("{error:#}"), "a demo lead was not accepted");
            }
        }
    }

    async fn post(&self) -> anyhow::Result<()> {
        let seconds = Clock::System.now().duration_since(self.since).as_secs();
        let number = LEADS + u64::try_from(seconds).unwrap_or_default();
        let body = body(number)?;
        let request = self.http.post(&self.url).bearer_auth(self.key.token().reveal()).json(&body);
        request.send().await?.error_for_status()?;
        Ok(())
    }
}

/// The request's body for the `number`-th lead: what it has, without what it has not.
fn body(number: u64) -> anyhow::Result<Map<String, Value>> {
    let arrival = lead(SEED, number);
    let fields = serde_json::to_value(&arrival.raw)?;
    let mut body = fields.as_object().cloned().context("a lead is an object")?;
    body.retain(|_, value| !value.is_null());
    body.insert("source".to_owned(), arrival.source.into());
    Ok(body)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lead_is_sent_without_what_it_has_not() {
        let body = body(LEADS).unwrap();
        assert!(body.values().all(|value| !value.is_null()));
        assert!(body["source"].is_string() && body["attributes"].is_object());
    }
}
