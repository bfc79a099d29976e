//! A condition as the ways in which it can be true, or false.

use crate::rules::ast::Combinator;
use crate::rules::condition::{Condition, Group, Node, Predicate};

/// Most ways of one condition that are looked at; about a condition with more, nothing is claimed.
const MAX_WAYS: usize = 64;

/// A predicate, and whether it is to be true.
#[derive(Debug, Clone, Copy)]
pub(super) struct Literal<'a> {
    pub(super) predicate: &'a Predicate,
    pub(super) wanted: bool,
}

/// Literals that are all to hold at once.
pub(super) type Way<'a> = Vec<Literal<'a>>;

/// The ways in which `condition` answers `wanted`: it does so exactly for the leads of which every
/// literal of at least one way holds. `None` if there are too many.
pub(super) fn ways(condition: &Condition, wanted: bool) -> Option<Vec<Way<'_>>> {
    of_group(&condition.root, wanted)
}

fn of_group(group: &Group, wanted: bool) -> Option<Vec<Way<'_>>> {
    let wanted = wanted != group.not;
    if group.members.is_empty() {
        return Some(if wanted { vec![Vec::new()] } else { Vec::new() });
    }
    let members = group.members.iter().map(|member| match member {
        Node::Group(group) => of_group(group, wanted),
        Node::Predicate(predicate) => Some(vec![vec![Literal { predicate, wanted }]]),
    });
    if (group.combinator == Combinator::And) == wanted { every(members) } else { any(members) }
}

fn any<'a>(members: impl Iterator<Item = Option<Vec<Way<'a>>>>) -> Option<Vec<Way<'a>>> {
    let mut all = Vec::new();
    for ways in members {
        all.extend(ways?);
        if all.len() > MAX_WAYS {
            return None;
        }
    }
    Some(all)
}

fn every<'a>(members: impl Iterator<Item = Option<Vec<Way<'a>>>>) -> Option<Vec<Way<'a>>> {
    let mut all = vec![Vec::new()];
    for ways in members {
        let ways = ways?;
        if all.len().saturating_mul(ways.len()) > MAX_WAYS {
            return None;
        }
        let joined = |before: &Way<'a>| {
            let before = before.clone();
            ways.iter().map(move |way| [before.as_slice(), way].concat()).collect::<Vec<_>>()
        };
        all = all.iter().flat_map(joined).collect();
    }
    Some(all)
}
