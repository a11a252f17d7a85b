//! When a finished fork is noticed: dhub's plan and the official CLI's, over forks of every length. Nothing waits here;
//! the time is made up, and an answer takes none of it.

use std::time::{Duration, Instant};

use dhub::jobs::schedule::Schedule;
use fastrand::Rng;
use serde::Serialize;

/// The lengths that the table shows, in seconds.
const LENGTHS: [f64; 13] = [0.3, 0.5, 1.0, 2.0, 5.0, 10.0, 30.0, 60.0, 120.0, 300.0, 600.0, 1_800.0, 3_600.0];
/// A fork of a length is tried with as much more or less, so that a question comes at the worst moment too.
const AROUND: f64 = 0.05;

/// Both plans, for forks of about one length.
#[derive(Clone, Debug, Serialize)]
pub struct Noticed {
    pub length_s: f64,
    pub dhub: Lateness,
    pub dh: Lateness,
}

/// How a plan does, over many tries.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Lateness {
    pub worst_s: f64,
    pub mean_s: f64,
    /// The worst of: lateness ÷ length.
    pub worst_part: f64,
    pub mean_questions: f64,
}

/// All of it.
#[derive(Clone, Debug, Serialize)]
pub struct Simulated {
    pub lengths: Vec<Noticed>,
    /// dhub's worst lateness ÷ length over forks from 2 s to 10 min.
    pub worst_part_2_s_to_10_min: f64,
    /// dhub's questions about a 10-minute fork ÷ dh's.
    pub questions_10_min: f64,
}

/// Plays both plans through, so many times for each length.
pub fn simulate(tries: usize) -> Simulated {
    // Always the same chances, so that two runs say the same.
    let mut chance = Rng::with_seed(5);
    let lengths: Vec<Noticed> = LENGTHS
        .iter()
        .map(|&length_s| {
            let lengths: Vec<f64> =
                (0..tries).map(|_| length_s * between(&mut chance, 1.0 - AROUND, 1.0 + AROUND)).collect();
            Noticed {
                length_s,
                dhub: judge(&lengths, |length| dhub(length, &mut chance)),
                dh: judge(&lengths, |length| dh(length, &mut chance)),
            }
        })
        .collect();
    let all: Vec<f64> =
        (0..20 * tries).map(|_| between(&mut chance, 2.0_f64.ln(), 600.0_f64.ln()).exp()).collect();
    let worst_part_2_s_to_10_min = judge(&all, |length| dhub(length, &mut chance)).worst_part;
    let ten_minutes = lengths.iter().find(|noticed| noticed.length_s == 600.0);
    let questions_10_min =
        ten_minutes.map_or(f64::NAN, |noticed| noticed.dhub.mean_questions / noticed.dh.mean_questions);
    Simulated { lengths, worst_part_2_s_to_10_min, questions_10_min }
}

/// `plan` gets the length of a fork, and says when it noticed its end and how many questions it asked.
fn judge(lengths: &[f64], mut plan: impl FnMut(f64) -> (f64, usize)) -> Lateness {
    let mut judged = Lateness::default();
    for &length in lengths {
        let (noticed, questions) = plan(length);
        let late = noticed - length;
        judged.worst_s = judged.worst_s.max(late);
        judged.worst_part = judged.worst_part.max(late / length);
        judged.mean_s += late / lengths.len() as f64;
        judged.mean_questions += questions as f64 / lengths.len() as f64;
    }
    judged
}

/// dhub's own plan, as it is in the program.
fn dhub(length: f64, chance: &mut Rng) -> (f64, usize) {
    let start = Instant::now();
    let done = start + Duration::from_secs_f64(length);
    let schedule = Schedule::new(start, None);
    let mut asked = schedule.first();
    let mut questions = 1;
    while asked < done {
        asked = schedule
            .next(asked, None, between(chance, -1.0, 1.0))
            .expect("a wait without a deadline goes on");
        questions += 1;
    }
    (asked.duration_since(start).as_secs_f64(), questions)
}

/// The official CLI's plan: the first question at once, then pauses of 1 s that double to 10 s, each ±20 %.
fn dh(length: f64, chance: &mut Rng) -> (f64, usize) {
    let (mut asked, mut pause, mut questions) = (0.0, 1.0_f64, 1);
    while asked < length {
        asked += pause * between(chance, 0.8, 1.2);
        pause = (pause * 2.0).min(10.0);
        questions += 1;
    }
    (asked, questions)
}

fn between(chance: &mut Rng, low: f64, high: f64) -> f64 {
    low + (high - low) * chance.f64()
}
