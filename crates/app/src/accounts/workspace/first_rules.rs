//! The rules that a workspace begins with.

use lr_core::id::{RuleId, RulesetId, UserId};
use lr_core::rules::action::{Action, Target};
use lr_core::rules::ast::{
    Combinator, Group, Node, Predicate, RuleSource, RulesetSource, ValueSource,
};
use lr_store::error::StoreError;
use lr_store::rulesets::{Publication, PublishError};
use lr_store::workspace_tx::WorkspaceTx;
use serde_json::Value;

use crate::context::App;
use crate::forms::HONEYPOT_ATTRIBUTE;

/// Where leads go until somebody writes rules.
const QUEUE: &str = "Unassigned";

/// Publishes rules that reject what a form's honeypot caught and send everything else to a queue, so
/// that from the first moment no lead lands nowhere.
pub(super) async fn publish(
    app: &App,
    tx: &mut WorkspaceTx,
    author: UserId,
) -> Result<(), StoreError> {
    let rules = RulesetSource {
        id: RulesetId::new(app.ids.make()),
        version: 1,
        rules: vec![reject_spam(RuleId::new(app.ids.make()))],
        catch_all: Action::to(Target::Queue(QUEUE.to_owned())),
    };
    let author = author.to_string();
    let at = app.clock.now();
    match tx.publish(Publication { source: &rules, author: &author, note: None, at }).await {
        // Only a version after the first can come too late.
        Ok(()) | Err(PublishError::Moved) => Ok(()),
        Err(PublishError::Store(error)) => Err(error),
    }
}

fn reject_spam(id: RuleId) -> RuleSource {
    let caught = Predicate {
        field: format!("attributes.{HONEYPOT_ATTRIBUTE}"),
        operator: "notNull".to_owned(),
        value: Value::Null,
        value_source: ValueSource::Value,
        muted: false,
    };
    let condition = Group {
        combinator: Combinator::And,
        not: false,
        rules: vec![Node::Predicate(caught)],
        muted: false,
    };
    let action = Action::to(Target::Reject("spam".to_owned()));
    RuleSource {
        id,
        name: "Caught by a form’s honeypot".to_owned(),
        enabled: true,
        condition,
        action,
        owner_first: true,
        experiment: None,
    }
}

#[cfg(test)]
mod tests {
    use lr_core::rules::Ruleset;
    use lr_core::rules::terms::Terms;
    use uuid::Uuid;

    use super::*;

    #[test]
    fn the_first_rules_pass_the_checks() {
        let rules = RulesetSource {
            id: RulesetId::new(Uuid::nil()),
            version: 1,
            rules: vec![reject_spam(RuleId::new(Uuid::nil()))],
            catch_all: Action::to(Target::Queue(QUEUE.to_owned())),
        };
        Ruleset::check(rules, &Terms::default()).unwrap();
    }
}
