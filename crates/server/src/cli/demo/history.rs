//! A year of leads: when they came, and what came of them.

use jiff::civil::{Date, Weekday};
use jiff::tz::{TimeZone, TimeZoneDatabase};
use jiff::{SignedDuration, Timestamp, ToSpan};

use lr_app::outcome::Kind;

use super::dice::Dice;
use super::leads::{Arrival, lead};
use super::mess::Mess;

/// Days of history.
const DAYS: i64 = 365;

/// By so much a lead is moved that would come after the end: whole weeks, so that the day of the week
/// stays.
const WEEKS_52: SignedDuration = SignedDuration::from_hours(52 * 7 * 24);

/// When each of `count` leads came in the year before `end`, in order of time, no two at once.
///
/// More come late in the year than early, on weekdays than on weekends, in the sender's office hours
/// than in his night, and few in August and over Christmas.
pub fn arrivals(seed: u64, count: u64, end: Timestamp) -> Vec<(Timestamp, u64)> {
    let today = end.to_zoned(TimeZone::UTC).date();
    let days: Vec<Date> =
        (0..DAYS).rev().filter_map(|back| today.checked_sub(back.days()).ok()).collect();
    let weights: Vec<u64> =
        (0..).zip(&days).map(|(index, day)| weight(seed, index, *day)).collect();
    let total: u64 = weights.iter().sum::<u64>().max(1);
    let (mut arrivals, mut sum, mut number) = (Vec::new(), 0, 0);
    for (day, weight) in days.iter().zip(weights) {
        sum += weight;
        while number < count && number * total < count * sum {
            if let Some(at) = instant(seed, number, *day) {
                arrivals.push((if at > end { at - WEEKS_52 } else { at }, number));
            }
            number += 1;
        }
    }
    arrivals.sort_unstable();
    let mut last = Timestamp::MIN;
    for (at, _) in &mut arrivals {
        *at = (*at).max(last.saturating_add(SignedDuration::from_millis(1)).unwrap_or(*at));
        last = *at;
    }
    arrivals
}

/// How many leads come on a day, relative to other days.
fn weight(seed: u64, index: u64, day: Date) -> u64 {
    let growth = 100 + index * 100 / 365;
    let weekday = match day.weekday() {
        Weekday::Tuesday | Weekday::Wednesday => 110,
        Weekday::Monday | Weekday::Thursday => 100,
        Weekday::Friday => 80,
        Weekday::Saturday => 16,
        Weekday::Sunday => 20,
    };
    let season = match (day.month(), day.day()) {
        (12, 22..) | (1, 1..=3) => 25,
        (8, _) => 65,
        (3 | 9 | 10 | 11, _) => 115,
        _ => 100,
    };
    let chance = Dice::new(seed, "day", index).between(75, 125);
    growth * weekday * season * chance / 10_000
}

/// An instant of `day` on the clock where the lead comes from, mostly in office hours.
fn instant(seed: u64, number: u64, day: Date) -> Option<Timestamp> {
    const HOURS: [(u64, i8); 16] = [
        (1, 0),
        (1, 5),
        (3, 7),
        (8, 8),
        (14, 9),
        (16, 10),
        (14, 11),
        (8, 12),
        (11, 13),
        (13, 14),
        (12, 15),
        (10, 16),
        (6, 17),
        (3, 19),
        (3, 21),
        (2, 22),
    ];
    let mut dice = Dice::new(seed, "instant", number);
    let zone = TimeZoneDatabase::bundled().get(lead(seed, number).zone).ok()?;
    let hour = dice.weighted(&HOURS).copied().unwrap_or(12);
    let past_the_hour = SignedDuration::from_millis(i64::try_from(dice.below(3_600_000)).ok()?);
    let hour = day.at(hour, 0, 0, 0).to_zoned(zone).ok()?.timestamp();
    hour.checked_add(past_the_hour).ok()
}

