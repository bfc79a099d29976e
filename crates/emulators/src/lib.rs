//! Stand-ins for the outside world, started on a loopback port.
//!
//! They record what they are asked and misbehave as they are told. They share no type with the
//! clients that call them: both are written from the public documents, so that a misreading fails a
//! test instead of agreeing with itself.

pub mod fault;
pub mod receiver;
