//! The engines from npm, in a process of their own.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, ensure};
use serde_json::{Map, Value as Json, json};

use crate::checksum::Checksum;
use crate::rules::Ask;
use crate::times::Figure;

/// How the engine of this name did.
pub fn measure(name: &str, rules: &[Ask], leads: &[Map<String, Json>]) -> Result<Figure> {
    let folder = std::env::temp_dir().join(format!("lr-engines-{}", std::process::id()));
    std::fs::create_dir_all(&folder)?;
    let (rules_file, leads_file) = (folder.join("rules.json"), folder.join("leads.json"));
    let written = rules.iter().map(|ask| {
        json!({
            "json_logic": crate::write::json_logic(ask),
            "json_rules": crate::write::json_rules(ask),
        })
    });
    std::fs::write(&rules_file, Json::Array(written.collect()).to_string())?;
    std::fs::write(&leads_file, serde_json::to_vec(leads)?)?;
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("npm/engines.js");
    let mut command = Command::new("node");
    let output = command.arg(script).arg(name).arg(rules_file).arg(leads_file).output()?;
    std::fs::remove_dir_all(&folder)?;
    let problem = String::from_utf8_lossy(&output.stderr);
    ensure!(output.status.success(), "{name} failed: {problem}");
    let said: Json = serde_json::from_slice(&output.stdout)?;
    let found = said["found"].as_array().context("no results")?;
    let found = found.iter().map(|rule| rule.as_u64().and_then(|rule| usize::try_from(rule).ok()));
    let checksum = found.collect::<Checksum>().value();
    Ok(Figure { leads: leads.len(), ns: said["ns"].as_f64().context("no time")?, checksum })
}

/// The version that is asked for.
pub fn version_of(name: &str) -> String {
    let package: Json =
        serde_json::from_str(include_str!("../npm/package.json")).unwrap_or_default();
    package["dependencies"][name].as_str().unwrap_or("unknown").to_owned()
}
