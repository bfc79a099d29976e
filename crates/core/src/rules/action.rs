//! What a rule does with the leads that it is for.

use serde::{Deserialize, Serialize};

use crate::id::{PoolId, RepId, TerritoryId};

/// What to do with a lead: a first choice, then others in order for when it yields nobody.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Action {
    /// The first choice.
    pub target: Target,
    /// Tried in order when the one before yields nobody.
    #[serde(default)]
    pub fallback: Vec<Target>,
    /// What is written on the lead, wherever it goes.
    #[serde(default)]
    pub set: Vec<Setting>,
}

impl Action {
    /// Sends the lead to one target, without a fallback.
    pub const fn to(target: Target) -> Self {
        Self { target, fallback: Vec::new(), set: Vec::new() }
    }

    /// The first choice and the fallbacks, in the order in which they are tried.
    pub fn targets(&self) -> impl Iterator<Item = &Target> {
        std::iter::once(&self.target).chain(&self.fallback)
    }
}

/// Where a lead can go.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Target {
    /// A named rep, if he passes the gates.
    Rep(RepId),
    /// The rep whose turn it is in a pool.
    Pool(PoolId),
    /// The owner of the matched account, if there is one.
    AccountOwner,
    /// The owner of the same person's earlier lead, if there is one.
    DuplicateOwner,
    /// The owner of the territory's row that is for the lead, if there is one.
    TerritoryOwner(TerritoryId),
    /// A named queue, from which people take leads by hand.
    Queue(String),
    /// Nobody: spam, a competitor, a student. The text says which.
    Reject(String),
}

/// One thing that an action writes on a lead.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Setting {
    /// A word that lists can be filtered by.
    Tag(String),
    /// How soon the lead wants an answer.
    Priority(Priority),
    /// A custom attribute, in place of what the lead came with.
    Attribute {
        /// Its name.
        name: String,
        /// Its new value.
        value: String,
    },
}

/// How soon a lead wants an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Priority {
    /// When there is time.
    Low,
    /// In its turn.
    Normal,
    /// Before others.
    High,
}

impl Priority {
    /// The name as stored and as shown by the API.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Normal => "normal",
            Self::High => "high",
        }
    }
}
