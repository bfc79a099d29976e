//! Experiments: the leads of a rule divided by lot among ways to treat them, for good.
//!
//! The lot is a hash of who somebody is, keyed by the experiment: the same person or account always
//! draws the same variant, two experiments draw independently of each other, and nothing is stored.

use std::num::NonZeroU32;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::case::Case;
use crate::id::ExperimentId;
use crate::rules::action::Action;

/// A comparison of ways to treat the leads of a rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Experiment {
    /// Its id, which keys the lot: another id draws everybody anew.
    pub id: ExperimentId,
    /// Who draws.
    pub unit: Unit,
    /// The ways; weights relative to each other.
    ///
    /// The lot is a point on a line that the variants share in this order, so a change of weights
    /// moves only those between an old border and the new one.
    pub variants: Vec<Variant>,
}

/// Who draws the lot, and keeps it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// The person: e-mail address, else phone; else each lead by itself.
    Person,
    /// The company: matched account, else domain, else name; else as the person.
    Account,
}

/// One way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Variant {
    /// Shown wherever the variant is named; unique in the experiment.
    pub name: String,
    /// Its share relative to the others.
    pub weight: NonZeroU32,
    /// What happens to its leads.
    pub treatment: Treatment,
}

/// What happens to the leads of a variant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Treatment {
    /// The rule's own action.
    Control,
    /// Another action in its place.
    Instead(Action),
    /// The rule is passed over, as though it were not there.
    Holdout,
}

/// The variant that somebody drew.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cohort {
    /// The experiment.
    pub experiment: ExperimentId,
    /// The variant's name.
    pub variant: String,
}

impl Experiment {
    /// The variant that the person or account of `case` draws; `None` only if there is no variant.
    pub fn draw(&self, case: &Case) -> Option<&Variant> {
        let total = self.variants.iter().map(|variant| u64::from(variant.weight.get())).sum();
        let mut point = share(self.lot(case), total);
        self.variants.iter().find(|variant| {
            let weight = u64::from(variant.weight.get());
            let drawn = point < weight;
            point = point.saturating_sub(weight);
            drawn
        })
    }

    /// 64 even bits: the first of SHA-256 over the experiment's id, the kind of identity and the
    /// identity itself. The lots of past decisions hang on it, so it never changes.
    fn lot(&self, case: &Case) -> u64 {
        let (kind, identity) = match self.unit {
            Unit::Person => person(case),
            Unit::Account => account(case),
        };
        let mut hash = Sha256::new();
        hash.update(self.id.uuid().as_bytes());
        hash.update(kind);
        hash.update(identity);
        let first = hash.finalize().into_iter().take(8);
        first.fold(0, |bits, byte| bits << 8 | u64::from(byte))
    }
}

/// Maps `lot` evenly to a number below `total`.
fn share(lot: u64, total: u64) -> u64 {
    let product = u128::from(lot) * u128::from(total);
    u64::try_from(product >> 64).unwrap_or(0)
}

/// Normalised values, so a change of case or spelling draws nothing anew.
fn person(case: &Case) -> (&'static str, String) {
    let lead = &case.lead;
    if let Some(email) = &lead.email {
        return ("email:", email.canonical());
    }
    match &lead.phone {
        Some(phone) => ("phone:", phone.as_str().to_owned()),
        None => ("lead:", lead.id.to_string()),
    }
}

fn account(case: &Case) -> (&'static str, String) {
    if let Some(account) = case.account() {
        return ("account:", account.id.to_string());
    }
    if let Some(domain) = &case.lead.domain {
        return ("domain:", domain.as_str().to_owned());
    }
    match &case.lead.company {
        Some(company) => ("company:", company.key().to_owned()),
        None => person(case),
    }
}
