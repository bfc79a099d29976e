//! Accounts taken in from files, listed, and given to other owners.

use lr_app::account_book::import::{ImportError, Imported, Job, import};
use lr_app::account_book::{Owned, OwnerError, give, page, show};
use lr_core::id::{AccountId, RepId};
use lr_core::identify::keys::KeyValue;
use uuid::Uuid;

use crate::shop::Shop;

impl Shop {
    /// Takes in a file of accounts.
    pub async fn bring_accounts(&self, text: &str) -> Imported {
        self.try_accounts(text, false).await.unwrap()
    }

    async fn try_accounts(&self, text: &str, dry_run: bool) -> Result<Imported, ImportError> {
        let job = Job { bytes: text.as_bytes().to_vec(), actor: "operator".to_owned(), dry_run };
        import(&self.app, self.workspace, job).await
    }

    /// The accounts by name.
    pub async fn accounts(&self) -> Vec<Owned> {
        page(&self.app, self.workspace, None, None, 200).await.unwrap().items
    }

    async fn keys(&self, id: AccountId) -> Vec<String> {
        let (_, keys) = show(&self.app, self.workspace, id).await.unwrap().unwrap();
        keys.into_iter()
            .map(|KeyValue { key, value }| format!("{} {value}", key.as_str()))
            .collect()
    }
}

/// Created, updated, unchanged, refused.
fn counts(done: &Imported) -> [u64; 4] {
    [done.created, done.updated, done.unchanged, done.refused]
}

const FILE: &str = "Account ID;Company;Website;Owner;Country;Employees;Phone;Contact emails;Tier\n\
    a1;Initech GmbH;https://www.initech.com;nora@shop.test;Germany;51-200;030 901820;\
    ada@initech.de, bob@gmail.com;Gold\n\
    a2;Globex;globex.com, globex.de;;;;;;\n";

#[tokio::test]
async fn a_file_becomes_accounts_and_the_same_file_again_changes_nothing() {
    let shop = Shop::open(&[1]).await;
    assert_eq!(counts(&shop.bring_accounts(FILE).await), [2, 0, 0, 0]);
    assert_eq!(counts(&shop.bring_accounts(FILE).await), [0, 0, 2, 0]);
    let accounts = shop.accounts().await;
    let [globex, initech] = accounts.as_slice() else { panic!("{accounts:?}") };
    assert_eq!(initech.owner.as_ref().unwrap().name, "Nora Night");
    let account = &initech.row.account;
    assert_eq!((account.employees, account.country.unwrap().code()), (Some(125), "DE"));
    assert_eq!(account.attributes["Tier"], "Gold");
    assert_eq!(
        shop.keys(account.id).await,
        [
            "email ada@initech.de",
            "email bob@gmail.com",
            "domain initech.com",
            "phone +4930901820",
            "name initech",
        ]
    );
    let globex = globex.row.account.id;
    assert_eq!(shop.keys(globex).await, ["domain globex.com", "domain globex.de", "name globex"]);
    assert!(page(&shop.app, shop.other, None, None, 10).await.unwrap().items.is_empty());
}

#[tokio::test]
async fn another_file_changes_what_it_has_columns_for() {
    let shop = Shop::open(&[1]).await;
    shop.bring_accounts(FILE).await;
    let moved = shop.bring_accounts("domain,owner,Tier\ninitech.com,rep@shop.test,\n").await;
    assert_eq!(counts(&moved), [0, 1, 0, 0]);
    let initech = shop.accounts().await.remove(1);
    assert_eq!(initech.owner.unwrap().name, "Rep 0");
    assert_eq!(initech.row.account.name, "Initech GmbH");
    assert!(initech.row.account.attributes.is_empty(), "a blank value is none");
    assert_eq!(initech.row.account.employees, Some(125));
    assert_eq!(shop.keys(initech.row.account.id).await.len(), 5);
}

#[tokio::test]
async fn a_row_means_the_account_with_its_id_or_domain_or_name() {
    let shop = Shop::open(&[1]).await;
    shop.bring_accounts("name,domain\nInitech,initech.com\nHooli,\n").await;
    let adopted = shop.bring_accounts("id,name,domain\nx9,Initech Inc,initech.com\n").await;
    assert_eq!(counts(&adopted), [0, 1, 0, 0]);
    assert_eq!(counts(&shop.bring_accounts("id,name\nx9,Initech AG\n").await), [0, 1, 0, 0]);
    assert_eq!(counts(&shop.bring_accounts("name,domain\nHOOLI,hooli.com\n").await), [0, 1, 0, 0]);
    // A subsidiary has the domain too, and an id of its own.
    let both = shop.bring_accounts("id,name,domain\nx10,Initech Labs,initech.com\n").await;
    assert_eq!(counts(&both), [1, 0, 0, 0]);
    let which = shop.bring_accounts("domain,owner\ninitech.com,rep@shop.test\n").await;
    assert_eq!(counts(&which), [0, 0, 0, 1]);
    assert_eq!(
        which.faults[0].message,
        "It may be any of 2 accounts; say which by its external_id."
    );
    let named = shop.bring_accounts("domain,name\ninitech.com,Initech Labs\n").await;
    assert_eq!(counts(&named), [0, 0, 1, 0]);
    assert_eq!(shop.accounts().await.len(), 3);
}

