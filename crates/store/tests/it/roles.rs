//! As whom the server comes.

use lr_store::migrate::migrate;

#[tokio::test]
async fn a_transaction_can_be_begun_in_every_workspace() {
    let db = lr_testkit::database().await;
    let [acme, globex] = db.workspaces().await;
    assert_ne!(acme.begin().await.workspace(), globex.begin().await.workspace());
    db.store().system().await.unwrap().commit().await.unwrap();
}

#[tokio::test]
async fn several_nodes_may_migrate_at_once_and_again() {
    let db = lr_testkit::database().await;
    let urls = db.urls();
    let (first, second, third) = tokio::join!(migrate(&urls), migrate(&urls), migrate(&urls));
    first.and(second).and(third).unwrap();
}
