//! What custom attributes hold, as a workspace declares it.

use lr_core::id::WorkspaceId;
use lr_core::rules::ast::RuleSource;
use lr_core::rules::condition::Condition;
use lr_core::rules::field::Field;
use lr_core::rules::kind::{AttributeTypes, ValueKind};
use lr_core::rules::terms::Terms;
use lr_store::audit::AuditEntry;
use lr_store::error::StoreError;
use lr_store::workspace_tx::WorkspaceTx;
use serde_json::json;

use crate::audit::entry;
use crate::configs::ConfigError;
use crate::context::App;

/// Why a declaration was not changed; nothing was done.
#[derive(Debug, thiserror::Error)]
pub enum AttributeError {
    /// It is not the name of an attribute.
    #[error("there is no attribute of this name")]
    Name,
    /// Nothing was declared about it.
    #[error("nothing is declared about the attribute")]
    Missing,
    /// These rules, in force or in a draft, ask it what they then could not.
    #[error("the attribute is used by {}", .0.join(", "))]
    InUse(Vec<String>),
    /// The configuration that it is part of cannot be used.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// The database did not do it.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// What is declared.
///
/// # Errors
/// If the database does not answer.
pub async fn list(app: &App, workspace: WorkspaceId) -> Result<AttributeTypes, StoreError> {
    app.store.begin(workspace).await?.attribute_types().await
}

/// Declares what the attribute that conditions know as `name` holds; `None` takes the declaration back.
///
/// # Errors
/// [`AttributeError::InUse`] if a rule in force or in a draft would no longer pass the check.
pub async fn declare(
    app: &App,
    workspace: WorkspaceId,
    actor: &str,
    name: &str,
    kind: Option<ValueKind>,
) -> Result<(), AttributeError> {
    let field = Field::parse(name, &AttributeTypes::default()).filter(Field::is_attribute);
    let field = field.ok_or(AttributeError::Name)?;
    let mut tx = app.store.begin(workspace).await?;
    // From here on no new rule can use it.
    tx.lock_config().await?;
    let terms = app.configs.terms(&mut tx).await?;
    let before = terms.attributes.declared().find(|(known, _)| known.name() == field.name());
    let before = before.map(|(_, kind)| kind);
    if before == kind {
        return if kind.is_none() { Err(AttributeError::Missing) } else { Ok(()) };
    }
    let users = users(&mut tx, &terms, &field, kind).await?;
    if !users.is_empty() {
        return Err(AttributeError::InUse(users));
    }
    match kind {
        Some(kind) => tx.declare_attribute(&field, kind).await?,
        None => {
            tx.forget_attribute(&field).await?;
        }
    }
    let said = |kind: Option<ValueKind>| kind.map(|kind| json!({ "kind": kind.as_str() }));
    let action = if kind.is_some() { "attribute.declared" } else { "attribute.forgotten" };
    let entry = entry(app, actor, action, field.name());
    tx.add_audit_entry(&AuditEntry { before: said(before), after: said(kind), ..entry }).await?;
    Ok(tx.commit().await?)
}

/// The rules in force and in drafts that pass the check now and would not any more.
async fn users(
    tx: &mut WorkspaceTx,
    terms: &Terms,
    field: &Field,
    kind: Option<ValueKind>,
) -> Result<Vec<String>, StoreError> {
    let mut changed = terms.clone();
    changed.attributes.declare(field, kind);
    let breaks = |rule: &&RuleSource| {
        let passes = |terms| Condition::check(&rule.condition, terms).is_ok();
        passes(terms) && !passes(&changed)
    };
    let mut users = Vec::new();
    if let Some(published) = tx.published_ruleset().await? {
        let broken = published.source.rules.iter().filter(breaks);
        users.extend(broken.map(|rule| format!("“{}”", rule.name)));
    }
    for (author, draft) in tx.drafts().await? {
        let broken = draft.rules.iter().filter(breaks);
        users.extend(broken.map(|rule| format!("“{}” in the draft of {author}", rule.name)));
    }
    Ok(users)
}
