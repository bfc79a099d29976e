//! Lines of the audit.

use std::fmt::Display;

use lr_store::audit::AuditEntry;

use crate::context::App;

/// Says that `actor` does `action` to `object` now; what was changed is for the caller to fill in.
pub(crate) fn entry(
    app: &App,
    actor: impl Display,
    action: &str,
    object: impl Display,
) -> AuditEntry {
    AuditEntry {
        id: app.ids.make(),
        at: app.clock.now(),
        actor: actor.to_string(),
        action: action.to_owned(),
        object: object.to_string(),
        before: None,
        after: None,
    }
}
