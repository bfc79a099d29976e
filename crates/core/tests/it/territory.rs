mod dates;
mod faults;
mod files;
mod order;
pub mod samples;
mod twin;
mod why;
