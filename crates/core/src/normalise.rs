//! From a lead as it came to a lead that rules can trust.

pub mod company;
pub mod country;
pub mod domain;
pub mod email;
pub mod phone;
pub mod size;
pub mod text;
pub mod title;
