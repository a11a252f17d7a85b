//! When a finished fork is noticed: dhub's plan and the official CLI's, over forks of every length. The time is
//! simulated, and a response takes none of it, but for the one figure that says so.

use std::time::{Duration, Instant};

use dhub::jobs::schedule::Schedule;
use fastrand::Rng;
use serde::Serialize;

/// The lengths that the table shows, in seconds.
const LENGTHS: [f64; 13] = [0.3, 0.5, 1.0, 2.0, 5.0, 10.0, 30.0, 60.0, 120.0, 300.0, 600.0, 1_800.0, 3_600.0];
/// A fork of a length is tried with as much more or less, so that a request comes at the worst moment too.
const AROUND: f64 = 0.05;
/// What one request to the service takes (facts of the API), in seconds.
const LATENCY: f64 = 0.7;

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
    pub mean_requests: f64,
}

/// All of it.
#[derive(Clone, Debug, Serialize)]
pub struct Simulated {
    pub lengths: Vec<Noticed>,
    /// dhub's worst lateness ÷ length over forks from 2 s to 10 min.
    pub worst_part_2_s_to_10_min: f64,
    /// The worst of: what of dhub's lateness is more than one request of 700 ms ÷ length, over forks from 5 s to 10 min.
    pub worst_part_beyond_a_request: f64,
    /// dhub's requests for a 10-minute fork ÷ dh's.
    pub requests_10_min: f64,
}

/// Plays both plans through, so many times for each length.
pub fn simulate(tries: usize) -> Simulated {
    // A fixed seed, so that two runs give the same figures.
    let mut rng = Rng::with_seed(5);
    let lengths: Vec<Noticed> = LENGTHS
        .iter()
        .map(|&length_s| {
            let lengths: Vec<f64> =
                (0..tries).map(|_| length_s * between(&mut rng, 1.0 - AROUND, 1.0 + AROUND)).collect();
            Noticed {
                length_s,
                dhub: judge(&lengths, |length| dhub(length, 0.0, &mut rng)),
                dh: judge(&lengths, |length| dh(length, &mut rng)),
            }
        })
        .collect();
    let all: Vec<f64> =
        (0..20 * tries).map(|_| between(&mut rng, 2.0_f64.ln(), 600.0_f64.ln()).exp()).collect();
    let worst_part_2_s_to_10_min = judge(&all, |length| dhub(length, 0.0, &mut rng)).worst_part;
    let longer: Vec<f64> =
        (0..20 * tries).map(|_| between(&mut rng, 5.0_f64.ln(), 600.0_f64.ln()).exp()).collect();
    let beyond = judge(&longer, |length| {
        let (noticed, requests) = dhub(length, LATENCY, &mut rng);
        (noticed - LATENCY, requests)
    });
    let ten_minutes = lengths.iter().find(|noticed| noticed.length_s == 600.0);
    let requests_10_min =
        ten_minutes.map_or(f64::NAN, |noticed| noticed.dhub.mean_requests / noticed.dh.mean_requests);
    let worst_part_beyond_a_request = beyond.worst_part;
    Simulated { lengths, worst_part_2_s_to_10_min, worst_part_beyond_a_request, requests_10_min }
}

/// `plan` gets the length of a fork, and returns when it noticed its end and after how many requests.
fn judge(lengths: &[f64], mut plan: impl FnMut(f64) -> (f64, usize)) -> Lateness {
    let mut judged = Lateness::default();
    for &length in lengths {
        let (noticed, requests) = plan(length);
        let late = noticed - length;
        judged.worst_s = judged.worst_s.max(late);
        judged.worst_part = judged.worst_part.max(late / length);
        judged.mean_s += late / lengths.len() as f64;
        judged.mean_requests += requests as f64 / lengths.len() as f64;
    }
    judged
}

/// dhub's own plan, as it is in the program. A response takes `latency`, and says how things were when the request came.
fn dhub(length: f64, latency: f64, rng: &mut Rng) -> (f64, usize) {
    let start = Instant::now();
    let (done, latency) = (start + Duration::from_secs_f64(length), Duration::from_secs_f64(latency));
    let schedule = Schedule::new(start, None);
    let mut requested = schedule.first(start + latency);
    let mut requests = 1;
    while requested < done {
        requested = schedule
            .next(requested, requested + latency, None, between(rng, 0.0, 1.0))
            .expect("a wait without a deadline continues");
        requests += 1;
    }
    ((requested + latency).duration_since(start).as_secs_f64(), requests)
}

/// The official CLI's plan: the first request at once, then pauses of 1 s that double to 10 s, each ±20 %.
fn dh(length: f64, rng: &mut Rng) -> (f64, usize) {
    let (mut requested, mut pause, mut requests) = (0.0, 1.0_f64, 1);
    while requested < length {
        requested += pause * between(rng, 0.8, 1.2);
        pause = (pause * 2.0).min(10.0);
        requests += 1;
    }
    (requested, requests)
}

fn between(rng: &mut Rng, low: f64, high: f64) -> f64 {
    low + (high - low) * rng.f64()
}
