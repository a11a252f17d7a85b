//! A service that throttles: all workers slow down together, and the tree is whole.

use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use super::network::{Lists, Network};
use crate::support::{Reply, Sandbox};

const FORKS: usize = 200;

/// Walks a star with this response to the tenth request. Returns how many of all requests came after the longest pause,
/// and how long that was.
fn after_the_pause(throttle: Reply) -> (usize, Duration) {
    let arrivals = Arc::new(Mutex::new(Vec::new()));
    let log = arrivals.clone();
    let star = (0..=FORKS).map(|number| {
        let parent = if number == 0 { "" } else { "m000" };
        (format!("m{number:03}"), parent.to_owned())
    });
    let server = Network::from_pairs(star, Lists::Children).play(move |_, _, _| {
        let nth = {
            let mut log = log.lock().unwrap();
            log.push(Instant::now());
            log.len()
        };
        // So slow that many requests remain when the throttled one gets its response.
        std::thread::sleep(Duration::from_millis(5));
        (nth == 10).then(|| throttle.clone())
    });
    let run = Sandbox::at(server.url()).run("db forks m000/x --tree -j 8").exits(0);
    assert_eq!(run.out.lines().count(), FORKS + 1);
    assert_eq!(run.err, "");
    let arrivals = arrivals.lock().unwrap();
    assert_eq!(arrivals.len(), FORKS + 2, "only what was throttled is sent again");
    let pauses = arrivals.windows(2).map(|pair| pair[1].duration_since(pair[0]));
    let (last_before, pause) = pauses.enumerate().max_by_key(|(_, pause)| *pause).unwrap();
    (arrivals.len() - last_before - 1, pause)
}

#[test]
fn retry_after_holds_all_workers_back_and_the_tree_is_complete() {
    let header = "retry-after: 1\r\n".to_owned();
    let busy =
        Reply::Full(429, header, "application/json", r#"{"status":"Error","message":"slow"}"#.to_owned());
    let (left, pause) = after_the_pause(busy);
    assert!(pause > Duration::from_millis(500), "{pause:?}");
    assert!(left > FORKS / 2, "others went on: {left} of {FORKS} were left");
}

#[test]
fn a_503_without_retry_after_holds_all_workers_back_too() {
    let (left, pause) = after_the_pause(Reply::html(503, "<h1>503 Service Unavailable</h1>"));
    assert!(pause > Duration::from_millis(250), "{pause:?}");
    assert!(left > FORKS / 2, "others went on: {left} of {FORKS} were left");
}
