//! Why the rules were not changed or cannot be shown, as problems.

use lr_app::rulesets::ChangeError;
use lr_app::rulesets::note::NoteError;
use lr_app::rulesets::view::ViewError;
use lr_core::rules::check::Fault;

use crate::http::problem::{self, Code, Problem};

impl From<ChangeError> for Problem {
    fn from(error: ChangeError) -> Self {
        match error {
            ChangeError::Moved => Self::new(
                Code::RulesetMoved,
                "Somebody published a newer version. Look at it and change that one.",
            ),
            ChangeError::NoRule(_) => Self::not_found("rule"),
            ChangeError::NoDraft => Self::not_found("draft"),
            ChangeError::NoVersion(_) => Self::not_found("version"),
            ChangeError::Order(count) => Self::at(
                Code::InvalidBody,
                "/order",
                format!("The order must name each of the {count} rules once."),
            ),
            ChangeError::Faults(faults) => {
                let problem = Self::new(Code::InvalidBody, "The rules have faults.");
                faults.into_iter().fold(problem, |problem, fault| problem.with(fault.into()))
            }
            ChangeError::Findings(findings) => {
                let problem = Self::new(
                    Code::RulesHaveErrors,
                    "The rules have errors that keep them from being published.",
                );
                findings.into_iter().fold(problem, |problem, finding| {
                    let pointer = Some(pointer(&finding.path));
                    problem.with(problem::Fault { pointer, field: None, detail: finding.words })
                })
            }
            ChangeError::NoRules => {
                Self::new(Code::NoRules, "Nothing was ever published in this workspace.")
            }
            ChangeError::Once(error) => error.into(),
            ChangeError::Config(error) => error.into(),
            ChangeError::Store(error) => error.into(),
        }
    }
}

/// The same, of a body that names a version at `pointer`.
pub fn naming_version(pointer: &'static str) -> impl Fn(ChangeError) -> Problem {
    move |error| {
        let ChangeError::NoVersion(version) = error else { return error.into() };
        let detail = format!("There never was a version {version}.");
        Problem::at(Code::InvalidBody, pointer, detail)
    }
}

impl From<Fault> for problem::Fault {
    fn from(fault: Fault) -> Self {
        Self { pointer: Some(pointer(&fault.path)), field: None, detail: fault.message }
    }
}

impl From<NoteError> for Problem {
    fn from(error: NoteError) -> Self {
        Self::at(Code::InvalidBody, "/note", format!("This is no note: {error}."))
    }
}

impl From<ViewError> for Problem {
    fn from(error: ViewError) -> Self {
        match error {
            ViewError::Config(error) => error.into(),
            ViewError::Store(error) => error.into(),
        }
    }
}

/// A path such as `rules[3].condition` as a JSON pointer; names in it have neither `/` nor `~`.
pub fn pointer(path: &str) -> String {
    let steps = path.split(['.', '[']).map(|step| step.trim_end_matches(']'));
    steps.map(|step| format!("/{step}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_in_a_ruleset_is_a_json_pointer() {
        assert_eq!(
            pointer("rules[3].condition.rules[0].value[2]"),
            "/rules/3/condition/rules/0/value/2"
        );
        assert_eq!(pointer("catch_all.target.queue"), "/catch_all/target/queue");
    }
}
