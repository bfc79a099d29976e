//! The folder for what an installation keeps to itself: its secret, its own database.

use std::path::PathBuf;

use clap::Args;
use lr_store::embedded::default_data_folder;

/// Flags and environment of this section.
#[derive(Debug, Clone, Args)]
pub struct DataArgs {
    /// Folder for the installation's secret and its own database [default: the place for such data
    /// of the user, or of the system for root]
    #[arg(long, env = "LEAD_ROUTER_DATA", global = true)]
    data: Option<PathBuf>,

    #[arg(long, env = "XDG_DATA_HOME", hide = true, global = true)]
    xdg_data_home: Option<PathBuf>,

    #[arg(long, env = "HOME", hide = true, global = true)]
    home: Option<PathBuf>,
}

impl DataArgs {
    /// The folder, which may not exist yet.
    pub fn parse(&self) -> PathBuf {
        self.data.clone().unwrap_or_else(|| {
            default_data_folder(self.home.as_deref(), self.xdg_data_home.as_deref())
        })
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    #[test]
    fn a_given_folder_wins() {
        let home = DataArgs { data: None, xdg_data_home: None, home: Some("/home/ada".into()) };
        let given = DataArgs { data: Some("/srv/leads".into()), ..home.clone() };
        assert!(home.parse().ends_with("lead-router"));
        assert_eq!(given.parse(), Path::new("/srv/leads"));
    }
}
