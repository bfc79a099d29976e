//! What the API's document says about the API as a whole.

use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::{Modify, OpenApi};

/// The document without operations.
pub fn base() -> utoipa::openapi::OpenApi {
    Base::openapi()
}

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Lead Router",
        description = "Takes leads, gives each to the right rep, and says why.\n\n\
            Every failure is a problem document (RFC 9457) whose `code` is stable. Lists page by \
            cursor. A `POST` of leads takes an `Idempotency-Key`: the same key with the same body \
            gets the same answer and acts once."
    ),
    modifiers(&Bearer),
    security(("bearer" = []))
)]
struct Base;

struct Bearer;

impl Modify for Bearer {
    fn modify(&self, document: &mut utoipa::openapi::OpenApi) {
        let scheme = HttpBuilder::new()
            .scheme(HttpAuthScheme::Bearer)
            .description(Some(
                "The access token of a session, or an API key `lr_…`. What operations name \
                 here is the act that the member's role or the key's scopes must allow: \
                 docs/roles.md.",
            ))
            .build();
        document
            .components
            .get_or_insert_default()
            .add_security_scheme("bearer", SecurityScheme::Http(scheme));
    }
}
