//! A receiver of webhooks: records every request and answers as told.

use std::collections::BTreeMap;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex, PoisonError};

use futures::stream;
use http_body_util::combinators::BoxBody;
use http_body_util::{BodyExt, StreamBody};
use hyper::body::{Bytes, Frame, Incoming};
use hyper::http::StatusCode;
use hyper::service::service_fn;
use hyper::{Request, Response};
use hyper_util::rt::TokioIo;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::{AbortHandle, JoinSet};

use crate::fault::{Answer, Break, Script};

/// A running receiver; dropping it closes its port and its connections.
#[derive(Debug)]
pub struct Receiver {
    address: SocketAddr,
    state: Arc<State>,
    server: AbortHandle,
}

/// A request as it came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Received {
    /// The method, such as `POST`.
    pub method: String,
    /// Path and query.
    pub path: String,
    /// Headers by lower-case name; the last of a name wins.
    pub headers: BTreeMap<String, String>,
    /// The body, byte for byte.
    pub body: Vec<u8>,
}

#[derive(Debug)]
struct State {
    script: Mutex<Script>,
    received: watch::Sender<Vec<Received>>,
    connections: watch::Sender<usize>,
}

impl Receiver {
    /// Starts on a free loopback port and answers everything with an empty 200.
    ///
    /// Fails when no port can be had.
    pub async fn start() -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let address = listener.local_addr()?;
        let state = Arc::new(State {
            script: Mutex::new(Script::always(Answer::status(200))),
            received: watch::Sender::default(),
            connections: watch::Sender::default(),
        });
        let server = tokio::spawn(accept(listener, Arc::clone(&state))).abort_handle();
        Ok(Self { address, state, server })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// An address to post to; every path answers alike.
    pub fn url(&self) -> String {
        format!("http://{}/hook", self.address)
    }

    /// Gives `answers` to the next requests, one each; after them every request gets a 200 again.
    pub fn answer_next(&self, answers: impl IntoIterator<Item = Answer>) {
        self.state.script.lock().unwrap_or_else(PoisonError::into_inner).queue(answers);
    }

    /// Gives `answer` to every request from here on.
    pub fn answer_always(&self, answer: Answer) {
        *self.state.script.lock().unwrap_or_else(PoisonError::into_inner) = Script::always(answer);
    }

    /// Everything that was received so far, in the order of arrival.
    pub fn received(&self) -> Vec<Received> {
        self.state.received.borrow().clone()
    }

    /// Waits until `count` requests were received and returns them all.
    pub async fn wait_for(&self, count: usize) -> Vec<Received> {
        let mut received = self.state.received.subscribe();
        match received.wait_for(|requests| requests.len() >= count).await {
            Ok(requests) => requests.clone(),
            Err(_) => self.received(), // Cannot be: `self` holds the sender.
        }
    }

    /// How many connections were opened to it, with or without a request on them.
    pub fn connections(&self) -> usize {
        *self.state.connections.borrow()
    }
}

impl Drop for Receiver {
    fn drop(&mut self) {
        self.server.abort();
    }
}

async fn accept(listener: TcpListener, state: Arc<State>) {
    let mut open = JoinSet::new(); // Ends with this task, and the connections with it.
    while let Ok((stream, _)) = listener.accept().await {
        state.connections.send_modify(|count| *count += 1);
        open.spawn(converse(stream, Arc::clone(&state)));
        while open.try_join_next().is_some() {}
    }
}

async fn converse(stream: TcpStream, state: Arc<State>) {
    let service = service_fn(|request| answer(request, Arc::clone(&state)));
    let conversation =
        hyper::server::conn::http1::Builder::new().serve_connection(TokioIo::new(stream), service);
    // A client that hangs up, or an answer that breaks off as told, is not ours to report.
    let _ = conversation.await;
}

async fn answer(
    request: Request<Incoming>,
    state: Arc<State>,
) -> io::Result<Response<BoxBody<Bytes, io::Error>>> {
    let (head, body) = request.into_parts();
    let body = body.collect().await.map_err(io::Error::other)?.to_bytes();
    let headers = head
        .headers
        .iter()
        .map(|(name, value)| {
            (name.as_str().to_owned(), String::from_utf8_lossy(value.as_bytes()).into_owned())
        })
        .collect();
    let answer = state.script.lock().unwrap_or_else(PoisonError::into_inner).take();
    state.received.send_modify(|requests| {
        requests.push(Received {
            method: head.method.to_string(),
            path: head.uri.to_string(),
            headers,
            body: body.to_vec(),
        });
    });
    tokio::time::sleep(answer.after).await;
    respond(answer)
}

/// An error here closes the connection: that is how an answer breaks.
fn respond(answer: Answer) -> io::Result<Response<BoxBody<Bytes, io::Error>>> {
    let broken = || io::Error::other("broken off as told");
    if answer.breaks == Some(Break::BeforeAnswer) {
        return Err(broken());
    }
    let mut frames = vec![Ok(Frame::data(Bytes::from(answer.body)))];
    if answer.breaks == Some(Break::InBody) {
        frames.push(Err(broken()));
    }
    let mut response = Response::builder()
        .status(StatusCode::from_u16(answer.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR));
    for (name, value) in &answer.headers {
        response = response.header(name, value);
    }
    response.body(BodyExt::boxed(StreamBody::new(stream::iter(frames)))).map_err(io::Error::other)
}
