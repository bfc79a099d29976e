//! What flags name: workspaces by their slugs, files of tables by their paths.

use std::fs;
use std::path::Path;

use anyhow::{Context, bail};
use lr_app::accounts::workspace::find;
use lr_app::context::App;
use lr_app::import::sheet::MAX_FILE;
use lr_core::id::WorkspaceId;

/// The workspace with this slug.
pub async fn workspace(app: &App, slug: &str) -> anyhow::Result<WorkspaceId> {
    find(app, slug).await?.with_context(|| format!("there is no workspace `{slug}`"))
}

/// A file of a table that is taken in by one request, if it is not too large for that.
pub fn table(file: &Path) -> anyhow::Result<Vec<u8>> {
    let shown = file.display();
    let size = fs::metadata(file).with_context(|| format!("cannot read {shown}"))?.len();
    if usize::try_from(size).is_ok_and(|size| size > MAX_FILE) {
        bail!("{shown} has {size} bytes; the most is {MAX_FILE}");
    }
    fs::read(file).with_context(|| format!("cannot read {shown}"))
}
