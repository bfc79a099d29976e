//! Job titles, with the seniority and the function they tell.

mod words;

use serde::{Deserialize, Serialize};

use crate::normalise::text;

/// A job title as written, and what it tells about its holder.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Title {
    text: String,
    seniority: Seniority,
    function: Function,
}

/// Longest title that is kept, in characters.
pub const MAX_TITLE: usize = 150;

/// Why a text is no job title, in words for the person who reads the lead.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TitleError {
    /// It fills the field without saying anything.
    #[error("does not name a job")]
    Placeholder,
    /// An e-mail or web address.
    #[error("is an address, not a job title")]
    Address,
}

/// How high a title stands, lowest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Seniority {
    /// Interns, trainees, students.
    Intern,
    /// Everybody whose title names no level.
    Individual,
    /// Senior, lead, principal, staff.
    Senior,
    /// Managers and team leads.
    Manager,
    /// Directors and heads of something.
    Director,
    /// Vice presidents.
    Vp,
    /// Chief officers, presidents, managing directors.
    CLevel,
    /// Founders, owners, partners.
    Owner,
}

/// What kind of work a title names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Function {
    /// Sales, business development, accounts.
    Sales,
    /// Marketing, brand, communication, growth.
    Marketing,
    /// Software and other engineering, research, data.
    Engineering,
    /// Systems, networks, information security.
    It,
    /// Finance, accounting, controlling, procurement of money.
    Finance,
    /// People, talent, recruiting.
    Hr,
    /// Operations, logistics, purchasing, projects.
    Operations,
    /// Product and design.
    Product,
    /// Law, compliance, privacy.
    Legal,
    /// Support and customer success.
    Support,
    /// Running the company as a whole.
    Executive,
    /// None of these, or not told.
    Other,
}

impl Seniority {
    /// Every seniority, lowest first.
    pub const ALL: [Self; 8] = [
        Self::Intern,
        Self::Individual,
        Self::Senior,
        Self::Manager,
        Self::Director,
        Self::Vp,
        Self::CLevel,
        Self::Owner,
    ];

    /// The stable name that rules compare.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Intern => "intern",
            Self::Individual => "individual",
            Self::Senior => "senior",
            Self::Manager => "manager",
            Self::Director => "director",
            Self::Vp => "vp",
            Self::CLevel => "c_level",
            Self::Owner => "owner",
        }
    }

    /// The seniority in words.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Intern => "intern",
            Self::Individual => "individual contributor",
            Self::Senior => "senior",
            Self::Manager => "manager",
            Self::Director => "director",
            Self::Vp => "vice president",
            Self::CLevel => "C-level",
            Self::Owner => "owner or founder",
        }
    }
}

impl Function {
    /// Every function, in the order in which a choice is shown.
    pub const ALL: [Self; 12] = [
        Self::Sales,
        Self::Marketing,
        Self::Engineering,
        Self::It,
        Self::Finance,
        Self::Hr,
        Self::Operations,
        Self::Product,
        Self::Legal,
        Self::Support,
        Self::Executive,
        Self::Other,
    ];

    /// The stable name that rules compare.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Sales => "sales",
            Self::Marketing => "marketing",
            Self::Engineering => "engineering",
            Self::It => "it",
            Self::Finance => "finance",
            Self::Hr => "hr",
            Self::Operations => "operations",
            Self::Product => "product",
            Self::Legal => "legal",
            Self::Support => "support",
            Self::Executive => "executive",
            Self::Other => "other",
        }
    }

    /// The function in words.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Sales => "sales",
            Self::Marketing => "marketing",
            Self::Engineering => "engineering",
            Self::It => "IT",
            Self::Finance => "finance",
            Self::Hr => "human resources",
            Self::Operations => "operations",
            Self::Product => "product",
            Self::Legal => "legal",
            Self::Support => "customer support",
            Self::Executive => "general management",
            Self::Other => "other",
        }
    }
}

impl Title {
    /// Reads a title: tidied, ALL CAPS and all-small repaired, abbreviations kept.
    pub fn parse(raw: &str) -> Result<Self, TitleError> {
        let line = text::line(raw, MAX_TITLE).text;
        let line = line.trim_matches(|c: char| c.is_whitespace() || "\"“”„«»,;-".contains(c));
        if text::is_placeholder(line) {
            return Err(TitleError::Placeholder);
        }
        if line.contains('@') && !line.contains(' ') || line.contains("://") {
            return Err(TitleError::Address);
        }
        let text = text::line(&words::recased(line), MAX_TITLE).text;
        let (seniority, function) = words::tell(&text);
        Ok(Self { text, seniority, function })
    }

    /// The title as written, tidied.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// How high it stands; a title that names no level is an individual's.
    pub fn seniority(&self) -> Seniority {
        self.seniority
    }

    /// What kind of work it names.
    pub fn function(&self) -> Function {
        self.function
    }
}

#[cfg(test)]
mod tests;
