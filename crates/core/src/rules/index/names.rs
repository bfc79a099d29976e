//! Texts that rules name, each with its class: found by hash, whatever the case of ASCII letters.

/// The class of each text. The texts are folded; a text that is looked up is folded, or else ASCII.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Names {
    /// By hash, then wherever there was room; a power of two, at least half of them free.
    places: Vec<Place>,
    /// The texts that their ends do not tell, one behind the other.
    long: Vec<u8>,
}

#[derive(Debug, Clone, Copy, Default, PartialEq)]
struct Place {
    ends: Ends,
    class: u32,
    /// Where it begins among the long texts.
    start: u32,
}

/// A text's first and last eight bytes, upper case ASCII as lower case: all of a text of up to
/// sixteen. No text that is named is empty, so that marks a free place.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Ends {
    first: u64,
    last: u64,
    length: usize,
}

/// Longest text that its ends tell.
const SHORT: usize = 16;

impl Names {
    /// Of these texts, each of which is named once.
    pub(super) fn of<'a>(named: impl Iterator<Item = (&'a [u8], u32)> + Clone) -> Self {
        let count = named.clone().count();
        let mut names = Self::default();
        if count > 0 {
            names.places = vec![Place::default(); (2 * count).next_power_of_two()];
        }
        for (text, class) in named {
            names.add(text, class);
        }
        names.long.shrink_to_fit();
        names
    }

    fn add(&mut self, text: &[u8], class: u32) {
        let ends = Ends::of(text);
        let from = ends.hash(text);
        let mask = self.places.len() - 1;
        let mut places = (from..).map(|at| at & mask);
        let is_free = |at: &usize| self.places.get(*at).is_some_and(|place| place.ends.length == 0);
        let Ok(start) = u32::try_from(self.long.len()) else { return };
        if let Some(place) = places.find(is_free).and_then(|at| self.places.get_mut(at)) {
            *place = Place { ends, class, start };
        }
        if text.len() > SHORT {
            self.long.extend_from_slice(text);
        }
    }

    /// The class of `text`, which has these ends, if it is named.
    #[inline(always)]
    pub(super) fn class(&self, text: &[u8], ends: Ends) -> Option<u32> {
        let mask = self.places.len().checked_sub(1)?;
        let mut at = ends.hash(text);
        loop {
            let place = self.places.get(at & mask)?;
            if place.ends == ends && (text.len() <= SHORT || self.holds(place, text)) {
                return Some(place.class);
            }
            if place.ends.length == 0 {
                return None;
            }
            at += 1;
        }
    }

    fn holds(&self, place: &Place, text: &[u8]) -> bool {
        let known = self.long.get(place.start as usize..).unwrap_or_default();
        known.get(..text.len()).is_some_and(|known| known.eq_ignore_ascii_case(text))
    }
}

impl Ends {
    #[inline]
    pub(super) fn of(text: &[u8]) -> Self {
        let length = text.len();
        let (first, last) =
            if let (Some(first), Some(last)) = (text.first_chunk(), text.last_chunk()) {
                (u64::from_le_bytes(*first), u64::from_le_bytes(*last))
            } else if let (Some(first), Some(last)) = (text.first_chunk(), text.last_chunk()) {
                (u64::from(u32::from_le_bytes(*first)), u64::from(u32::from_le_bytes(*last)))
            } else {
                let byte = |at: usize| u64::from(text.get(at).copied().unwrap_or_default());
                (byte(0) | byte(1) << 8 | byte(2) << 16, 0)
            };
        Self { first: lower(first), last: lower(last), length }
    }

    /// Whether `text`, whose ends these are, is ASCII.
    #[inline]
    pub(super) fn is_ascii(&self, text: &str) -> bool {
        if self.length > SHORT {
            return text.is_ascii();
        }
        (self.first | self.last) & (EACH * 0x80) == 0
    }

    /// Mixes the words as foldhash does. Source: <https://github.com/orlp/foldhash>.
    #[inline]
    fn hash(&self, text: &[u8]) -> usize {
        let mut hash = mix(self.first ^ SEED, self.last ^ FACTOR ^ self.length as u64);
        if text.len() > SHORT {
            let (middle, _) = text.as_chunks();
            for chunk in middle.iter().skip(1) {
                hash = mix(hash ^ lower(u64::from_le_bytes(*chunk)), FACTOR);
            }
        }
        usize::try_from(hash >> 32).unwrap_or_default()
    }
}

/// Times a byte, it has that byte everywhere.
const EACH: u64 = 0x0101_0101_0101_0101;
/// Odd, and with about as many ones as zeros: parts of the golden ratio and of the square root of two.
const FACTOR: u64 = 0x9e37_79b9_7f4a_7c15;
const SEED: u64 = 0x6a09_e667_f3bc_c909;

#[inline]
fn mix(one: u64, other: u64) -> u64 {
    let (low, high) = one.carrying_mul(other, 0);
    low ^ high
}

/// Eight bytes with the upper case ones of ASCII as lower case.
#[inline]
fn lower(word: u64) -> u64 {
    let low = word & (EACH * 0x7f);
    let from_a = low + EACH * (0x80 - b'A' as u64);
    let above_z = low + EACH * (0x7f - b'Z' as u64);
    let upper = (from_a ^ above_z) & !word & (EACH * 0x80);
    word | upper >> 2
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;

    fn text() -> impl Strategy<Value = String> {
        prop_oneof!["[a-c]{1,3}", "[ab]{14,26}", "[ -~]{1,40}", ".{1,20}"]
            .prop_map(|text| text.to_ascii_lowercase())
    }

    proptest! {
        #[test]
        fn names_are_found_in_any_case_and_nothing_else_is(
            named in prop::collection::btree_map(text(), any::<u32>(), 0..40),
            others in prop::collection::vec(text(), 40),
        ) {
            let named: BTreeMap<_, _> = named.into_iter().filter(|(name, _)| !name.is_empty()).collect();
            let names = Names::of(named.iter().map(|(name, class)| (name.as_bytes(), *class)));
            let found = |text: &str| names.class(text.as_bytes(), Ends::of(text.as_bytes()));
            for text in named.keys().chain(&others) {
                prop_assert_eq!(Ends::of(text.as_bytes()).is_ascii(text), text.is_ascii());
                let class = named.get(text).copied();
                prop_assert_eq!(found(text), class);
                prop_assert_eq!(found(&text.to_ascii_uppercase()), class);
            }
        }

        #[test]
        fn eight_bytes_are_lowered_as_each_is(bytes in any::<[u8; 8]>()) {
            let lowered = lower(u64::from_le_bytes(bytes)).to_le_bytes();
            prop_assert_eq!(lowered, bytes.map(|byte| byte.to_ascii_lowercase()));
        }
    }
}
