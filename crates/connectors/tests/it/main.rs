//! The real client against a stand-in, over HTTP.
#![cfg(test)]

mod egress;
mod http;
mod webhook;
