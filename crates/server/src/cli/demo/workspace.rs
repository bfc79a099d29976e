//! The workspace of Northwind, a vendor of software with four sales teams on three continents.

pub mod rules;

/// The workspace's short name in addresses and commands.
pub const SLUG: &str = "northwind";
/// Its full name.
pub const NAME: &str = "Northwind";
/// Its first member, who signs in: name and address.
pub const OWNER: (&str, &str) = ("Ada Northwind", "ada@northwind.example");

/// A rep with his working days.
#[derive(Debug, Clone, Copy)]
pub struct RepSpec {
    /// Shown name; unique here.
    pub name: &'static str,
    /// IANA time zone.
    pub zone: &'static str,
    /// First and last minute of a working day, Monday to Friday.
    pub day: (&'static str, &'static str),
    /// Absences: days before (negative) or after the end of the history, and how many days long.
    pub leave: &'static [(i64, i64)],
    /// How well he does, in percent of the usual; only what came of leads depends on it.
    pub skill: u64,
}

impl RepSpec {
    /// His address.
    pub fn email(&self) -> String {
        format!("{}@{SLUG}.example", self.name.to_lowercase().replace(' ', "."))
    }
}

/// A team's rotation.
#[derive(Debug, Clone, Copy)]
pub struct PoolSpec {
    /// Its name; unique here.
    pub name: &'static str,
    /// The team it belongs to.
    pub team: &'static str,
    /// Names of its reps with their weights.
    pub members: &'static [(&'static str, u32)],
}

/// The teams.
pub const TEAMS: [&str; 4] = ["Enterprise EMEA", "Enterprise Americas", "Mid-market", "Growth"];

const BERLIN: &str = "Europe/Berlin";
const LONDON: &str = "Europe/London";
const NEW_YORK: &str = "America/New_York";
const LOS_ANGELES: &str = "America/Los_Angeles";
const SINGAPORE: &str = "Asia/Singapore";

/// The reps, in five zones; two of them are away at the end of the history.
#[rustfmt::skip]
pub const REPS: [RepSpec; 16] = [
    RepSpec { name: "Sofia Keller", zone: BERLIN, day: ("08:30", "17:30"), leave: &[(-330, 10), (-120, 14), (40, 7)], skill: 125 },
    RepSpec { name: "Jonas Brandt", zone: BERLIN, day: ("09:00", "18:00"), leave: &[(-200, 21), (-60, 5)], skill: 95 },
    RepSpec { name: "Priya Raman", zone: LONDON, day: ("09:00", "17:30"), leave: &[(-270, 12), (-25, 3)], skill: 115 },
    RepSpec { name: "Callum Fraser", zone: LONDON, day: ("08:00", "16:30"), leave: &[(-160, 14), (-2, 7)], skill: 85 },
    RepSpec { name: "Marcus Bell", zone: NEW_YORK, day: ("08:30", "17:30"), leave: &[(-300, 7), (-90, 10)], skill: 110 },
    RepSpec { name: "Elena Vasquez", zone: NEW_YORK, day: ("09:00", "18:00"), leave: &[(-140, 14)], skill: 130 },
    RepSpec { name: "Dana Whitfield", zone: LOS_ANGELES, day: ("08:00", "17:00"), leave: &[(-250, 10), (-35, 5)], skill: 100 },
    RepSpec { name: "Theo Nakamura", zone: LOS_ANGELES, day: ("09:00", "18:30"), leave: &[(-180, 14), (12, 10)], skill: 90 },
    RepSpec { name: "Lucie Moreau", zone: BERLIN, day: ("09:00", "17:00"), leave: &[(-130, 21), (-70, 2)], skill: 105 },
    RepSpec { name: "Owen Price", zone: LONDON, day: ("09:30", "18:00"), leave: &[(-220, 9), (-100, 10)], skill: 80 },
    RepSpec { name: "Hannah Brooks", zone: NEW_YORK, day: ("08:00", "17:00"), leave: &[(-310, 5), (-150, 12)], skill: 120 },
    RepSpec { name: "Diego Fuentes", zone: LOS_ANGELES, day: ("07:30", "16:30"), leave: &[(-80, 14)], skill: 100 },
    RepSpec { name: "Mei Tan", zone: SINGAPORE, day: ("09:00", "18:00"), leave: &[(-290, 8), (-20, 4)], skill: 110 },
    RepSpec { name: "Arjun Mehta", zone: SINGAPORE, day: ("08:30", "18:30"), leave: &[(-110, 12)], skill: 95 },
    RepSpec { name: "Grace Odell", zone: NEW_YORK, day: ("10:00", "19:00"), leave: &[(-240, 10), (-45, 7)], skill: 100 },
    RepSpec { name: "Felix Baumann", zone: BERLIN, day: ("07:30", "16:00"), leave: &[(-170, 14), (-1, 3)], skill: 90 },
];

/// The pools; some reps take part in two.
#[rustfmt::skip]
pub const POOLS: [PoolSpec; 6] = [
    PoolSpec { name: "Enterprise EMEA", team: "Enterprise EMEA",
        members: &[("Sofia Keller", 3), ("Jonas Brandt", 2), ("Priya Raman", 3), ("Callum Fraser", 2)] },
    PoolSpec { name: "Enterprise Americas", team: "Enterprise Americas",
        members: &[("Marcus Bell", 2), ("Elena Vasquez", 3), ("Dana Whitfield", 2), ("Theo Nakamura", 2)] },
    PoolSpec { name: "Mid-market EMEA", team: "Mid-market",
        members: &[("Lucie Moreau", 1), ("Owen Price", 1), ("Felix Baumann", 1)] },
    PoolSpec { name: "Mid-market Americas", team: "Mid-market",
        members: &[("Hannah Brooks", 3), ("Diego Fuentes", 2), ("Grace Odell", 1)] },
    PoolSpec { name: "APAC", team: "Mid-market", members: &[("Mei Tan", 2), ("Arjun Mehta", 1)] },
    PoolSpec { name: "Growth", team: "Growth",
        members: &[("Arjun Mehta", 2), ("Grace Odell", 3), ("Felix Baumann", 2), ("Diego Fuentes", 2),
            ("Lucie Moreau", 2), ("Owen Price", 2), ("Theo Nakamura", 2), ("Marcus Bell", 1), ("Callum Fraser", 1)] },
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use lr_core::pick::hours::WeeklyHours;
    use lr_core::time::Zone;

    use super::*;

    #[test]
    fn there_are_sixteen_reps_in_five_zones_with_working_hours() {
        assert_eq!(REPS.iter().map(|rep| rep.name).collect::<BTreeSet<_>>().len(), 16);
        assert_eq!(REPS.iter().map(|rep| rep.zone).collect::<BTreeSet<_>>().len(), 5);
        for rep in REPS {
            assert!(Zone::parse(rep.zone).is_ok());
            assert!(WeeklyHours::weekdays(rep.day.0, rep.day.1).is_ok(), "{}", rep.name);
        }
    }

    #[test]
    fn pools_are_made_of_the_reps_and_teams_there_are() {
        let reps: BTreeSet<_> = REPS.iter().map(|rep| rep.name).collect();
        let mut placed = BTreeSet::new();
        for pool in POOLS {
            assert!(TEAMS.contains(&pool.team));
            placed.extend(pool.members.iter().map(|(rep, _)| *rep));
        }
        assert_eq!(placed, reps);
    }
}
