//! Typed identifiers: a UUIDv7 inside, `lead_018f…` outside.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use uuid::Uuid;

/// Why a text is not the identifier that was asked for.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{text}` is not an id of the form {prefix}_… with 32 hexadecimal digits")]
pub struct IdError {
    prefix: &'static str,
    text: String,
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident = $prefix:literal;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Uuid);

        impl $name {
            /// The prefix of the outside form, without the underscore.
            pub const PREFIX: &'static str = $prefix;

            /// Wraps the UUID of a stored row or a freshly made one.
            pub const fn new(uuid: Uuid) -> Self {
                Self(uuid)
            }

            /// The UUID inside, as stored.
            pub const fn uuid(self) -> Uuid {
                self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!($prefix, "_{}"), self.0.simple())
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(self, f)
            }
        }

        impl FromStr for $name {
            type Err = IdError;

            fn from_str(text: &str) -> Result<Self, IdError> {
                parse($prefix, text).map(Self)
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                if serializer.is_human_readable() {
                    serializer.collect_str(self)
                } else {
                    self.0.serialize(serializer)
                }
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                if deserializer.is_human_readable() {
                    let text = String::deserialize(deserializer)?;
                    text.parse().map_err(serde::de::Error::custom)
                } else {
                    Uuid::deserialize(deserializer).map(Self)
                }
            }
        }
    )*};
}

ids! {
    /// A tenant.
    WorkspaceId = "ws";
    /// A person who signs in.
    UserId = "usr";
    /// A sign-in on one device.
    SessionId = "ses";
    /// An API key of a workspace.
    ApiKeyId = "key";
    /// A member who takes leads.
    RepId = "rep";
    /// A group of reps.
    TeamId = "team";
    /// A team's rotation.
    PoolId = "pool";
    /// Where leads come from: the API, an import, a web form.
    SourceId = "src";
    /// One person who asked for something.
    LeadId = "lead";
    /// One version of a workspace's rules.
    RulesetId = "rset";
    /// A rule; it keeps its id from version to version.
    RuleId = "rule";
    /// What was decided about a lead, once.
    DecisionId = "dec";
    /// Who owns a lead, from when to when.
    AssignmentId = "asg";
    /// A stored state of everything that decides and changes rarely: ruleset, reps, pools.
    ConfigId = "cfg";
    /// A company that the workspace knows.
    AccountId = "acc";
    /// A table that tells who owns which part of the market.
    TerritoryId = "terr";
    /// A comparison of ways to treat the leads of a rule.
    ExperimentId = "exp";
    /// A ruleset tried on past leads.
    BacktestId = "bt";
    /// One import of a file.
    ImportId = "imp";
    /// An outgoing webhook.
    WebhookId = "hook";
    /// What came of a lead.
    OutcomeId = "out";
}

fn parse(prefix: &'static str, text: &str) -> Result<Uuid, IdError> {
    text.strip_prefix(prefix)
        .and_then(|rest| rest.strip_prefix('_'))
        .filter(|hex| hex.len() == 32)
        .and_then(|hex| Uuid::try_parse(hex).ok())
        .ok_or_else(|| IdError { prefix, text: text.chars().take(64).collect() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_reads_back_what_it_shows() {
        let id = LeadId::new(Uuid::from_u128(0x018f_0000_0000_7000_8000_0000_0000_0001));
        assert_eq!(id.to_string().parse::<LeadId>().unwrap(), id);
    }

    #[test]
    fn an_id_of_another_kind_is_refused() {
        let rep = RepId::new(Uuid::nil()).to_string();
        assert!(rep.parse::<LeadId>().is_err());
    }

    #[test]
    fn a_dashed_or_short_uuid_is_refused() {
        assert!("lead_00000000-0000-0000-0000-000000000000".parse::<LeadId>().is_err());
        assert!("lead_00".parse::<LeadId>().is_err());
    }
}