/// What came of a lead by `end`, in order of time, if a rep of `skill` percent got it at
/// `assigned_at`.
///
/// Good reps, large companies, requests for a demo and referrals do better; spam comes to nothing.
pub fn outcomes(
    arrival: &Arrival,
    seed: u64,
    skill: u64,
    (assigned_at, end): (Timestamp, Timestamp),
) -> Vec<(Kind, Timestamp)> {
    let mut dice = Dice::new(seed, "outcome", arrival.number);
    let mut happened = Vec::new();
    let mut at = assigned_at;
    let mut then = |kind, days: (u64, u64), dice: &mut Dice| {
        let minutes =
            i64::try_from(dice.between(days.0 * 1_440 + 30, days.1 * 1_440)).unwrap_or_default();
        at = at.saturating_add(SignedDuration::from_mins(minutes)).unwrap_or(Timestamp::MAX);
        happened.push((kind, at));
    };
    if dice.below(100) < interest(arrival) * skill / 100 {
        then(Kind::MeetingBooked, (0, 4), &mut dice);
        if dice.below(100) < (70 * skill / 100).min(95) {
            then(Kind::MeetingHeld, (1, 9), &mut dice);
            let won = dice.below(100) < (24 * skill / 100);
            then(if won { Kind::Won } else { Kind::Lost }, (10, 75), &mut dice);
        } else {
            then(Kind::NoShow, (1, 9), &mut dice);
        }
    } else if dice.chance(55) {
        then(Kind::Lost, (5, 45), &mut dice);
    }
    happened.retain(|(_, at)| *at <= end);
    happened
}

/// How likely a meeting is, in percent.
fn interest(arrival: &Arrival) -> u64 {
    let source = match arrival.source {
        "Demo request" => 46,
        "Partner referral" => 52,
        "Trade show" => 28,
        "Product sign-up" => 22,
        "Webinar" => 16,
        "Newsletter" => 8,
        _ => 25,
    };
    let percent = arrival.mess.iter().fold(100, |percent, mess| match mess {
        Mess::Spam | Mess::Student | Mess::Competitor | Mess::Applicant => 0,
        Mess::FreeMail => percent / 2,
        Mess::RoleAccount | Mess::Stale => percent * 3 / 4,
        Mess::Duplicate => percent * 5 / 4,
        Mess::EmailTypo
        | Mess::Missing
        | Mess::Placeholder
        | Mess::Casing
        | Mess::OneName
        | Mess::Country
        | Mess::Employees
        | Mess::Phone
        | Mess::Spaces => percent,
    });
    source * percent / 100
}

#[cfg(test)]
mod tests {
    use super::*;

    fn end() -> Timestamp {
        "2026-11-24T15:00:00Z".parse().unwrap()
    }

    #[test]
    fn every_lead_comes_once_in_order_within_the_year() {
        let arrivals = arrivals(7, 2_000, end());
        let mut numbers: Vec<u64> = arrivals.iter().map(|(_, number)| *number).collect();
        numbers.sort_unstable();
        assert_eq!(numbers, (0..2_000).collect::<Vec<_>>());
        assert!(arrivals.is_sorted());
        assert!(arrivals.last().unwrap().0 <= end());
        assert!(arrivals[0].0 > end() - SignedDuration::from_hours(24 * 367));
    }

    #[test]
    fn business_grows_and_rests_on_weekends() {
        let arrivals = arrivals(7, 4_000, end());
        let middle = end() - SignedDuration::from_hours(24 * 182);
        let early = arrivals.iter().filter(|(at, _)| *at < middle).count();
        assert!((1_300..1_800).contains(&early), "{early}");
        let weekend = arrivals.iter().filter(|(at, _)| {
            matches!(at.to_zoned(TimeZone::UTC).weekday(), Weekday::Saturday | Weekday::Sunday)
        });
        assert!((100..400).contains(&weekend.count()));
    }

    #[test]
    fn good_reps_sell_more_and_nothing_happens_before_the_lead() {
        let at = end() - SignedDuration::from_hours(24 * 200);
        let won = |skill| {
            let all =
                (0..5_000).flat_map(|number| outcomes(&lead(7, number), 7, skill, (at, end())));
            let all: Vec<_> = all.collect();
            assert!(all.iter().all(|(_, happened)| *happened > at && *happened <= end()));
            all.iter().filter(|(kind, _)| *kind == Kind::Won).count()
        };
        assert!(won(130) > won(80) && won(80) > 30);
    }

    #[test]
    fn spam_comes_to_nothing() {
        let spam =
            (0..).map(|number| lead(7, number)).filter(|lead| lead.mess.contains(&Mess::Spam));
        let at = end() - SignedDuration::from_hours(24 * 200);
        for lead in spam.take(50) {
            let happened = outcomes(&lead, 7, 130, (at, end()));
            assert!(happened.iter().all(|(kind, _)| *kind == Kind::Lost));
        }
    }
}