#[tokio::test]
async fn what_is_wrong_is_told_by_line_and_column_and_the_rest_is_taken() {
    let shop = Shop::open(&[1]).await;
    let file = "name,domain,owner,employees,state\n\
        Initech,initech.com,nobody@shop.test,10,\n\
        Globex,gmail.com,,10,\n\
        n/a,hooli.com,,10,\n\
        Acme,acme.com,,many,\n\
        Umbrella\n\
        ,,,10,\n\
        Acme Corp,acme.com,,20,\n";
    let done = shop.bring_accounts(file).await;
    assert_eq!(counts(&done), [1, 0, 0, 6]);
    let told = done.faults.iter().map(|fault| {
        let column = fault.column.as_deref().unwrap_or("row");
        format!("{} {column} {}: {}", fault.line, fault.refused, fault.message)
    });
    assert_eq!(
        told.collect::<Vec<_>>(),
        [
            "2 owner true: There is no rep with the e-mail address or id `nobody@shop.test`.",
            "3 domain true: `gmail.com` belongs to a mail provider, so it tells nothing about the company.",
            "4 name true: `n/a` does not name a company.",
            "5 employees false: `many` is not a number of employees, such as 250, 51-200 or 500+.",
            "6 row true: The row has 1 values, but there are 5 columns.",
            "7 row true: A new account needs a name or a domain.",
            "8 row true: Line 5 says what it means of the same account; give each an external_id if \
             they are two.",
        ]
    );
    let acme = shop.accounts().await.remove(0).row.account;
    assert_eq!((acme.name.as_str(), acme.employees), ("Acme", None));
    let unknown = shop.try_accounts("Tier,owner\nGold,\n", false).await;
    assert!(matches!(unknown, Err(ImportError::Columns(_))));
}

#[tokio::test]
async fn a_dry_run_says_what_would_happen_and_does_nothing() {
    let shop = Shop::open(&[1]).await;
    assert_eq!(counts(&shop.try_accounts(FILE, true).await.unwrap()), [2, 0, 0, 0]);
    assert!(shop.accounts().await.is_empty());
}

#[tokio::test]
async fn accounts_are_listed_by_page_and_found_by_the_beginning_of_name_or_domain() {
    let shop = Shop::open(&[1]).await;
    let file =
        "name,domain\nThe Müller Group,mueller.de\nMuller Brothers,brothers.com\nZeta,zeta.io\n";
    shop.bring_accounts(file).await;
    let found = |words: &'static str| {
        let shop = &shop;
        async move {
            let page = page(&shop.app, shop.workspace, Some(words), None, 10).await.unwrap();
            page.items.into_iter().map(|item| item.row.account.name).collect::<Vec<_>>()
        }
    };
    assert_eq!(found("MÜLL").await, ["Muller Brothers", "The Müller Group"]);
    assert_eq!(found("zeta.i").await, ["Zeta"]);
    assert!(found("ller").await.is_empty());
    let first = page(&shop.app, shop.workspace, None, None, 2).await.unwrap();
    let rest = page(&shop.app, shop.workspace, None, first.next.as_ref(), 2).await.unwrap();
    assert_eq!((first.items.len(), rest.items.len(), rest.next), (2, 1, None));
}

#[tokio::test]
async fn an_account_is_given_to_another_rep_or_to_nobody() {
    let shop = Shop::open(&[1]).await;
    shop.bring_accounts(FILE).await;
    let account = shop.accounts().await.remove(1).row.account.id;
    let hand = |account, owner| give(&shop.app, shop.workspace, "usr_1", account, owner);
    assert_eq!(hand(account, None).await.unwrap().owner, None);
    let given = hand(account, Some(shop.night_owl)).await.unwrap();
    assert_eq!(given.owner.unwrap().name, "Nora Night");
    let stranger = RepId::new(Uuid::nil());
    assert!(matches!(hand(account, Some(stranger)).await, Err(OwnerError::NoRep(_))));
    let elsewhere = give(&shop.app, shop.other, "usr_1", account, None).await;
    assert!(matches!(elsewhere, Err(OwnerError::NoAccount)));
}
