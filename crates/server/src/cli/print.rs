//! What commands say to whoever started them.

use std::io::{self, Write};

/// Prints a line to the standard output. A reader that has gone away is no fault of the command's.
pub fn line(text: &str) {
    let _gone = writeln!(io::stdout(), "{text}");
}

/// Prints why a command failed, with every cause, to the standard error.
pub fn error(error: &anyhow::Error) {
    let _gone = writeln!(io::stderr(), "lead-router: {error:#}");
}
