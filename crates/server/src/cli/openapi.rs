//! `lead-router openapi`

use crate::cli::print;
use crate::http::document;

/// Prints the document as the repository keeps it.
pub fn run() -> anyhow::Result<()> {
    print::line(&document().to_pretty_json()?);
    Ok(())
}
