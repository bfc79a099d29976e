//! `lead-router demo`: a workspace with a year of leads, to look at, and a new lead every second.
//!
//! Nothing else knows that it is a demo: it is made by the same use cases and the same API as any
//! other workspace.

pub mod companies;
pub mod dice;
pub mod history;
pub mod leads;
pub mod markets;
pub mod mess;
pub mod messages;
pub mod names;
pub mod people;
pub mod seed;
pub mod setup;
mod stream;
pub mod titles;
pub mod workspace;

use clap::Args;
use lr_app::accounts::api_keys::{Wanted, issue, revoke};
use lr_app::context::App;
use lr_core::id::WorkspaceId;
use lr_store::imports::Import;

use crate::cli::{print, serve};
use crate::config::listen::ListenArgs;
use crate::installation::{Installation, InstallationArgs};
use crate::serve::Server;
use crate::web::Site;
use stream::Stream;
use workspace::{OWNER, SLUG};

/// What every choice of the demo comes from.
pub const SEED: u64 = 7;

/// The owner's password: public, so the demo belongs on one's own machine.
const PASSWORD: &str = "northwind-demo";

/// Flags and environment of this command.
#[derive(Debug, Args)]
pub struct DemoArgs {
    #[command(flatten)]
    listen: ListenArgs,
    /// Only show the history; no new leads come
    #[arg(long)]
    no_stream: bool,
    /// Leads of the year before; fewer make the first start quicker
    #[arg(long, value_name = "N", default_value_t = seed::LEADS)]
    history: u64,
}

/// Makes the demo's workspace if it is not there, then serves until a signal says to stop.
pub async fn run(installation: InstallationArgs, args: DemoArgs) -> anyhow::Result<()> {
    // Beyond this machine nobody may read its mails; on it, whoever tries the demo out wants to.
    let private = args.listen.parse().is_ok_and(|listen| listen.private());
    let installation = if private { installation.for_development() } else { installation };
    let (installation, server) = serve::open(installation, args.listen).await?;
    let served = tokio::select! {
        // Seeding can be cut off anywhere: what is missing is made by the next start.
        () = server.stopping().cancelled_owned() => Ok(()),
        history = Box::pin(prepare(&installation.app, args.history)) => {
            let (workspace, history) = history?;
            Box::pin(show(&installation, server, workspace, (!args.no_stream).then_some(history))).await
        }
    };
    installation.close().await?;
    served
}

/// Makes the workspace with a history of `leads`, or what is missing of it.
pub async fn prepare(app: &App, leads: u64) -> anyhow::Result<(WorkspaceId, Import)> {
    let workspace = setup::workspace(app).await?;
    let history = seed::begin(app, workspace).await?;
    if !history.finished {
        print::line("Routing a year of leads, once; the next start finds them here …");
        setup::teams_and_rules(app, workspace, history.started_at).await?;
        let sources = setup::sources(app, workspace).await?;
        seed::seed(app, workspace, &sources, history, leads).await?;
    }
    Ok((workspace, history))
}

/// Serves, with a key that is good until the demo stops; posts leads after `history`, if given.
async fn show(
    installation: &Installation,
    server: Server,
    workspace: WorkspaceId,
    history: Option<Import>,
) -> anyhow::Result<()> {
    let app = &installation.app;
    let key = issue(app, workspace, "operator", Wanted::ingest("Demo")).await?;
    let (key_id, key) = (key.row.id, key.secret);
    let address = server.address()?;
    let (name, email) = OWNER;
    print::line(&format!("\n  Lead Router   http://{address}/"));
    print::line(&format!("  Workspace     {SLUG}"));
    print::line(&format!("  Sign in as    {email}   {PASSWORD}   ({name})"));
    print::line(&format!("  API key       {}   (until the demo stops)\n", key.token().reveal()));
    let streaming = match history {
        Some(history) => {
            let stream = Stream::new(address, key, history.started_at)?;
            Some(tokio::spawn(stream.run(server.stopping())))
        }
        None => None,
    };
    let served = server.run(Site::embedded()).await;
    if let Some(streaming) = streaming {
        streaming.await?;
    }
    revoke(app, workspace, "operator", key_id).await?;
    served
}
