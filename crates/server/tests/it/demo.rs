use lr_app::context::App;
use lr_app::verify::verify;
use lr_core::id::WorkspaceId;
use lr_server::cli::demo::{prepare, seed, setup};
use lr_store::leads::LeadFilter;

use crate::app::TestApp;

const LEADS: u64 = 300;

async fn leads(app: &App, workspace: WorkspaceId) -> (usize, usize) {
    let mut tx = app.store.begin(workspace).await.unwrap();
    let all = tx.leads_page(&LeadFilter::default(), None, 10_000).await.unwrap();
    let mut outcomes = 0;
    for lead in all.iter().take(200) {
        outcomes += tx.outcomes_of(lead.id).await.unwrap().len();
    }
    (all.len(), outcomes)
}

#[tokio::test]
async fn the_demo_is_made_once_and_holds_every_invariant() {
    let test = TestApp::start().await;
    let (workspace, _) = prepare(&test.app, LEADS).await.unwrap();
    let (made, outcomes) = leads(&test.app, workspace).await;
    assert_eq!(made as u64, LEADS);
    assert!(outcomes > 50, "{outcomes}");
    assert!(verify(&test.app, workspace, |_| ()).await.unwrap().is_clean());

    let (again, history) = prepare(&test.app, LEADS).await.unwrap();
    assert_eq!((again, history.finished), (workspace, true));
    assert_eq!(leads(&test.app, workspace).await, (made, outcomes));
}

#[tokio::test]
async fn a_demo_that_was_cut_off_goes_on_with_the_next_lead() {
    let test = TestApp::start().await;
    let app = &*test.app;
    let workspace = setup::workspace(app).await.unwrap();
    let begun = async { while seed::begin(app, workspace).await.unwrap().rows_done == 0 {} };
    tokio::select! {
        _ = prepare(app, LEADS) => panic!("it was not cut off"),
        () = begun => {}
    }
    let before = leads(app, workspace).await.0 as u64;
    assert!(before > 0 && before < LEADS, "{before}");

    prepare(app, LEADS).await.unwrap();
    assert_eq!(leads(app, workspace).await.0 as u64, LEADS);
    assert!(verify(app, workspace, |_| ()).await.unwrap().is_clean());
}
