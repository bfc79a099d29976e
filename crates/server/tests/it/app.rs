//! A whole server for one test.

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use lr_app::accounts::api_keys::{Wanted, issue};
use lr_app::accounts::password::{Password, Passwords};
use lr_app::accounts::workspace::slug::Slug;
use lr_app::accounts::workspace::{MadeWorkspace, NewMember, NewWorkspace, make};
use lr_app::clock::Clock;
use lr_app::context::App;
use lr_app::ids::Ids;
use lr_app::keys::MasterSecret;
use lr_app::teams::{NewRep, add};
use lr_connectors::egress::Egress;
use lr_connectors::http::HttpClient;
use lr_core::id::{RepId, UserId};
use lr_core::normalise::email::Email;
use lr_core::pick::Rep;
use lr_core::pick::hours::WeeklyHours;
use lr_core::time::Zone;
use lr_server::config::listen::ListenConfig;
use lr_server::http::state::{AppState, Reach};
use lr_server::serve::Server;
use lr_server::web::Site;
use lr_store::api_keys::Scope;
use lr_store::members::{NewUser, Role};
use lr_testkit::TestDb;
use metrics_exporter_prometheus::PrometheusBuilder;
use reqwest::{Method, RequestBuilder, Response, StatusCode, header};
use serde_json::{Value, json};
use tokio_util::sync::{CancellationToken, DropGuard};

/// The password of everybody in these tests.
pub const PASSWORD: &str = "correct horse battery";

const REACH: Reach = Reach { behind_proxy: false, secure_cookies: false };

/// A server on a port of its own, with a database of its own and a clock that stands.
pub struct TestApp {
    pub app: Arc<App>,
    client: reqwest::Client,
    origin: String,
    _stops: DropGuard,
    /// Dropped last, which blocks its thread. The server needs another to hang up meanwhile, so these
    /// tests run on several.
    _db: TestDb,
}

/// A workspace with its owner signed in.
pub struct Tenant<'a> {
    pub made: MadeWorkspace,
    token: String,
    app: &'a TestApp,
}

/// An answer that was read.
#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: header::HeaderMap,
    pub body: Value,
}

impl TestApp {
    pub async fn start() -> Self {
        let db = lr_testkit::database().await;
        let start: Timestamp = lr_testkit::clock::START.parse().unwrap();
        let secret = MasterSecret::new([7; 32]);
        let http = HttpClient::new(Egress::AllowLoopback).unwrap();
        let app = App::new(db.store(), Clock::fixed(start), Ids::System, &secret, http);
        let app = Arc::new(App { development: true, ..app });
        let listen = ListenConfig { address: "127.0.0.1:0".parse().unwrap(), reach: REACH };
        let metrics = PrometheusBuilder::new().build_recorder().handle();
        let server = Server::bind(Arc::clone(&app), listen, metrics).await.unwrap();
        let origin = format!("http://{}", server.address().unwrap());
        let stopping: CancellationToken = server.stopping();
        tokio::spawn(server.run(Site::default()));
        let client = reqwest::Client::builder().no_proxy().build().unwrap();
        Self { app, client, origin, _stops: stopping.drop_guard(), _db: db }
    }

    /// What handlers would share if they served `app`.
    pub fn state(&self, app: Arc<App>) -> AppState {
        let metrics = PrometheusBuilder::new().build_recorder().handle();
        AppState { app, reach: REACH, metrics, stopping: CancellationToken::new() }
    }

    /// Moves the clock.
    pub fn wait(&self, seconds: i64) {
        self.app.clock.set(self.app.clock.now() + SignedDuration::from_secs(seconds));
    }

    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.client.request(method, format!("{}{path}", self.origin))
    }

    pub fn get(&self, path: &str) -> RequestBuilder {
        self.request(Method::GET, path)
    }

    pub fn post(&self, path: &str) -> RequestBuilder {
        self.request(Method::POST, path)
    }

    pub async fn sign_in(&self, email: &str, password: &str) -> Answer {
        let body = json!({ "email": email, "password": password });
        self.post("/v1/session").json(&body).answer().await
    }

    /// A workspace `slug` whose owner, `owner@<slug>.example`, has signed in.
    pub async fn tenant(&self, slug: &str) -> Tenant<'_> {
        let email = format!("owner@{slug}.example");
        let owner = NewMember {
            name: "Ada Lovelace".to_owned(),
            email: Email::parse(&email).unwrap(),
            password: Password::choose(PASSWORD.to_owned()).unwrap(),
        };
        let slug = Slug::parse(slug).unwrap();
        let new = NewWorkspace { name: "Northwind".to_owned(), slug, owner };
        let made = make(&self.app, new).await.unwrap();
        Tenant { made, token: self.token(&email).await, app: self }
    }

    async fn token(&self, email: &str) -> String {
        let session = self.sign_in(email, PASSWORD).await;
        session.body["access_token"].as_str().unwrap().to_owned()
    }
}

