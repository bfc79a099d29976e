//! Territories taken in, given out, and as decisions see them.

use std::fmt::Write;
use std::time::Instant;

use lr_app::configs::StoredConfig;
use lr_app::territories::file::FileError;
use lr_app::territories::page::rows;
use lr_app::territories::{
    Change, Imported, Job, Place, TerritoryError, export, import, list, remove,
};
use lr_app::verify::verify;
use lr_app::why::why;
use lr_core::case::Case;
use lr_core::id::{LeadId, TerritoryId};
use lr_core::lead::raw::RawLead;
use lr_core::normalise::normalise;
use lr_core::territory::owner::Owner;
use std::sync::Arc;
use uuid::Uuid;

use crate::shop::{NOON, Shop, from};

const TABLE: &str = "Country;Postal code;Owner\nGermany;10;EMEA\nDE;;nora@shop.test\n";

impl Shop {
    async fn bring(&self, place: Place, text: &str) -> Result<Imported, TerritoryError> {
        let bytes = text.as_bytes().to_vec();
        let job = Job { place, bytes, actor: "operator".to_owned(), dry_run: false, once: None };
        import(&self.app, self.workspace, job).await
    }

    async fn make(&self, name: &str) -> TerritoryId {
        let made = self.bring(Place::New(name.to_owned()), TABLE).await.unwrap();
        assert_eq!(made.change, Change::Created);
        made.territory.id
    }

    async fn config(&self) -> Arc<StoredConfig> {
        let mut tx = self.app.store.begin(self.workspace).await.unwrap();
        let config = self.app.configs.hold(&mut tx, &self.app.ids).await.unwrap();
        tx.commit().await.unwrap();
        self.app.configs.keep(self.workspace, Arc::clone(&config)).await;
        config
    }

    async fn owner(&self, territory: TerritoryId, raw: RawLead) -> Option<Owner> {
        let at = NOON.parse().unwrap();
        let lead = normalise(LeadId::new(Uuid::nil()), "api", at, &raw).lead;
        let config = self.config().await;
        let territory = config.config.territories.get(&territory).unwrap();
        territory.find(&Case::of(lead, at)).map(|row| row.owner)
    }

    async fn text(&self, id: TerritoryId) -> String {
        String::from_utf8(export(&self.app, self.workspace, id).await.unwrap().1).unwrap()
    }
}

fn in_country(country: &str, postal_code: &str) -> RawLead {
    RawLead {
        country: Some(country.to_owned()),
        postal_code: Some(postal_code.to_owned()),
        ..RawLead::default()
    }
}

#[tokio::test]
async fn a_file_becomes_a_table_that_the_next_decision_sees() {
    let shop = Shop::open(&[1]).await;
    assert!(shop.config().await.config.territories.is_empty());
    let id = shop.make("EMEA").await;
    assert_eq!(shop.owner(id, in_country("DE", "10115")).await, Some(Owner::Pool(shop.pool)));
    assert_eq!(shop.owner(id, in_country("DE", "80331")).await, Some(Owner::Rep(shop.night_owl)));
    assert_eq!(shop.owner(id, in_country("FR", "10115")).await, None);
    let listed = list(&shop.app, shop.workspace).await.unwrap();
    assert_eq!((listed[0].rows, listed[0].version), (2, 1));
    assert_eq!(listed[0].headings, ["country", "postal_code", "owner"]);
    assert!(list(&shop.app, shop.other).await.unwrap().is_empty());
}

#[tokio::test]
async fn a_file_given_out_reads_back_as_itself_and_changes_nothing() {
    let shop = Shop::open(&[1]).await;
    let id = shop.make("EMEA").await;
    let text = shop.text(id).await;
    assert_eq!(text, "country,postal_code,owner\nDE,10,EMEA\nDE,,nora@shop.test\n");
    let again = shop.bring(Place::Known(id, Some(1)), &text).await.unwrap();
    assert_eq!((again.change, again.territory.version), (Change::Same, 1));
    let anew = shop.bring(Place::New("EMEA".to_owned()), TABLE).await.unwrap();
    assert_eq!((anew.change, anew.territory.id), (Change::Same, id));
    assert_eq!(shop.text(id).await, text);
}

#[tokio::test]
async fn a_past_decision_keeps_the_table_of_its_day() {
    let shop = Shop::open(&[1]).await;
    let id = shop.make("EMEA").await;
    let lead = shop.send(vec![from("Berlin")]).await.remove(0).lead;
    shop.bring(Place::Named("EMEA".to_owned()), "country,owner\n,EMEA\n").await.unwrap();
    let rows = |config: &lr_core::decide::Config| config.territories[&id].table.rows().len();
    let explained = why(&shop.app, shop.workspace, lead).await.unwrap().unwrap();
    assert_eq!(rows(&explained.config), 2);
    assert_eq!(rows(&shop.config().await.config), 1);
    remove(&shop.app, shop.workspace, id, "operator".to_owned()).await.unwrap();
    assert!(verify(&shop.app, shop.workspace, |_| ()).await.unwrap().is_clean());
    // A node that has just started reads what is stored.
    let mut fresh = shop.app.clone();
    fresh.configs = lr_app::configs::Configs::default();
    let explained = why(&fresh, shop.workspace, lead).await.unwrap().unwrap();
    assert_eq!(rows(&explained.config), 2);
}

