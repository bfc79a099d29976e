//! Things by id and name, as every answer refers to them.

use std::fmt::Display;

use lr_app::route::Named;
use serde::Serialize;
use utoipa::ToSchema;

/// A thing by its id and the name it has or had.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Named)]
pub struct NamedBody {
    /// Its id, such as `rep_018f3c1e5d7a7c3e8b5a1f2e3d4c5b6a`.
    id: String,
    /// Its name.
    name: String,
}

impl NamedBody {
    /// A reference to the thing with this id.
    pub fn new(id: impl Display, name: impl Into<String>) -> Self {
        Self { id: id.to_string(), name: name.into() }
    }
}

impl<Id: Display> From<&Named<Id>> for NamedBody {
    fn from(named: &Named<Id>) -> Self {
        Self::new(&named.id, &named.name)
    }
}

impl<Id: Display> From<(Id, String)> for NamedBody {
    fn from((id, name): (Id, String)) -> Self {
        Self::new(id, name)
    }
}
