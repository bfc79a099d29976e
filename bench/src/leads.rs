//! Leads sent over HTTP, one after the other, on one connection.

use std::time::{Duration, Instant};

use anyhow::ensure;
use serde_json::{Value, json};

use crate::demo::Demo;

/// Longest wait for one answer.
const DEADLINE: Duration = Duration::from_secs(30);

/// Where the leads are from, in turns, so that they meet different rules and pools.
const COUNTRIES: [&str; 8] = ["Germany", "US", "uk", "France", "Singapore", "Brasil", "Japan", ""];

/// How large their companies are.
const SIZES: [&str; 5] = ["1-10", "51-200", "1k-5k", "25", "10,000+"];

/// A client that sends leads.
pub struct Leads {
    client: reqwest::Client,
    url: String,
    key: String,
    sent: usize,
}

impl Leads {
    /// Of `demo`'s workspace.
    pub fn prepare(demo: &Demo) -> anyhow::Result<Self> {
        let client = reqwest::Client::builder().no_proxy().timeout(DEADLINE).build()?;
        let url = format!("{}/v1/leads", demo.origin());
        Ok(Self { client, url, key: demo.key().to_owned(), sent: 0 })
    }

    /// Sends the next lead; from the first byte sent to the last byte of the decision.
    pub async fn send(&mut self) -> anyhow::Result<Duration> {
        let body = serde_json::to_vec(&lead(self.sent))?;
        self.sent += 1;
        let request = self.client.post(&self.url).bearer_auth(&self.key).body(body);
        let request = request.header("content-type", "application/json");
        let begun = Instant::now();
        let answer = request.send().await?;
        let status = answer.status();
        let text = answer.text().await?;
        let took = begun.elapsed();
        ensure!(status.as_u16() == 201, "{status}: {text}");
        Ok(took)
    }
}

fn lead(number: usize) -> Value {
    let pick = |from: &[&'static str]| from.get(number % from.len()).copied().unwrap_or_default();
    json!({
        "name": format!("ada LOVELACE {number}"),
        "email": format!("Ada.{number}@Initech{}.example", number % 997),
        "company": format!("Initech {} GmbH", number % 997),
        "phone": "+49 (0)30 901820",
        "title": "VP of Sales",
        "country": pick(&COUNTRIES),
        "employees": pick(&SIZES),
        "message": "We would like to see a demonstration in the coming week.",
    })
}
