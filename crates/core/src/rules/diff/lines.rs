//! Two texts as one, each line marked by which of them has it.

/// The most pairs of lines that are compared to find what both texts share; beyond it, all lines of
/// the one stand before all of the other.
const MAX_PAIRS: usize = 1_000_000;

/// Which of the two texts has a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// Both.
    Same,
    /// Only the earlier.
    Removed,
    /// Only the later.
    Added,
}

/// A line of either text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Which has it.
    pub mark: Mark,
    /// The line.
    pub text: String,
}

/// Both texts as one, with as many lines shared as possible; what is gone stands before what came.
pub(super) fn merge(before: Vec<String>, after: Vec<String>) -> Vec<Line> {
    let head = before.iter().zip(&after).take_while(|(old, new)| old == new).count();
    let rest = before.len().min(after.len()) - head;
    let tail = before.iter().rev().zip(after.iter().rev()).take(rest);
    let tail = tail.take_while(|(old, new)| old == new).count();
    let mut old = before.into_iter();
    let mut new = after.into_iter().skip(head);
    let mut lines = Vec::new();
    lines.extend(old.by_ref().take(head).map(|text| Line { mark: Mark::Same, text }));
    let (old_middle, new_middle) = (old.len() - tail, new.len() - tail);
    let gone: Vec<String> = old.by_ref().take(old_middle).collect();
    let came: Vec<String> = new.by_ref().take(new_middle).collect();
    middle(gone, came, &mut lines);
    lines.extend(old.map(|text| Line { mark: Mark::Same, text }));
    lines
}

fn middle(gone: Vec<String>, came: Vec<String>, lines: &mut Vec<Line>) {
    let shared = if gone.len().saturating_mul(came.len()) > MAX_PAIRS {
        Vec::new()
    } else {
        shared(&gone, &came)
    };
    let mut gone = gone.into_iter().enumerate().peekable();
    let mut came = came.into_iter().enumerate().peekable();
    for (at, to) in shared {
        let removed = std::iter::from_fn(|| gone.next_if(|(index, _)| *index < at));
        lines.extend(removed.map(|(_, text)| Line { mark: Mark::Removed, text }));
        let added = std::iter::from_fn(|| came.next_if(|(index, _)| *index < to));
        lines.extend(added.map(|(_, text)| Line { mark: Mark::Added, text }));
        lines.extend(gone.next().map(|(_, text)| Line { mark: Mark::Same, text }));
        came.next();
    }
    lines.extend(gone.map(|(_, text)| Line { mark: Mark::Removed, text }));
    lines.extend(came.map(|(_, text)| Line { mark: Mark::Added, text }));
}

/// Indices of equal lines, a longest common subsequence.
fn shared(gone: &[String], came: &[String]) -> Vec<(usize, usize)> {
    // Lengths of what the rests of both share, row by row from the end.
    let mut rows: Vec<Vec<usize>> = vec![vec![0; came.len() + 1]];
    for line in gone.iter().rev() {
        let below = rows.last().cloned().unwrap_or_default();
        let mut row = vec![0; came.len() + 1];
        let mut right = 0;
        for ((cell, other), pair) in row.iter_mut().zip(came).zip(below.windows(2)).rev() {
            let [down, across] = pair else { continue };
            right = if line == other { across + 1 } else { (*down).max(right) };
            *cell = right;
        }
        rows.push(row);
    }
    rows.reverse();
    let length = |i: usize, j: usize| rows.get(i).and_then(|row| row.get(j)).copied().unwrap_or(0);
    let (mut i, mut j, mut pairs) = (0, 0, Vec::new());
    while let (Some(old), Some(new)) = (gone.get(i), came.get(j)) {
        if old == new {
            pairs.push((i, j));
            (i, j) = (i + 1, j + 1);
        } else if length(i + 1, j) >= length(i, j + 1) {
            i += 1;
        } else {
            j += 1;
        }
    }
    pairs
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn shown(before: &str, after: &str) -> String {
        let split = |text: &str| text.chars().map(String::from).collect::<Vec<_>>();
        let lines = merge(split(before), split(after)).into_iter().map(|line| match line.mark {
            Mark::Same => line.text,
            Mark::Removed => format!("-{}", line.text),
            Mark::Added => format!("+{}", line.text),
        });
        lines.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn shared_lines_stay_and_others_are_marked() {
        assert_eq!(shown("abc", "abc"), "a b c");
        assert_eq!(shown("abd", "acd"), "a -b +c d");
        assert_eq!(shown("abcde", "acxe"), "a -b c -d +x e");
        assert_eq!(shown("", "ab"), "+a +b");
        assert_eq!(shown("aa", "a"), "a -a");
    }

    proptest! {
        #[test]
        fn both_texts_can_be_read_from_their_merger(before in "[abc]{0,9}", after in "[abc]{0,9}") {
            let split = |text: &str| text.chars().map(String::from).collect::<Vec<_>>();
            let lines = merge(split(&before), split(&after));
            let side = |other: Mark| -> String {
                let kept = lines.iter().filter(|line| line.mark != other);
                kept.map(|line| line.text.as_str()).collect()
            };
            prop_assert_eq!(side(Mark::Added), before);
            prop_assert_eq!(side(Mark::Removed), after);
        }
    }
}
