//! `lead-router workspace`

use std::io::{self, BufRead};

use anyhow::bail;
use clap::{Args, Subcommand};
use lr_app::accounts::password::Password;
use lr_app::accounts::workspace::slug::Slug;
use lr_app::accounts::workspace::{NewMember, NewWorkspace, make};
use lr_core::normalise::email::Email;

use crate::cli::print;
use crate::config::ConfigError;
use crate::installation::InstallationArgs;

/// What to do about workspaces.
#[derive(Debug, Args)]
pub struct WorkspaceArgs {
    #[command(subcommand)]
    command: WorkspaceCommand,
}

#[derive(Debug, Subcommand)]
enum WorkspaceCommand {
    /// Make a workspace, its owner and an API key, which is shown once
    Create(CreateArgs),
}

#[derive(Debug, Args)]
struct CreateArgs {
    /// Shown name of the workspace
    #[arg(long)]
    name: String,
    /// Name in addresses and commands: 1 to 63 of a-z, 0-9 and inner hyphens
    #[arg(long)]
    slug: String,
    /// Address by which the owner signs in
    #[arg(long)]
    email: String,
    /// Shown name of the owner
    #[arg(long)]
    member_name: String,
    /// Read the password from the standard input instead of asking for it
    #[arg(long)]
    password_stdin: bool,
}

/// Does what `args` say.
pub async fn run(installation: InstallationArgs, args: WorkspaceArgs) -> anyhow::Result<()> {
    let WorkspaceCommand::Create(args) = args.command;
    let mut faults = ConfigError::default();
    let slug = faults.collect(Slug::parse(&args.slug).map_err(|error| format!("--slug: {error}")));
    let email =
        faults.collect(Email::parse(&args.email).map_err(|error| format!("--email: {error}")));
    let (Some(installation), Some(slug), Some(email)) =
        (installation.parse(&mut faults), slug, email)
    else {
        return Err(faults.into());
    };
    let password = if args.password_stdin { piped_password()? } else { asked_password()? };
    let owner = NewMember { name: args.member_name, email, password };
    let installation = installation.open_beside().await?;
    let made = make(&installation.app, NewWorkspace { name: args.name, slug, owner }).await?;
    installation.close().await?;

    print::line(&format!("Workspace  {}", made.id));
    print::line(&format!("API key    {}", made.api_key.token().reveal()));
    print::line("Keep the key now: it is not shown again.");
    if made.had_account {
        print::line("The owner had an account before; its password stays as it was.");
    }
    Ok(())
}

fn piped_password() -> anyhow::Result<Password> {
    let mut line = String::new();
    io::stdin().lock().read_line(&mut line)?;
    Ok(Password::choose(line.trim_end_matches(['\r', '\n']).to_owned())?)
}

fn asked_password() -> anyhow::Result<Password> {
    let password = rpassword::prompt_password("Password of the owner: ")?;
    if rpassword::prompt_password("The same again: ")? != password {
        bail!("the two passwords differ");
    }
    Ok(Password::choose(password)?)
}
