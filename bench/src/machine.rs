//! What the figures were measured on.

use std::fs;
use std::thread::available_parallelism;

/// Cores, processor, memory and system, as far as the system tells.
pub fn describe() -> String {
    let cores = available_parallelism().map_or(0, usize::from);
    let processor = field("/proc/cpuinfo", "model name").unwrap_or_else(|| "processor".to_owned());
    let memory = field("/proc/meminfo", "MemTotal").unwrap_or_else(|| "unknown".to_owned());
    let (system, arch) = (std::env::consts::OS, std::env::consts::ARCH);
    let kernel = fs::read_to_string("/proc/sys/kernel/osrelease").unwrap_or_default();
    format!("{cores} × {processor}, memory {memory}, {system} {} {arch}", kernel.trim())
}

/// The load averages, where the system has them in a file.
pub fn load() -> String {
    let text = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    let averages = text.split_whitespace().take(3).collect::<Vec<_>>();
    if averages.is_empty() { "unknown".to_owned() } else { averages.join(" ") }
}

/// The value of the first line `name : value` of `file`.
fn field(file: &str, name: &str) -> Option<String> {
    let text = fs::read_to_string(file).ok()?;
    let line = text.lines().find(|line| line.starts_with(name))?;
    line.split_once(':').map(|(_, value)| value.trim().to_owned())
}
