//! Who may do what: the one table.

use lr_store::api_keys::Scope;
use lr_store::members::Role;

/// How far somebody may go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Grant {
    /// Not at all.
    No,
    /// With what is his own: a rep's leads, a manager's teams.
    Own,
    /// With everything in the workspace.
    All,
}

/// An act as a type: whoever asks for it in a signature cannot forget to ask.
pub trait Asked: Send + Sync + 'static {
    /// The act.
    const ACT: Act;
}

macro_rules! acts {
    ($($(#[$doc:meta])* $act:ident = $name:literal, $words:literal,
        [$($role:ident)*] [$($scope:ident)*];)*) => {
        /// Something that somebody may or may not do.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Act {
            $($(#[$doc])* $act,)*
        }

        /// The acts as types, for signatures.
        pub mod act {
            $($(#[$doc])*
            #[derive(Debug, Clone, Copy)]
            pub struct $act;

            impl super::Asked for $act {
                const ACT: super::Act = super::Act::$act;
            })*
        }

        impl Act {
            /// Every act, in the order of the table.
            pub const ALL: &[Self] = &[$(Self::$act,)*];

            /// The act as the API's document names it.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$act => $name,)* }
            }

            /// The act in words, after "may".
            pub const fn words(self) -> &'static str {
                match self { $(Self::$act => $words,)* }
            }

            /// The act's row of the table: the roles and the scopes, each in the order of its `ALL`.
            const fn row(self) -> ([Grant; 5], [Grant; 3]) {
                match self {
                    $(Self::$act => ([$(Grant::$role),*], [$(Grant::$scope),*]),)*
                }
            }
        }
    };
}

acts! {
    // Columns: owner admin manager rep viewer, then keys' scopes: ingest read admin.
    /// See who and where one is.
    ReadSelf = "read-self", "see who and where they are",
        [All All All All All] [No No No];
    /// Change one's own account: name, password, address, sessions.
    ChangeSelf = "change-self", "change their own account and sessions",
        [All All All All All] [No No No];
    /// See leads, and why they went where they went.
    ReadLeads = "read-leads", "see leads and why they went where they went",
        [All All All Own All] [No All All];
    /// See what shows leads of everybody: ledgers' entries, leavers, backtests.
    ReadEverybody = "read-everybody", "see what tells of everybody's leads",
        [All All All No All] [No All All];
    /// See rules, pools, reps, accounts, territories and settings.
    ReadSetup = "read-setup", "see rules, pools, reps, accounts and territories",
        [All All All All All] [No All All];
    /// Hand in leads.
    AddLeads = "add-leads", "hand in leads",
        [All All All All No] [All No All];
    /// Change how pools share leads and when reps take them, give credits, and let reps leave.
    ChangeTeams = "change-teams", "change teams",
        [All All Own No No] [No No All];
    /// Take in accounts and give them to reps.
    ChangeAccounts = "change-accounts", "change accounts",
        [All All All No No] [No No All];
    /// Publish other rules, territories, attributes and settings.
    ChangeRules = "change-rules", "change rules, territories and settings",
        [All All No No No] [No No All];
    /// Keep a draft of rules, try it on past leads and publish it: a person's own desk.
    DraftRules = "draft-rules", "draft rules and try them on past leads",
        [All All No No No] [No No No];
    /// Say who is a rep and who manages which team.
    ManageMembers = "manage-members", "say who is a rep and who manages which team",
        [All All No No No] [No No No];
    /// Make, rotate and revoke API keys.
    ManageKeys = "manage-keys", "see and change API keys",
        [All All No No No] [No No No];
}

/// How far a member may go.
pub const fn of_role(role: Role, act: Act) -> Grant {
    let [owner, admin, manager, rep, viewer] = act.row().0;
    match role {
        Role::Owner => owner,
        Role::Admin => admin,
        Role::Manager => manager,
        Role::Rep => rep,
        Role::Viewer => viewer,
    }
}

/// How far an API key of one scope may go.
pub const fn of_scope(scope: Scope, act: Act) -> Grant {
    let [ingest, read, admin] = act.row().1;
    match scope {
        Scope::Ingest => ingest,
        Scope::Read => read,
        Scope::Admin => admin,
    }
}

/// How far an API key may go: as far as the strongest of its scopes.
pub fn of_scopes(scopes: &[Scope], act: Act) -> Grant {
    scopes.iter().map(|scope| of_scope(*scope, act)).max().unwrap_or(Grant::No)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_owner_may_do_everything_and_a_viewer_changes_only_himself() {
        for act in Act::ALL {
            assert_eq!(of_role(Role::Owner, *act), Grant::All, "{act:?}");
            if of_role(Role::Viewer, *act) != Grant::No && *act != Act::ChangeSelf {
                assert!(act.name().starts_with("read-"), "{act:?}");
            }
        }
    }

    #[test]
    fn no_role_may_more_than_the_one_before_it_but_for_reps_who_hand_in_leads() {
        for act in Act::ALL {
            for pair in Role::ALL.windows(2) {
                let viewer_reads = pair[1] == Role::Viewer;
                let fewer = of_role(pair[0], *act) >= of_role(pair[1], *act);
                assert!(fewer || viewer_reads, "{act:?} {pair:?}");
            }
        }
    }

    #[test]
    fn no_key_reaches_people_or_keys_nor_further_than_an_admin() {
        for act in Act::ALL {
            let key = of_scopes(&Scope::ALL, *act);
            assert!(key <= of_role(Role::Admin, *act), "{act:?}");
        }
        let people = [Act::ManageKeys, Act::ManageMembers, Act::ReadSelf, Act::ChangeSelf];
        for act in people.into_iter().chain([Act::DraftRules]) {
            assert_eq!(of_scopes(&Scope::ALL, act), Grant::No, "{act:?}");
        }
        assert_eq!(of_scopes(&[], Act::AddLeads), Grant::No);
    }
}
