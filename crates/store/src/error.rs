//! Why the database did not do what was asked, sorted by what to do about it.

use sqlx::postgres::PgDatabaseError;

/// Why a call of the store failed.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// Nothing was committed and the same call may succeed soon: the server is away or starting,
    /// every connection is taken, or a lock, deadlock or timeout ended the statement.
    #[error("the database is busy or unreachable")]
    Busy(#[source] sqlx::Error),
    /// The rows asked for break a constraint; callers tell cases apart by its name.
    #[error("the constraint {name} forbids it")]
    Constraint {
        /// As in the schema, such as `teams_workspace_id_name_key`.
        name: String,
        /// What Postgres said.
        #[source]
        source: sqlx::Error,
    },
    /// The server would run as a role that row security does not hold back.
    #[error("the role {role} must not serve requests: {why}")]
    UnsafeRole {
        /// The role's name.
        role: String,
        /// What it can do.
        why: &'static str,
    },
    /// A stored row does not read back as the type it was written from.
    #[error("a stored {what} cannot be read")]
    Corrupt {
        /// What was read, such as `decision`.
        what: &'static str,
        /// Where it failed.
        #[source]
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// Anything else: a defect of ours or a database that was changed by hand.
    #[error("the database refused")]
    Refused(#[source] sqlx::Error),
}

impl StoreError {
    /// A stored `what` does not read back, for `map_err`.
    pub(crate) fn corrupt<E>(what: &'static str) -> impl FnOnce(E) -> Self
    where
        E: std::error::Error + Send + Sync + 'static,
    {
        move |source| Self::Corrupt { what, source: Box::new(source) }
    }

    /// The name of the broken constraint, if that is the reason.
    pub fn constraint(&self) -> Option<&str> {
        if let Self::Constraint { name, .. } = self { Some(name) } else { None }
    }

    /// Whether the same call may succeed soon.
    pub fn is_busy(&self) -> bool {
        matches!(self, Self::Busy(_))
    }
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        if is_busy(&error) {
            return Self::Busy(error);
        }
        let constraint = error.as_database_error().and_then(|error| error.constraint());
        match constraint.map(str::to_owned) {
            Some(name) => Self::Constraint { name, source: error },
            None => Self::Refused(error),
        }
    }
}

fn is_busy(error: &sqlx::Error) -> bool {
    if let sqlx::Error::Database(error) = error {
        return error.try_downcast_ref::<PgDatabaseError>().is_some_and(|e| is_busy_code(e.code()));
    }
    matches!(
        error,
        sqlx::Error::Io(_)
            | sqlx::Error::PoolTimedOut
            | sqlx::Error::PoolClosed
            | sqlx::Error::WorkerCrashed
    )
}

/// Classes and codes of <https://www.postgresql.org/docs/current/errcodes-appendix.html> after which
/// trying again makes sense: connection (08), transaction rollback (40: serialization, deadlock),
/// resources (53), lock not available (55P03), cancelled or shut down by the operator or a timeout
/// (57), idle in transaction too long (25P03).
fn is_busy_code(code: &str) -> bool {
    ["08", "40", "53", "57"].iter().any(|class| code.starts_with(class))
        || matches!(code, "55P03" | "25P03")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn timeouts_deadlocks_and_restarts_are_worth_another_try() {
        for code in ["40P01", "40001", "57014", "57P01", "57P03", "55P03", "08006", "53300"] {
            assert!(is_busy_code(code), "{code}");
        }
        assert!(StoreError::from(sqlx::Error::PoolTimedOut).is_busy());
    }

    #[test]
    fn mistakes_are_not_worth_another_try() {
        for code in ["23505", "42501", "42P01", "22P02"] {
            assert!(!is_busy_code(code), "{code}");
        }
        assert!(!StoreError::from(sqlx::Error::RowNotFound).is_busy());
    }
}
