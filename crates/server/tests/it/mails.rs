//! Reading the mails of a test's installation.

use serde_json::Value;

use crate::app::{Ask, TestApp};

/// The mails to `to`, the newest first.
pub async fn mails(app: &TestApp, to: &str) -> Vec<Value> {
    let answer = app.get("/v1/development/mails").query(&[("to", to)]).answer().await;
    answer.body["items"].as_array().unwrap().clone()
}

/// What the mails to `to` are about, the newest first.
pub async fn kinds(app: &TestApp, to: &str) -> Vec<String> {
    let mails = mails(app, to).await;
    mails.iter().map(|mail| mail["kind"].as_str().unwrap().to_owned()).collect()
}

/// The token of the link in the newest mail to `to`.
pub async fn token(app: &TestApp, to: &str) -> String {
    let mails = mails(app, to).await;
    let link = mails[0]["link"].as_str().unwrap();
    link.split_once("#token=").unwrap().1.to_owned()
}