#[tokio::test]
async fn of_two_who_replace_a_territory_at_once_the_second_is_refused() {
    let shop = Shop::open(&[1]).await;
    let id = shop.make("EMEA").await;
    let first = shop.bring(Place::Known(id, Some(1)), "country,owner\nFR,EMEA\n").await.unwrap();
    assert_eq!((first.change, first.territory.version), (Change::Replaced, 2));
    let second = shop.bring(Place::Known(id, Some(1)), "country,owner\nIT,EMEA\n").await;
    assert!(matches!(second, Err(TerritoryError::Moved)));
    assert_eq!(shop.text(id).await, "country,owner\nFR,EMEA\n");
    let (one, other) = tokio::join!(
        shop.bring(Place::Known(id, Some(2)), "country,owner\nIT,EMEA\n"),
        shop.bring(Place::Known(id, Some(2)), "country,owner\nES,EMEA\n"),
    );
    assert!(one.is_ok() != other.is_ok(), "{one:?} {other:?}");
}

#[tokio::test]
async fn a_name_that_is_taken_or_no_name_is_refused() {
    let shop = Shop::open(&[1]).await;
    shop.make("EMEA").await;
    let other = "country,owner\nFR,EMEA\n";
    let taken = shop.bring(Place::New("EMEA".to_owned()), other).await;
    assert!(matches!(taken, Err(TerritoryError::Taken(_))));
    for name in ["", " EMEA", "a\nb", &"x".repeat(201)] {
        let refused = shop.bring(Place::New(name.to_owned()), TABLE).await;
        assert!(matches!(refused, Err(TerritoryError::Name)), "{name:?}");
    }
    let made = tokio::join!(
        shop.bring(Place::New("APAC".to_owned()), other),
        shop.bring(Place::New("APAC".to_owned()), TABLE),
    );
    assert!(made.0.is_ok() != made.1.is_ok(), "{made:?}");
}

#[tokio::test]
async fn a_bad_file_and_a_dry_run_leave_everything_as_it_was() {
    let shop = Shop::open(&[1]).await;
    let id = shop.make("EMEA").await;
    let bad = "country,owner\nFR,EMEA\nFR,nora@shop.test\nIT,Rep 0 \nES,rep@shop.test\nPT,Bob\n";
    let Err(TerritoryError::File(FileError::Faults(faults))) =
        shop.bring(Place::Known(id, None), bad).await
    else {
        panic!("it has faults")
    };
    assert_eq!(faults.told.iter().map(|fault| fault.line).collect::<Vec<_>>(), [6, 3]);
    let job = Job {
        place: Place::Known(id, None),
        bytes: b"country,owner\nFR,EMEA\n".to_vec(),
        actor: "operator".to_owned(),
        dry_run: true,
        once: None,
    };
    let dry = import(&shop.app, shop.workspace, job).await.unwrap();
    assert_eq!((dry.change, dry.territory.version), (Change::Replaced, 2));
    assert!(shop.text(id).await.starts_with("country,postal_code,owner"));
}

#[tokio::test]
async fn rows_come_in_pages_with_their_owners_names() {
    let shop = Shop::open(&[1]).await;
    let id = shop.make("EMEA").await;
    let first = rows(&shop.app, shop.workspace, id, 0, 1).await.unwrap();
    assert_eq!((first.rows[0].owner_name.as_str(), first.next), ("EMEA", Some(1)));
    let second = rows(&shop.app, shop.workspace, id, 1, 1).await.unwrap();
    assert_eq!((second.rows[0].owner_name.as_str(), second.next), ("Nora Night", None));
    assert_eq!(second.rows[0].cells, ["DE", ""]);
    assert!(rows(&shop.app, shop.workspace, id, 9, 1).await.unwrap().rows.is_empty());
    let theirs = rows(&shop.app, shop.other, id, 0, 1).await;
    assert!(matches!(theirs, Err(TerritoryError::Missing)));
}

fn country(number: u32) -> &'static str {
    match number % 3 {
        0 => "US",
        1 => "DE",
        _ => "FR",
    }
}

/// Three countries' postal codes, five digits each, and employee bands: 100,000 rows.
fn large() -> String {
    let mut text = "country,postal_code,employees,owner\n".to_owned();
    for number in 0..100_000_u32 {
        let country = country(number);
        let band = if number % 2 == 0 { "1-50" } else { "51+" };
        let owner = if number % 5 == 0 { "nora@shop.test" } else { "EMEA" };
        writeln!(text, "{country},{:05},{band},{owner}", number / 6).unwrap();
    }
    text
}

#[tokio::test]
async fn a_hundred_thousand_rows_are_taken_in_and_each_is_found() {
    let shop = Shop::open(&[1]).await;
    let text = large();
    let begin = Instant::now();
    let made = shop.bring(Place::New("World".to_owned()), &text).await.unwrap();
    eprintln!("import of 100,000 rows: {:?}", begin.elapsed());
    assert_eq!(made.territory.rows, 100_000);
    let begin = Instant::now();
    assert!(shop.text(made.territory.id).await == text);
    eprintln!("export of 100,000 rows: {:?}", begin.elapsed());

    let config = shop.config().await;
    let territory = &config.config.territories[&made.territory.id];
    let at = NOON.parse().unwrap();
    let leads = (0..1_000_u32).map(|step| {
        let number = step * 97 % 100_000;
        let employees = Some(if number % 2 == 0 { "20" } else { "2000" }.to_owned());
        let country = country(number);
        let raw = RawLead { employees, ..in_country(country, &format!("{:05}", number / 6)) };
        (number, Case::of(normalise(LeadId::new(Uuid::nil()), "api", at, &raw).lead, at))
    });
    let leads: Vec<_> = leads.collect();
    let begin = Instant::now();
    for (number, case) in &leads {
        assert_eq!(territory.find(case).map(|row| row.line), Some(number + 2));
    }
    eprintln!("1,000 lookups in 100,000 rows: {:?}", begin.elapsed());
}
