//! `lead-router roles`

use crate::cli::print;
use crate::http::{document, roles};

/// Prints who may do what.
pub fn run() -> anyhow::Result<()> {
    print::line(roles::page(&document()).trim_end());
    Ok(())
}