impl Tenant<'_> {
    /// A request of the owner.
    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.app.request(method, path).bearer_auth(&self.token)
    }

    pub fn get(&self, path: &str) -> RequestBuilder {
        self.request(Method::GET, path)
    }

    pub fn post(&self, path: &str) -> RequestBuilder {
        self.request(Method::POST, path)
    }

    /// A rep of the workspace who is always at work.
    pub async fn add_rep(&self, name: &str) {
        let app = &self.app.app;
        let (id, zone) = (RepId::new(app.ids.make()), Zone::parse("UTC").unwrap());
        let rep = Rep::new(id, name, zone, WeeklyHours::always());
        let email = format!("{name}@northwind.example");
        add(app, self.made.id, &[NewRep { rep, email }], &[]).await.unwrap();
    }

    /// The id of a new API key.
    pub async fn program_id(&self) -> String {
        let key = issue(&self.app.app, self.made.id, "operator", Wanted::ingest("Program"));
        key.await.unwrap().row.id.to_string()
    }

    /// A program with an API key of these scopes.
    pub async fn program(&self, scopes: &[Scope]) -> Colleague<'_> {
        let scopes = scopes.iter().copied().collect();
        let wanted = Wanted { name: "Program".to_owned(), scopes, expires_at: None };
        let made = issue(&self.app.app, self.made.id, "operator", wanted).await.unwrap();
        Colleague { token: made.secret.token().reveal().to_owned(), app: self.app }
    }

    /// Another member of the workspace, signed in.
    pub async fn colleague(&self, role: Role) -> Colleague<'_> {
        let app = &self.app.app;
        let email = format!("{}@{}.example", role.as_str(), self.made.id.uuid().simple());
        let password = Password::choose(PASSWORD.to_owned()).unwrap();
        let hash = Passwords::default().hash(password).await.unwrap();
        let id = UserId::new(app.ids.make());
        let user = NewUser { id, email: &email, name: "Colleague", password_hash: hash.as_str() };
        let mut tx = app.store.system().await.unwrap();
        tx.add_user(user).await.unwrap();
        tx.commit().await.unwrap();
        let mut tx = app.store.begin(self.made.id).await.unwrap();
        tx.join(id, role, "Colleague", &email).await.unwrap();
        tx.commit().await.unwrap();
        Colleague { token: self.app.token(&email).await, app: self.app }
    }
}

/// A member of a tenant's workspace, signed in.
pub struct Colleague<'a> {
    token: String,
    app: &'a TestApp,
}

impl Colleague<'_> {
    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.app.request(method, path).bearer_auth(&self.token)
    }

    pub fn get(&self, path: &str) -> RequestBuilder {
        self.request(Method::GET, path)
    }

    pub fn post(&self, path: &str) -> RequestBuilder {
        self.request(Method::POST, path)
    }
}

/// Sends a request and reads the answer.
pub trait Ask {
    async fn answer(self) -> Answer;
}

impl Ask for RequestBuilder {
    async fn answer(self) -> Answer {
        Answer::read(self.send().await.unwrap()).await
    }
}

impl Answer {
    async fn read(response: Response) -> Self {
        let (status, headers) = (response.status(), response.headers().clone());
        let text = response.text().await.unwrap();
        let body = serde_json::from_str(&text).unwrap_or(Value::String(text));
        Self { status, headers, body }
    }

    /// The code of the problem that the answer is.
    pub fn code(&self) -> &str {
        let kind = self.headers[header::CONTENT_TYPE].to_str().unwrap();
        assert_eq!(kind, "application/problem+json", "{self:?}");
        assert_eq!(self.body["status"], self.status.as_u16(), "{self:?}");
        self.body["code"].as_str().unwrap()
    }

    /// The cookie that the answer sets, with its attributes.
    pub fn set_cookie(&self) -> Option<&str> {
        self.headers.get(header::SET_COOKIE).map(|cookie| cookie.to_str().unwrap())
    }

    /// The cookie that the answer sets, as it is sent back.
    pub fn cookie(&self) -> String {
        self.set_cookie().unwrap().split(';').next().unwrap().to_owned()
    }
}
