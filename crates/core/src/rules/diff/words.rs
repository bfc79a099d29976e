//! A change as lines for a terminal: `+` came, `-` went, `~` is another.

use crate::rules::action::Target;
use crate::rules::diff::lines::{Line, Mark};
use crate::rules::diff::{Change, Stated};
use crate::rules::experiment::{Experiment, Treatment, Unit};

impl Change {
    /// The change in words; the lines after the first tell more and are indented.
    pub fn lines(&self) -> Vec<String> {
        match self {
            Self::Added(rule) => stated('+', "is new, at", rule),
            Self::Removed(rule) => stated('-', "is gone; it stood at", rule),
            Self::Renamed { name, before, .. } => {
                vec![format!("~ “{before}” is now called “{name}”")]
            }
            Self::Moved { name, before, after, .. } => {
                vec![format!("~ “{name}” moved from {before} to {after}")]
            }
            Self::Switched { name, enabled, .. } => {
                vec![format!("~ “{name}” is switched {}", on(*enabled))]
            }
            Self::Condition { name, lines, .. } => {
                let mut said = vec![format!("~ “{name}” is for other leads")];
                said.extend(lines.iter().map(Line::marked));
                said
            }
            Self::Action { name, before, after, .. } => {
                let head = format!("~ “{name}” does something else");
                vec![head, format!("  - {before}"), format!("  + {after}")]
            }
            Self::OwnerFirst { name, owner_first, .. } => {
                vec![format!("~ “{name}” has owner-first switched {}", on(*owner_first))]
            }
            Self::Experiment { name, lines, .. } => {
                let mut said = vec![format!("~ “{name}” has another experiment")];
                said.extend(lines.iter().map(Line::marked));
                said
            }
            Self::CatchAll { before, after } => {
                let head = "~ The catch-all does something else".to_owned();
                vec![head, format!("  - {before}"), format!("  + {after}")]
            }
        }
    }
}

impl Line {
    fn marked(&self) -> String {
        let mark = match self.mark {
            Mark::Same => ' ',
            Mark::Removed => '-',
            Mark::Added => '+',
        };
        format!("  {mark} {}", self.text)
    }
}

fn stated(mark: char, what: &str, rule: &Stated) -> Vec<String> {
    let off = if rule.enabled { "" } else { ", switched off" };
    let mut lines = vec![format!("{mark} “{}” {what} {}{off}", rule.name, rule.position)];
    lines.extend(rule.condition.iter().map(|line| format!("  {mark} {line}")));
    lines.push(format!("  {mark} → {}", rule.action));
    lines
}

const fn on(enabled: bool) -> &'static str {
    if enabled { "on" } else { "off" }
}

/// An experiment as lines; none as none.
pub(super) fn experiment(
    experiment: Option<&Experiment>,
    name_of: impl Fn(&Target) -> Option<String>,
) -> Vec<String> {
    let Some(Experiment { id, unit, variants }) = experiment else { return Vec::new() };
    let unit = match unit {
        Unit::Person => "person",
        Unit::Account => "account",
    };
    let variants = variants.iter().map(|variant| {
        let treatment = match &variant.treatment {
            Treatment::Control => "as the rule says".to_owned(),
            Treatment::Instead(action) => action.describe(&name_of),
            Treatment::Holdout => "the rule is passed over".to_owned(),
        };
        format!("  {} parts “{}”: {treatment}", variant.weight, variant.name)
    });
    std::iter::once(format!("{id}, by {unit}")).chain(variants).collect()
}
