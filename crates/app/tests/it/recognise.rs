//! Leads recognised by their accounts and by the same person's earlier leads.

use lr_app::held::release_all;
use lr_app::leavers::leave;
use lr_app::route::Routed;
use lr_app::verify::verify;
use lr_core::decide::{By, Outcome, Settings};
use lr_core::id::{LeadId, RepId};
use lr_core::identify::{Key, Matches};
use lr_core::lead::raw::RawLead;
use lr_core::snapshot::Snapshot;
use serde_json::{Value, json};

use crate::shop::{Shop, from};

/// A lead with these values; it goes to the pool.
fn lead(fields: Value) -> RawLead {
    let text = |name: &str| fields.get(name).and_then(Value::as_str).map(str::to_owned);
    RawLead {
        email: text("email"),
        phone: text("phone"),
        company: text("company"),
        website: text("website"),
        ..from("Berlin")
    }
}

fn by(email: &str) -> RawLead {
    lead(json!({ "email": email }))
}

fn rep(routed: &Routed) -> RepId {
    routed.rep.as_ref().unwrap().id
}

fn owned_by_duplicate(routed: &Routed, of: LeadId) -> bool {
    matches!(routed.decision.outcome, Outcome::Assigned { by: By::Duplicate(lead), .. } if lead == of)
}

fn owned_by_account(routed: &Routed) -> bool {
    matches!(routed.decision.outcome, Outcome::Assigned { by: By::Account(_), .. })
}

impl Shop {
    /// What a lead was recognised as when it was last decided.
    async fn matches(&self, lead: LeadId) -> Matches {
        let mut tx = self.app.store.begin(self.workspace).await.unwrap();
        let decision = tx.decision_of(lead).await.unwrap().unwrap();
        Snapshot::decode(&decision.snapshot).unwrap().case.matches
    }

    async fn account_key(&self, fields: Value) -> Option<(String, Key)> {
        let lead = self.send(vec![lead(fields)]).await.remove(0).lead;
        self.matches(lead).await.account.map(|found| (found.account.name, found.by))
    }

    async fn send_one(&self, raw: RawLead) -> Routed {
        self.send(vec![raw]).await.remove(0)
    }

    async fn is_sound(&self) -> bool {
        verify(&self.app, self.workspace, |_| ()).await.unwrap().is_clean()
    }
}

#[tokio::test]
async fn an_account_is_found_by_each_key_in_the_order_of_trust() {
    let shop = Shop::open(&[1]).await;
    let file = "name,domain,phone,emails\n\
        By Mail,,,pat@home.test\nBy Domain,initech.com,,\nBy Phone,,+14155552671,\nInitech Inc,,,\n";
    shop.bring_accounts(file).await;
    let all = json!({ "email": "pat@home.test", "website": "initech.com",
        "phone": "+14155552671", "company": "Initech" });
    let found = |name: &str, key| Some((name.to_owned(), key));
    assert_eq!(shop.account_key(all).await, found("By Mail", Key::Email));
    let domain = json!({ "email": "x@mail.initech.com", "phone": "+14155552671" });
    assert_eq!(shop.account_key(domain).await, found("By Domain", Key::Domain));
    let phone = json!({ "phone": "+1 (415) 555-2671 x9", "company": "Initech" });
    assert_eq!(shop.account_key(phone).await, found("By Phone", Key::Phone));
    let name = json!({ "email": "x@gmail.com", "company": "INITECH GmbH" });
    assert_eq!(shop.account_key(name).await, found("Initech Inc", Key::Name));
    assert_eq!(shop.account_key(json!({ "email": "x@gmail.com" })).await, None);
    assert_eq!(shop.account_key(json!({})).await, None);
    assert!(shop.is_sound().await);
}

#[tokio::test]
async fn the_owner_of_the_earlier_lead_comes_first_then_the_owner_of_the_account() {
    let shop = Shop::open(&[1]).await;
    let first = shop.send_one(by("ada@initech.com")).await;
    shop.bring_accounts("domain,owner\ninitech.com,nora@shop.test\n").await;
    let again = shop.send_one(by("Ada+2@initech.com")).await;
    assert!(owned_by_duplicate(&again, first.lead));
    let colleague = shop.send_one(by("bob@initech.com")).await;
    assert!(owned_by_account(&colleague));
    assert_eq!(rep(&colleague), shop.night_owl);
    assert_eq!(colleague.reason, "“Berlin” → Nora Night: owner of the account");
    assert!(shop.is_sound().await);
}

#[tokio::test]
async fn without_the_setting_leads_are_recognised_and_rotated() {
    let shop = Shop::open(&[1, 1]).await;
    let mut tx = shop.app.store.begin(shop.workspace).await.unwrap();
    tx.set_settings(Settings { owner_first: false }).await.unwrap();
    tx.commit().await.unwrap();
    let first = shop.send_one(by("ada@initech.com")).await;
    let second = shop.send_one(by("ada@initech.com")).await;
    assert_ne!(rep(&first), rep(&second));
    assert_eq!(shop.matches(second.lead).await.duplicate.unwrap().owner, Some(rep(&first)));
}

