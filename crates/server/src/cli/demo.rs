//! A workspace with a year of leads, to look at, and a new lead every second.

pub mod companies;
pub mod dice;
pub mod history;
pub mod leads;
pub mod markets;
pub mod mess;
pub mod messages;
pub mod names;
pub mod people;
pub mod titles;
pub mod workspace;
