//! What a stand-in answers, good or bad, and in which order.

use std::collections::VecDeque;
use std::time::Duration;

/// One answer to one request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The HTTP status; one outside 100–999 becomes 500.
    pub status: u16,
    /// Header names and values, sent as they are where HTTP permits them.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Vec<u8>,
    /// How long to wait before the first byte.
    pub after: Duration,
    /// Where the connection breaks, if it does.
    pub breaks: Option<Break>,
}

/// Where a connection breaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Break {
    /// The request is read and recorded, then the connection closes without a byte of answer.
    BeforeAnswer,
    /// Status, headers and the body so far are sent; then the connection closes although the answer
    /// was to go on.
    InBody,
}

impl Answer {
    /// An empty answer with `status`, at once.
    pub fn status(status: u16) -> Self {
        Self { status, headers: Vec::new(), body: Vec::new(), after: Duration::ZERO, breaks: None }
    }

    /// The same with one more header.
    #[must_use]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// The same with `body`.
    #[must_use]
    pub fn body(mut self, body: impl Into<Vec<u8>>) -> Self {
        self.body = body.into();
        self
    }

    /// The same after a wait.
    #[must_use]
    pub fn after(mut self, wait: Duration) -> Self {
        self.after = wait;
        self
    }

    /// The same, broken off.
    #[must_use]
    pub fn breaks(mut self, at: Break) -> Self {
        self.breaks = Some(at);
        self
    }
}

/// Answers in the order in which they are to be given, and one for ever after.
#[derive(Debug)]
pub(crate) struct Script {
    next: VecDeque<Answer>,
    then: Answer,
}

impl Script {
    /// Always the same answer.
    pub(crate) fn always(then: Answer) -> Self {
        Self { next: VecDeque::new(), then }
    }

    /// Puts `answers` behind those that still wait, before the one for ever after.
    pub(crate) fn queue(&mut self, answers: impl IntoIterator<Item = Answer>) {
        self.next.extend(answers);
    }

    /// The answer whose turn it is.
    pub(crate) fn take(&mut self) -> Answer {
        self.next.pop_front().unwrap_or_else(|| self.then.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn queued_answers_come_first_and_once() {
        let mut script = Script::always(Answer::status(200));
        script.queue([Answer::status(503), Answer::status(429)]);
        let given: Vec<u16> = (0..4).map(|_| script.take().status).collect();
        assert_eq!(given, [503, 429, 200, 200]);
    }
}