#[tokio::test]
async fn one_person_twice_in_a_batch_goes_to_one_rep() {
    let shop = Shop::open(&[1, 1, 1]).await;
    let emails = ["ada@a.test", "bob@b.test", "ada@a.test", "cy@c.test", "ada+x@a.test"];
    let routed = shop.send(emails.map(by).to_vec()).await;
    let [ada, bob, again, cy, third] = routed.as_slice() else { panic!("five leads") };
    assert!(owned_by_duplicate(again, ada.lead));
    assert!(owned_by_duplicate(third, again.lead));
    assert_eq!((rep(ada), rep(ada)), (rep(again), rep(third)));
    assert!(rep(ada) != rep(bob) && rep(bob) != rep(cy) && rep(cy) != rep(ada));
    assert!(shop.is_sound().await);
}

#[tokio::test]
async fn batches_at_once_find_each_others_people() {
    let shop = Shop::open(&[1; 8]).await;
    let sends = (0..24).map(|number| {
        let own = format!("own{number}@b.test");
        let people = if number % 2 == 0 { ["ada@a.test", &own] } else { [&own, "ada@a.test"] };
        shop.send(people.map(by).to_vec())
    });
    let routed = futures::future::join_all(sends).await;
    let ada = routed.iter().enumerate().map(|(number, batch)| rep(&batch[number % 2]));
    assert_eq!(ada.collect::<std::collections::BTreeSet<_>>().len(), 1);
    assert!(shop.is_sound().await);
}

#[tokio::test]
async fn a_held_lead_is_recognised_again_when_it_is_decided_again() {
    let shop = Shop::open(&[1]).await;
    let paris = |email: &str| RawLead { email: Some(email.to_owned()), ..from("Paris") };
    let held = shop.send(vec![paris("ada@a.test"), paris("bob@initech.com")]).await;
    let ada = shop.send_one(by("ada@a.test")).await;
    shop.bring_accounts("domain,owner\ninitech.com,rep@shop.test\n").await;
    assert_eq!(release_all(&shop.app).await.unwrap(), 2);
    let owners = shop.matches(held[0].lead).await.duplicate.unwrap();
    assert_eq!((owners.lead, owners.owner), (ada.lead, Some(rep(&ada))));
    assert!(shop.matches(held[1].lead).await.account.is_some());
    assert!(shop.is_sound().await);
}

#[tokio::test]
async fn an_owner_who_left_is_passed_over_and_stays_the_accounts_owner() {
    let shop = Shop::open(&[1]).await;
    shop.bring_accounts("domain,owner\ninitech.com,nora@shop.test\n").await;
    let before = shop.send_one(by("bob@initech.com")).await;
    assert_eq!(rep(&before), shop.night_owl);
    leave(&shop.app, shop.workspace, "operator", shop.night_owl).await.unwrap().unwrap();
    let after = shop.send_one(by("cy@initech.com")).await;
    assert!(matches!(after.decision.outcome, Outcome::Assigned { by: By::Pool(_), .. }));
    let account = shop.matches(after.lead).await.account.unwrap().account;
    assert_eq!(account.owner, Some(shop.night_owl));
    // Bob's lead went to another rep with the leaver's leads, and his next one follows it.
    let again = shop.send_one(by("bob@initech.com")).await;
    assert!(owned_by_duplicate(&again, before.lead));
    assert_ne!(rep(&again), shop.night_owl);
    assert!(shop.is_sound().await);
}

#[tokio::test]
async fn a_condition_sees_the_account() {
    let shop = Shop::open(&[1]).await;
    shop.bring_accounts("domain,Tier\ninitech.com,Gold\n").await;
    let mut tx = shop.app.store.begin(shop.workspace).await.unwrap();
    let mut rules = tx.published_ruleset().await.unwrap().unwrap().source;
    drop(tx);
    rules.version += 1;
    rules.id = lr_core::id::RulesetId::new(shop.app.ids.make());
    rules.rules[0].condition = serde_json::from_value(json!({
        "combinator": "and",
        "rules": [{ "field": "account.attributes.Tier", "operator": "=", "value": "gold" }],
    }))
    .unwrap();
    lr_app::rulesets::publish(&shop.app, shop.workspace, rules, "operator").await.unwrap();
    let gold = shop.send_one(by("ada@initech.com")).await;
    assert_eq!(gold.decision.outcome, Outcome::Rejected { reason: "spam".to_owned() });
    assert!(shop.send_one(by("ada@globex.com")).await.rep.is_some());
}

#[tokio::test]
async fn another_workspaces_accounts_and_people_are_never_found() {
    let shop = Shop::open(&[1]).await;
    shop.bring_accounts("domain,owner\ninitech.com,nora@shop.test\n").await;
    shop.send_one(by("ada@initech.com")).await;
    let keys = {
        let raw = by("ada@initech.com");
        let id = LeadId::new(shop.app.ids.make());
        let lead = lr_core::normalise::normalise(id, "api", shop.app.clock.now(), &raw).lead;
        let mut keys = lr_core::identify::keys::person_keys(&lead);
        keys.extend(lr_core::identify::keys::company_keys(&lead));
        (lead, keys)
    };
    for (workspace, found) in [(shop.workspace, true), (shop.other, false)] {
        let mut tx = shop.app.store.begin(workspace).await.unwrap();
        let accounts = tx.accounts_with(&keys.1).await.unwrap();
        assert_eq!(accounts.account_of(&keys.0).is_some(), found);
        let people = tx.leads_with(&keys.1).await.unwrap();
        assert_eq!(people.duplicate_of(&keys.0).is_some(), found);
    }
}
