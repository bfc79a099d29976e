//! Why a version was published.

/// The longest note, in characters.
pub const MAX_NOTE: usize = 1_000;

/// Why a version is published, in the author's words: 1 to 1,000 characters, trimmed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note(String);

/// The text is blank, too long, or holds a NUL character.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a note has 1 to {MAX_NOTE} characters")]
pub struct NoteError;

impl Note {
    /// Takes what somebody wrote.
    pub fn parse(text: &str) -> Result<Self, NoteError> {
        let text = text.trim();
        let fits = (1..=MAX_NOTE).contains(&text.chars().count()) && !text.contains('\0');
        if fits { Ok(Self(text.to_owned())) } else { Err(NoteError) }
    }

    /// What was written.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_note_is_what_the_schema_accepts() {
        assert_eq!(Note::parse(" Split EMEA \n").unwrap().as_str(), "Split EMEA");
        for bad in ["", " \t", "a\0b", &"x".repeat(MAX_NOTE + 1)] {
            assert_eq!(Note::parse(bad), Err(NoteError), "{bad:?}");
        }
    }
}
