//! What is logged, and how it looks.

use clap::{Args, ValueEnum};

/// What is logged, and how it looks.
#[derive(Debug, Clone, Args)]
pub struct LogConfig {
    /// What is logged: a level, or levels by module such as `info,lr_store=debug`
    #[arg(
        id = "log",
        long = "log",
        env = "RUST_LOG",
        default_value = "info,sqlx=warn",
        global = true
    )]
    pub filter: String,

    /// How log lines look; `auto` is for the eyes on a terminal and JSON elsewhere
    #[arg(
        long = "log-format",
        env = "LEAD_ROUTER_LOG_FORMAT",
        default_value = "auto",
        global = true
    )]
    pub format: LogFormat,
}

/// How log lines look.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum LogFormat {
    /// By where they go.
    Auto,
    /// One JSON object a line.
    Json,
    /// Coloured text.
    Pretty,
}
