//! Handing leads in, and looking at them.

use reqwest::{Method, StatusCode, header};
use serde_json::{Value, json};

use crate::app::{Answer, Ask, TestApp};

fn ada() -> Value {
    json!({ "name": "Ada Lovelace", "email": "Ada@Initech.example", "country": "UK" })
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lead_is_answered_with_who_got_it_and_why() {
    let app = TestApp::start().await;
    let acme = app.tenant("acme").await;
    let answer = acme.post("/v1/leads").json(&ada()).answer().await;
    assert_eq!(answer.status, StatusCode::CREATED, "{answer:?}");
    assert_eq!(answer.body["state"], "queued");
    assert_eq!(answer.body["queue"], "Unassigned");
    assert_eq!(answer.body["rule"], Value::Null);
    assert_eq!(answer.body["reason"], "No rule matched → queue Unassigned");

    let path = format!("/v1/leads/{}", answer.body["lead_id"].as_str().unwrap());
    let lead = acme.get(&path).answer().await.body;
    assert_eq!(lead["email"], "ada@initech.example");
    assert_eq!(lead["raw"]["country"], "UK");
    assert_eq!(lead["clean"]["country"], "GB");
    assert_eq!(lead["source"]["name"], "api");
    let why = acme.get(&format!("{path}/why")).answer().await.body;
    assert_eq!(why["ladder"][0]["verdict"], "failed");
    assert_eq!(why["catch_all"]["verdict"], "matched");
    assert_eq!(why["outcome"]["queue"], "Unassigned");

    let path_again =
        format!("/v1/decisions/{}/replay", answer.body["decision_id"].as_str().unwrap());
    let replay = acme.get(&path_again).answer().await.body;
    assert_eq!((&replay["verdict"], &replay["differences"]), (&json!("same"), &json!([])));
    assert_eq!(replay["words"], "replays to the same bytes");
    assert_eq!((&replay["then"], &replay["now"]), (&answer.body["reason"], &answer.body["reason"]));

    let rule = why["ladder"][0]["rule"]["id"].as_str().unwrap();
    let why_not = acme.get(&format!("{path}/why-not/rules/{rule}")).answer().await.body;
    assert_eq!(why_not["rule"]["obstacles"][0]["code"], "condition");
    let needed = &why_not["rule"]["obstacles"][0]["needed"][0];
    assert_eq!(needed["operator"], "notNull");
    assert_eq!(why_not["rep"], Value::Null);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_api_key_hands_leads_in() {
    let app = TestApp::start().await;
    let acme = app.tenant("acme").await;
    let key = acme.made.api_key.token().reveal();
    let answer = app.post("/v1/leads").bearer_auth(key).json(&ada()).answer().await;
    assert_eq!(answer.status, StatusCode::CREATED);
    let list = app.get("/v1/leads").bearer_auth(key).answer().await;
    assert_eq!(list.code(), "not-permitted");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lead_with_nothing_but_a_name_is_kept_and_one_with_nothing_is_refused() {
    let app = TestApp::start().await;
    let acme = app.tenant("acme").await;
    let name = acme.post("/v1/leads").json(&json!({ "name": "Ada" })).answer().await;
    assert_eq!(name.status, StatusCode::CREATED);
    let nothing = acme.post("/v1/leads").json(&json!({})).answer().await;
    assert_eq!(nothing.code(), "invalid-body");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unknown_source_is_pointed_at() {
    let app = TestApp::start().await;
    let acme = app.tenant("acme").await;
    let lead = json!({ "name": "Ada", "source": "fax" });
    let answer = acme.post("/v1/leads").json(&lead).answer().await;
    assert_eq!(answer.code(), "unknown-source");
    assert_eq!(answer.body["errors"][0]["pointer"], "/source");
}

#[tokio::test(flavor = "multi_thread")]
async fn bad_leads_are_problems_that_say_where() {
    let app = TestApp::start().await;
    let acme = app.tenant("acme").await;
    for (body, code, place) in [
        (r#"{"email": 5}"#, "invalid-body", json!("/email")),
        (r#"{"e-mail": "x"}"#, "invalid-body", json!("/e-mail")),
        (r#"{"name": "a\u0000b"}"#, "invalid-body", json!("/name")),
        (r#"{"attributes": {"x": [1]}}"#, "invalid-body", json!("/attributes/x")),
        (r#"["Ada"]"#, "invalid-body", json!("")),
        ("{", "not-json", Value::Null),
    ] {
        let json = acme.post("/v1/leads").header(header::CONTENT_TYPE, "application/json");
        let answer = json.body(body).answer().await;
        assert_eq!(answer.code(), code, "{body}");
        assert_eq!(answer.body["errors"][0]["pointer"], place, "{body}");
    }
    let large = json!({ "message": "x".repeat(1024 * 1024) });
    assert_eq!(acme.post("/v1/leads").json(&large).answer().await.code(), "body-too-large");
}

async fn with_key(app: &crate::app::Tenant<'_>, path: &str, key: &str, body: &Value) -> Answer {
    app.post(path).header("idempotency-key", key).json(body).answer().await
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_request_sent_again_acts_once_and_gets_the_same_answer() {
    let app = TestApp::start().await;
    let acme = app.tenant("acme").await;
    let lead = ada();
    let (one, other) = tokio::join!(
        with_key(&acme, "/v1/leads", "k-1", &lead),
        with_key(&acme, "/v1/leads", "k-1", &lead),
    );
    assert_eq!((one.status, other.status), (StatusCode::CREATED, StatusCode::CREATED));
    assert_eq!(one.body, other.body);
    let list = acme.get("/v1/leads").answer().await;
    assert_eq!(list.body["items"].as_array().unwrap().len(), 1);

    let other = with_key(&acme, "/v1/leads", "k-1", &json!({ "name": "Bob" })).await;
    assert_eq!((other.status, other.code()), (StatusCode::CONFLICT, "idempotency-key-reused"));
    let batch = with_key(&acme, "/v1/leads/batch", "k-1", &json!({ "leads": [ada()] })).await;
    assert_eq!(batch.code(), "idempotency-key-reused");
    let bad = with_key(&acme, "/v1/leads", "two words", &ada()).await;
    assert_eq!(bad.code(), "invalid-request");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bad_lead_of_a_batch_does_not_keep_the_others_out() {
    let app = TestApp::start().await;
    let acme = app.tenant("acme").await;
    let batch = json!({ "leads": [
        ada(), { "email": 5 }, { "name": "Bob", "source": "fax" }, 7, { "name": "Cy\u{0}" }, ada(),
    ] });
    let answer = with_key(&acme, "/v1/leads/batch", "b-1", &batch).await;
    assert_eq!(answer.status, StatusCode::OK);
    let results = answer.body["results"].as_array().unwrap();
    let told: Vec<Value> = results
        .iter()
        .map(|result| match result.get("problem") {
            None => result["decision"]["state"].clone(),
            Some(problem) => problem["errors"][0]["pointer"].clone(),
        })
        .collect();
    assert_eq!(
        told,
        ["queued", "/leads/1/email", "/leads/2/source", "/leads/3", "/leads/4/name", "queued"]
    );
    assert!(results.iter().enumerate().all(|(index, result)| result["index"] == index));
    let again = with_key(&acme, "/v1/leads/batch", "b-1", &batch).await;
    assert_eq!(again.body, answer.body);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_batch_beyond_ten_megabytes_is_refused() {
    let app = TestApp::start().await;
    let acme = app.tenant("acme").await;
    let batch = json!({ "leads": [{ "message": "x".repeat(11 * 1024 * 1024) }] });
    let answer = acme.post("/v1/leads/batch").json(&batch).answer().await;
    assert_eq!((answer.status, answer.code()), (StatusCode::PAYLOAD_TOO_LARGE, "body-too-large"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_batch_has_at_most_a_thousand_leads() {
    let app = TestApp::start().await;
    let acme = app.tenant("acme").await;
    let leads = |count: usize| json!({ "leads": vec![json!({ "name": "Ada" }); count] });
    let full = acme.post("/v1/leads/batch").json(&leads(1_000)).answer().await;
    assert_eq!(full.body["results"].as_array().unwrap().len(), 1_000);
    let more = acme.post("/v1/leads/batch").json(&leads(1_001)).answer().await;
    assert_eq!(
        (more.code(), &more.body["errors"][0]["pointer"]),
        ("invalid-body", &json!("/leads"))
    );
    let none = acme.post("/v1/leads/batch").json(&leads(0)).answer().await;
    assert_eq!(none.body["results"], json!([]));
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_follow_each_other_without_gap_or_repetition() {
    let app = TestApp::start().await;
    let acme = app.tenant("acme").await;
    for number in 0..5 {
        app.wait(1);
        let lead = json!({ "email": format!("person{number}@initech.example") });
        acme.post("/v1/leads").json(&lead).answer().await;
    }
    let mut seen = Vec::new();
    let mut path = "/v1/leads?limit=2".to_owned();
    loop {
        let page = acme.get(&path).answer().await.body;
        let items = page["items"].as_array().unwrap();
        seen.extend(items.iter().map(|lead| lead["email"].as_str().unwrap().to_owned()));
        let Some(cursor) = page["next_cursor"].as_str() else { break };
        path = format!("/v1/leads?limit=2&cursor={cursor}");
    }
    let newest_first: Vec<String> =
        (0..5).rev().map(|number| format!("person{number}@initech.example")).collect();
    assert_eq!(seen, newest_first);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_list_is_filtered_by_state_and_prefix() {
    let app = TestApp::start().await;
    let acme = app.tenant("acme").await;
    acme.post("/v1/leads").json(&ada()).answer().await;
    let count = async |query: &str| {
        let page = acme.get(&format!("/v1/leads?{query}")).answer().await;
        page.body["items"].as_array().map(Vec::len)
    };
    assert_eq!(count("state=queued").await, Some(1));
    assert_eq!(count("state=held").await, Some(0));
    assert_eq!(count("q=ADA%40ini").await, Some(1));
    assert_eq!(count("q=%25").await, Some(0));
    for bad in ["state=lost", "limit=0", "limit=201", "cursor=x", "rep=lead_1", "q=%00", "page=2"] {
        let answer = acme.get(&format!("/v1/leads?{bad}")).answer().await;
        assert_eq!(answer.code(), "invalid-request", "{bad}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_lead_is_not_found() {
    let app = TestApp::start().await;
    let acme = app.tenant("acme").await;
    for id in ["lead_00000000000070008000000000000001", "rep_1", "x", "%00", "%ff"] {
        for path in [format!("/v1/leads/{id}"), format!("/v1/leads/{id}/why")] {
            let answer = acme.request(Method::GET, &path).answer().await;
            assert_eq!(answer.code(), "not-found", "{path}");
        }
    }
}
