use std::path::PathBuf;

use lr_app::import::{ImportError, Job, Progress, run};
use lr_app::route::RouteError;
use lr_app::verify::verify;
use lr_store::leads::LeadFilter;
use tempfile::TempDir;

use crate::shop::Shop;

/// 1,200 rows, of which every tenth is ragged.
const ROWS: u64 = 1_200;
const LEADS: u64 = 1_080;

struct Files(TempDir);

impl Files {
    fn new() -> Self {
        let row = |number| match number % 10 {
            0 => format!("Rep {number}\n"),
            _ => format!("Person {number};Berlin;x\n"),
        };
        let rows: String = (0..ROWS).map(row).collect();
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("leads.csv"), format!("Name;Stadt;Notiz 7\n{rows}"))
            .unwrap();
        Self(folder)
    }

    fn job(&self, shop: &Shop) -> Job {
        let file = |name: &str| self.0.path().join(name);
        Job { file: file("leads.csv"), rejects: file("rejects.csv"), source: shop.source.clone() }
    }

    fn rejects(&self) -> usize {
        let path: PathBuf = self.0.path().join("rejects.csv");
        std::fs::read_to_string(path).unwrap().lines().count() - 1
    }
}

async fn leads(shop: &Shop) -> u64 {
    let mut tx = shop.app.store.begin(shop.workspace).await.unwrap();
    tx.leads_page(&LeadFilter::default(), None, 10_000).await.unwrap().len() as u64
}

fn counts(progress: Progress) -> (u64, u64) {
    (progress.accepted, progress.rejected)
}

#[tokio::test]
async fn every_row_of_a_file_becomes_a_lead_or_a_reject_once() {
    let (shop, files) = (Shop::open(&[1, 2]).await, Files::new());
    let mut seen = Vec::new();
    let done = run(&shop.app, shop.workspace, files.job(&shop), |now| seen.push(now.rows())).await;
    let done = done.unwrap();
    assert_eq!((counts(done), done.resumed_at), ((LEADS, ROWS - LEADS), 0));
    assert_eq!(seen, [500, 1_000, 1_200]);
    assert_eq!((leads(&shop).await, files.rejects() as u64), (LEADS, ROWS - LEADS));
    assert!(verify(&shop.app, shop.workspace, |_| ()).await.unwrap().is_clean());

    let again = run(&shop.app, shop.workspace, files.job(&shop), |_| panic!("no batch is left"));
    let again = again.await.unwrap();
    assert_eq!((counts(again), again.resumed_at), ((LEADS, ROWS - LEADS), ROWS));
    assert_eq!((leads(&shop).await, files.rejects() as u64), (LEADS, ROWS - LEADS));
}

#[tokio::test]
async fn an_interrupted_import_goes_on_where_it_stopped() {
    let (shop, files) = (Shop::open(&[1]).await, Files::new());
    let (stop, mut stopped) = tokio::sync::mpsc::unbounded_channel();
    tokio::select! {
        _ = run(&shop.app, shop.workspace, files.job(&shop), |_| stop.send(()).unwrap()) => {
            panic!("it was not interrupted")
        }
        _ = stopped.recv() => {}
    }
    let before = leads(&shop).await;
    assert!(before > 0 && before < LEADS, "{before}");

    let done = run(&shop.app, shop.workspace, files.job(&shop), |_| ()).await.unwrap();
    assert!(done.resumed_at > 0);
    assert_eq!(counts(done), (LEADS, ROWS - LEADS));
    assert_eq!((leads(&shop).await, files.rejects() as u64), (LEADS, ROWS - LEADS));
}

#[tokio::test]
async fn of_two_imports_of_one_file_at_once_no_row_is_taken_twice() {
    let (shop, files, other) = (Shop::open(&[1]).await, Files::new(), Files::new());
    let one = run(&shop.app, shop.workspace, files.job(&shop), |_| ());
    let two = run(&shop.app, shop.workspace, other.job(&shop), |_| ());
    for outcome in <[_; 2]>::from(tokio::join!(one, two)) {
        match outcome {
            Ok(done) => assert_eq!(counts(done), (LEADS, ROWS - LEADS)),
            Err(ImportError::Route(RouteError::ImportMoved)) => {}
            Err(error) => panic!("{error}"),
        }
    }
    assert_eq!(leads(&shop).await, LEADS);
}

#[tokio::test]
async fn the_same_file_from_another_source_is_another_import() {
    let (shop, files) = (Shop::open(&[1]).await, Files::new());
    run(&shop.app, shop.workspace, files.job(&shop), |_| ()).await.unwrap();
    let mut job = files.job(&shop);
    job.source.id = lr_core::id::SourceId::new(shop.app.ids.make());
    job.source.name = "Trade show".to_owned();
    let mut tx = shop.app.store.begin(shop.workspace).await.unwrap();
    tx.add_source(&job.source).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(run(&shop.app, shop.workspace, job, |_| ()).await.unwrap().resumed_at, 0);
    assert_eq!(leads(&shop).await, 2 * LEADS);
}
