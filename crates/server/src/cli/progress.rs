//! The bar of work that takes long.

use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};

/// A bar that moves by itself, on a terminal; nothing is shown elsewhere.
pub fn bar() -> ProgressBar {
    let style = ProgressStyle::with_template("{bar:30} {percent:>3}%  {msg}  {eta} left");
    let bar = ProgressBar::new(1);
    bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
    bar.enable_steady_tick(Duration::from_millis(200));
    bar
}
