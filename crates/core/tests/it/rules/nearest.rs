//! The smallest change that makes a condition true, against trying every change.

use lr_core::case::Case;
use proptest::prelude::*;
use serde_json::{Value, json};

use super::samples::{all_of, case, condition, unknown};

/// A tree whose leaves are still nameless.
fn trees() -> impl Strategy<Value = Value> {
    let leaf = Just(Value::Null);
    leaf.prop_recursive(3, 8, 3, |node| {
        let members = prop::collection::vec(node, 1..4);
        (any::<bool>(), any::<bool>(), members).prop_map(|(or, not, members)| {
            json!({"combinator": if or { "or" } else { "and" }, "not": not, "rules": members})
        })
    })
}

/// Gives each leaf a flag of its own, and returns how many there are so far.
fn name_leaves(node: Value, named: &mut usize) -> Value {
    let Value::Object(mut group) = node else {
        *named += 1;
        let field = format!("attributes.flag{}", *named - 1);
        return json!({"field": field, "operator": "=", "value": "up"});
    };
    let members = group["rules"].as_array().unwrap().clone();
    let members = members.into_iter().map(|member| name_leaves(member, named));
    group["rules"] = members.collect();
    Value::Object(group)
}

/// A lead whose flags stand as the bits of `flags`.
fn flagged(flags: usize, count: usize) -> Case {
    let mut lead = unknown();
    for flag in 0..count {
        let stands = if flags >> flag & 1 == 1 { "up" } else { "down" };
        lead.attributes.insert(format!("flag{flag}"), stands.to_owned());
    }
    case(&lead)
}

proptest! {
    #[test]
    fn no_smaller_change_makes_the_condition_true(tree in trees(), flags in any::<usize>()) {
        let mut count = 0;
        let condition = condition(&all_of([name_leaves(tree, &mut count)]));
        let flags = flags & ((1 << count) - 1);
        let nearest = condition.nearest(&flagged(flags, count));

        let smallest = (0..1 << count)
            .filter(|change| condition.matches(&flagged(flags ^ change, count)))
            .map(usize::count_ones)
            .min();
        prop_assert_eq!(Some(nearest.len()), smallest.map(|count| count as usize));

        let bits = nearest.iter().map(|failure| {
            let flag = failure.field.trim_start_matches("attributes.flag").parse::<usize>();
            1 << flag.unwrap()
        });
        prop_assert!(condition.matches(&flagged(bits.fold(flags, |flags, bit| flags ^ bit), count)));
    }
}
