//! Instructions for a lead, which no load on the machine changes, counted by valgrind's callgrind.

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::rules::Ask;
use crate::{leads, ours};

const LEADS: usize = 2_000;

/// Whether instructions can be counted on this machine.
pub fn can_count() -> bool {
    Command::new("valgrind").arg("--version").output().is_ok()
}

/// Instructions for a lead, counted within the function of `ours` that is called `what`.
pub fn count(rules: &[Ask], what: &str) -> Result<u64> {
    let name = format!("lr-engines-{}.json", std::process::id());
    let file = std::env::temp_dir().join(name);
    fs::write(&file, serde_json::to_vec(&ours::source(rules)?)?)?;
    let output = Command::new("valgrind")
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
        .arg(format!("--toggle-collect=*ours*{what}*"))
        .arg(std::env::current_exe()?)
        .arg("instructions")
        .arg(&file)
        .arg(what)
        .output()?;
    fs::remove_file(&file)?;
    let said = String::from_utf8_lossy(&output.stderr);
    let line = said.lines().find_map(|line| line.split_once("Collected : "));
    let (_, number) = line.with_context(|| format!("callgrind did not count: {said}"))?;
    Ok(number.trim().parse::<u64>()? / LEADS as u64)
}

/// The work itself, with the ruleset in a file.
pub fn work(rules: &Path, what: &str) -> Result<()> {
    let ruleset = ours::compile(serde_json::from_slice(&fs::read(rules)?)?)?;
    let cases = ours::cases(leads::leads(LEADS));
    let stored = ours::stored(&cases);
    // Regular expressions are made faster while they run, which is not a lead's cost.
    ours::warm_up(&ruleset, &cases);
    let sum = match what {
        "find_first" => ours::find_first(&ruleset, &cases),
        "find_all" => ours::find_all(&ruleset, &cases),
        "find_stored" => ours::find_stored(&ruleset, &stored)?,
        _ => bail!("count `find_first`, `find_all` or `find_stored`, not `{what}`"),
    };
    println!("{sum:016x}");
    Ok(())
}
