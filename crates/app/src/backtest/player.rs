//! Plays pages of past leads, away from the threads that wait for the network.

use lr_core::backtest::report::{Comparison, Report, Side};
use lr_core::backtest::run::Run;
use lr_core::decide::matched::Matched;
use lr_core::decide::{Config, Decision};
use lr_core::snapshot::stored::Stored;
use rayon::prelude::*;
use tokio::sync::mpsc::Receiver;

/// What came of playing past leads.
#[derive(Debug)]
pub(super) struct Played {
    /// The two rulesets side by side.
    pub(super) report: Report,
    /// Leads whose stored snapshot this engine cannot read: they are left out.
    pub(super) unreadable: u64,
}

/// Plays the leads of `pages` by the rules of `before` and by those of `after`; ends with the pages.
pub(super) fn play(before: &Config, after: &Config, mut pages: Receiver<Vec<Vec<u8>>>) -> Played {
    let mut comparison = Comparison::default();
    let mut unreadable = 0;
    let (mut first, mut second) = (Run::new(before), Run::new(after));
    while let Some(page) = pages.blocking_recv() {
        let leads: Vec<_> = page.par_iter().filter_map(|bytes| Stored::read(bytes).ok()).collect();
        // Matching looks at one lead alone and is shared out; only the runs go in order.
        let matched = leads.par_iter().filter_map(|lead| both(lead, before, after));
        let matched: Vec<_> = matched.collect();
        unreadable += (page.len() - matched.len()) as u64;
        let (before, after) = rayon::join(
            || settled(&mut first, matched.iter().map(|(lead, one, _)| (*lead, one))),
            || settled(&mut second, matched.iter().map(|(lead, _, two)| (*lead, two))),
        );
        before.into_iter().for_each(|made| comparison.add(Side::Before, made));
        after.into_iter().for_each(|made| comparison.add(Side::After, made));
    }
    first.finish(|made| comparison.add(Side::Before, made));
    second.finish(|made| comparison.add(Side::After, made));
    Played { report: comparison.report(), unreadable }
}

/// The lead with what each of the two makes of it; `None` if it cannot be read.
fn both<'a>(
    lead: &'a Stored<'a>,
    before: &'a Config,
    after: &'a Config,
) -> Option<(&'a Stored<'a>, Matched<'a>, Matched<'a>)> {
    Some((lead, lead.match_rule(before).ok()?, lead.match_rule(after).ok()?))
}

fn settled<'a>(
    run: &mut Run<'_>,
    matched: impl Iterator<Item = (&'a Stored<'a>, &'a Matched<'a>)>,
) -> Vec<Decision> {
    let mut decisions = Vec::new();
    for (lead, matched) in matched {
        let whole = || lead.whole().ok().cloned();
        run.take(matched, whole, |made| decisions.push(made));
    }
    decisions
}
