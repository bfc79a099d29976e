//! One ruleset played over past leads.

use std::collections::BTreeMap;

use jiff::Timestamp;

use crate::case::Case;
use crate::decide::matched::{Matched, match_rule};
use crate::decide::{Config, Decision, Outcome, State};
use crate::id::LeadId;

/// The field that past leads are played on: `config` without caps on open leads, as nobody knows when
/// a lead would have been closed by the rep who did not get it.
#[must_use]
pub fn field(mut config: Config) -> Config {
    for rep in config.reps.values_mut() {
        rep.caps.open = None;
    }
    config
}

/// A ruleset on its way through the leads of a period, with the state that it has made so far.
#[derive(Debug)]
pub struct Run<'c> {
    config: &'c Config,
    state: State,
    waiting: Waiting,
}

/// Held leads, by the instant at which somebody next passes the gates: then, the oldest first.
type Waiting = BTreeMap<(Timestamp, Timestamp, LeadId), Case>;

impl<'c> Run<'c> {
    /// Before the first lead: nobody has had a turn, nobody has a lead; `config` is a [`field`].
    pub fn new(config: &'c Config) -> Self {
        Self { config, state: State::default(), waiting: Waiting::new() }
    }

    /// Decides the next lead, after the held ones whose time has come before it; `settled` sees each
    /// lead once, with the decision that is the last about it.
    ///
    /// Leads come in the order of their time. Those that are held wait here as a whole, for which
    /// `whole` is asked, so at most as many are kept as come between one opening and the next. One
    /// that is not to be had as a whole stays held.
    pub fn take(
        &mut self,
        matched: &Matched<'_>,
        whole: impl FnOnce() -> Option<Case>,
        mut settled: impl FnMut(Decision),
    ) {
        self.serve(Some(matched.case().at), &mut settled);
        self.settle(matched, whole, &mut settled);
    }

    /// Decides the leads that are still held; those for whom nobody ever opens stay so.
    pub fn finish(mut self, mut settled: impl FnMut(Decision)) {
        self.serve(None, &mut settled);
    }

    fn serve(&mut self, until: Option<Timestamp>, settled: &mut impl FnMut(Decision)) {
        while let Some(first) = self.waiting.first_entry()
            && until.is_none_or(|until| first.key().0 <= until)
        {
            let ((at, ..), case) = first.remove_entry();
            let case = Case { at, ..case };
            self.settle(&match_rule(&case, self.config), || Some(case.clone()), settled);
        }
    }

    fn settle(
        &mut self,
        matched: &Matched<'_>,
        whole: impl FnOnce() -> Option<Case>,
        settled: &mut impl FnMut(Decision),
    ) {
        let decision = matched.settle(self.config, &self.state);
        if let Outcome::Held { until: Some(until) } = decision.outcome
            && until > matched.case().at
            && let Some(case) = whole()
        {
            self.waiting.insert((until, case.lead.received_at, case.lead.id), case);
            return;
        }
        self.state.apply(&decision, &self.config.reps);
        settled(decision);
    }
}
