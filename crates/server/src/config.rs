//! Configuration: flags and environment, read once, every fault reported together.

pub mod data;
pub mod database;
pub mod egress;
pub mod listen;
pub mod log;
pub mod people;
pub mod secret;

use std::fmt;

/// Everything that is wrong with the configuration.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct ConfigError {
    faults: Vec<String>,
}

impl ConfigError {
    /// Takes the value of a section, or notes its faults and goes on to the next section.
    pub fn collect<T>(&mut self, section: Result<T, String>) -> Option<T> {
        section.map_err(|fault| self.faults.push(fault)).ok()
    }
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the configuration is wrong: {}", self.faults.join("; "))
    }
}

impl std::error::Error for ConfigError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_fault_is_reported_at_once() {
        let mut faults = ConfigError::default();
        assert_eq!(faults.collect(Ok::<_, String>(1)), Some(1));
        assert_eq!(faults.collect(Err::<u8, _>("no port".to_owned())), None);
        assert_eq!(faults.collect(Err::<u8, _>("no folder".to_owned())), None);
        assert_eq!(faults.to_string(), "the configuration is wrong: no port; no folder");
    }
}
