//! Who may do what.

use lr_store::members::Role;

/// Something a member may or may not do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    /// See leads, rules, pools and reps of the workspace.
    Read,
    /// Hand in a lead.
    AddLeads,
    /// Publish another order or switch rules on and off.
    ChangeRules,
    /// Change how pools share leads and when reps take them, and let reps leave.
    ChangeTeams,
}

impl Act {
    /// Every act, in the order of the table.
    pub const ALL: [Self; 4] = [Self::Read, Self::AddLeads, Self::ChangeRules, Self::ChangeTeams];
}

/// The one table of acts and roles.
///
/// | act         | owner | admin | manager | rep | viewer |
/// |-------------|-------|-------|---------|-----|--------|
/// | read        | yes   | yes   | yes     | yes | yes    |
/// | add leads   | yes   | yes   | yes     | yes |        |
/// | change rules| yes   | yes   |         |     |        |
/// | change teams| yes   | yes   | yes     |     |        |
pub const fn may(role: Role, act: Act) -> bool {
    match (act, role) {
        (Act::Read, Role::Owner | Role::Admin | Role::Manager | Role::Rep | Role::Viewer)
        | (Act::AddLeads, Role::Owner | Role::Admin | Role::Manager | Role::Rep)
        | (Act::ChangeTeams, Role::Owner | Role::Admin | Role::Manager)
        | (Act::ChangeRules, Role::Owner | Role::Admin) => true,
        (Act::AddLeads, Role::Viewer) => false,
        (Act::ChangeRules, Role::Manager | Role::Rep | Role::Viewer) => false,
        (Act::ChangeTeams, Role::Rep | Role::Viewer) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_owner_may_do_everything_and_a_viewer_only_read() {
        for act in Act::ALL {
            assert!(may(Role::Owner, act), "{act:?}");
            assert_eq!(may(Role::Viewer, act), act == Act::Read, "{act:?}");
        }
    }

    #[test]
    fn only_owners_and_admins_change_rules() {
        let may_change: Vec<Role> =
            Role::ALL.into_iter().filter(|role| may(*role, Act::ChangeRules)).collect();
        assert_eq!(may_change, [Role::Owner, Role::Admin]);
    }
}
