//! What a figure needs beside it: the machine, its load, and the versions that were measured.

use std::fs;
use std::process::Command;

/// Processor, cores, load and toolchain, a line each.
pub fn describe() -> String {
    let read = |path| fs::read_to_string(path).unwrap_or_default();
    let cpus = read("/proc/cpuinfo");
    let model = cpus.lines().find_map(|line| line.strip_prefix("model name"));
    let model = model.unwrap_or("unknown").trim_start_matches(['\t', ' ', ':']).to_owned();
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    let load = read("/proc/loadavg");
    let load = load.split(' ').take(3).collect::<Vec<_>>().join(" ");
    let said = |program: &str| said(program).unwrap_or_else(|| "not found".to_owned());
    format!(
        "processor  {model}, {cores} cores, load {load}\nrustc      {}\nnode       {}",
        said("rustc"),
        said("node"),
    )
}

fn said(program: &str) -> Option<String> {
    let output = Command::new(program).arg("--version").output().ok()?;
    Some(String::from_utf8(output.stdout).ok()?.trim().to_owned())
}

/// Memory of this process in bytes. Source: proc(5), `statm`, in pages of 4 KiB on the machines that
/// this is run on.
pub fn resident() -> usize {
    let statm = fs::read_to_string("/proc/self/statm").unwrap_or_default();
    let pages = statm.split(' ').nth(1).and_then(|pages| pages.parse::<usize>().ok());
    pages.unwrap_or_default() * 4_096
}
