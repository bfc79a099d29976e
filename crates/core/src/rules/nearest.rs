//! The smallest change that would make a condition true.

use crate::case::Case;
use crate::rules::ast::Combinator;
use crate::rules::condition::{Condition, Group, Node, Predicate};
use crate::rules::evaluate::{Failure, member_path};

impl Condition {
    /// The fewest predicates whose answers would all have to change for the condition to be true, in
    /// order; empty exactly when it is true.
    ///
    /// Each is told apart from the others: two of them that ask for the same field may not be
    /// possible together, which the linter reports as a contradiction of the rule.
    pub fn nearest(&self, case: &Case) -> Vec<Failure> {
        let mut found = Vec::new();
        self.root.nearest(case, true, "", &mut found);
        found.into_iter().map(|wish: Wish<'_>| wish.0.blame(case, wish.1, wish.2)).collect()
    }
}

/// A predicate, what it would have to answer, and where it stands.
type Found<'a> = Vec<Wish<'a>>;

struct Wish<'a>(&'a Predicate, bool, String);

impl Group {
    /// Adds what must change for the group to answer `wanted`.
    fn nearest<'a>(&'a self, case: &Case, wanted: bool, path: &str, found: &mut Found<'a>) {
        if self.holds(case) == wanted {
            return;
        }
        let wanted = wanted != self.not;
        let members = self.members.iter().enumerate().map(|(index, member)| {
            let mut change = Vec::new();
            let path = member_path(path, index);
            member.nearest(case, wanted, path, &mut change);
            change
        });
        // An `and` that must be true, and an `or` that must be false, need every member.
        if (self.combinator == Combinator::And) == wanted {
            found.extend(members.flatten());
        } else {
            found.extend(members.min_by_key(Vec::len).unwrap_or_default());
        }
    }
}

impl Node {
    fn nearest<'a>(&'a self, case: &Case, wanted: bool, path: String, found: &mut Found<'a>) {
        match self {
            Self::Group(group) => group.nearest(case, wanted, &path, found),
            Self::Predicate(predicate) if predicate.holds(case) != wanted => {
                found.push(Wish(predicate, wanted, path));
            }
            Self::Predicate(_) => {}
        }
    }
}
