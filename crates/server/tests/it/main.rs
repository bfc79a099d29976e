//! The server over HTTP, on a real database.

#[cfg(test)]
mod app;

#[cfg(test)]
mod bodies;
#[cfg(test)]
mod health;
#[cfg(test)]
mod openapi;
#[cfg(test)]
mod session;
