//! `lead-router mails`

use clap::Args;
use lr_app::mail::outbox;

use crate::cli::print;
use crate::config::ConfigError;
use crate::installation::InstallationArgs;

/// Which mails to print.
#[derive(Debug, Args)]
pub struct MailsArgs {
    /// Only those to this address
    #[arg(long)]
    to: Option<String>,
    /// At most so many, the newest first
    #[arg(long, default_value_t = 10)]
    limit: u16,
}

/// Prints what the installation has written to people. Who runs this has its secret anyway.
pub async fn run(installation: InstallationArgs, args: MailsArgs) -> anyhow::Result<()> {
    let mut faults = ConfigError::default();
    let Some(installation) = installation.parse(&mut faults) else {
        return Err(faults.into());
    };
    let installation = installation.open_beside().await?;
    let to = args.to.map(|to| to.trim().to_lowercase());
    let letters = outbox::read(&installation.app, to.as_deref(), args.limit).await?;
    installation.close().await?;
    for letter in letters {
        print::line(&format!("To       {}", letter.to));
        print::line(&format!("At       {}", letter.at));
        print::line(&format!("Subject  {}\n\n{}\n", letter.subject, letter.text));
    }
    Ok(())
}
