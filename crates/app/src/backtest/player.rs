//! Plays pages of past leads, away from the threads that wait for the network.

use lr_core::backtest::report::{Comparison, Report, Side};
use lr_core::backtest::run::Run;
use lr_core::case::Case;
use lr_core::decide::matched::match_rule;
use lr_core::decide::{Config, Decision};
use lr_core::snapshot::Snapshot;
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
        let cases: Vec<Case> = page
            .par_iter()
            .filter_map(|bytes| Snapshot::decode(bytes).ok().map(|snapshot| snapshot.case))
            .collect();
        unreadable += (page.len() - cases.len()) as u64;
        let (before, after) = rayon::join(
            || settled(&mut first, &cases, before),
            || settled(&mut second, &cases, after),
        );
        before.into_iter().for_each(|made| comparison.add(Side::Before, made));
        after.into_iter().for_each(|made| comparison.add(Side::After, made));
    }
    first.finish(|made| comparison.add(Side::Before, made));
    second.finish(|made| comparison.add(Side::After, made));
    Played { report: comparison.report(), unreadable }
}

/// Matching looks at one lead alone and is shared out; only the run goes in order.
fn settled(run: &mut Run<'_>, cases: &[Case], config: &Config) -> Vec<Decision> {
    let matched: Vec<_> = cases.par_iter().map(|case| match_rule(case, config)).collect();
    let mut decisions = Vec::with_capacity(cases.len());
    matched.iter().for_each(|matched| run.take(matched, |made| decisions.push(made)));
    decisions
}
