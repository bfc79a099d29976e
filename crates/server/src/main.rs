//! The binary `lead-router`.

use std::process::ExitCode;

fn main() -> ExitCode {
    lr_server::cli::main()
}
