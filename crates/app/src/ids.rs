//! New ids, the other thing a use case may not make up.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use uuid::Uuid;

/// Where a use case gets ids for what it makes.
#[derive(Debug, Clone)]
pub enum Ids {
    /// UUIDv7: ordered by the machine's clock, never twice.
    System,
    /// 1, 2, 3 …: ids that a test can foretell.
    Counted(Arc<AtomicU64>),
}

impl Ids {
    /// Ids that count up from one.
    pub fn counted() -> Self {
        Self::Counted(Arc::new(AtomicU64::new(1)))
    }

    /// A UUID that was never handed out before, to be wrapped in the type of what it names.
    pub fn make(&self) -> Uuid {
        match self {
            Self::System => system_id(),
            Self::Counted(next) => counted_id(next.fetch_add(1, Ordering::Relaxed)),
        }
    }
}

#[expect(clippy::disallowed_methods, reason = "the one place that makes ids")]
fn system_id() -> Uuid {
    Uuid::now_v7()
}

fn counted_id(number: u64) -> Uuid {
    const VERSION_7: u128 = 0x7000_8000_0000_0000_0000;
    Uuid::from_u128(VERSION_7 | u128::from(number))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counted_ids_are_version_7_and_in_order() {
        let ids = Ids::counted();
        let (first, second) = (ids.make(), ids.make());
        assert_eq!(first.get_version_num(), 7);
        assert!(first < second);
    }
}
