//! No more concurrent requests than `--jobs`.

use std::thread;
use std::time::Duration;

use super::{Service, list};

#[test]
fn jobs_limits_concurrent_requests_and_defaults_to_eight() {
    let commands = ["db create - --public", "db fork - --owner taylor"];
    thread::scope(|scope| {
        for command in commands {
            for (jobs, most, databases) in [("", 8, 16), ("-j 1", 1, 3), ("--jobs 3", 3, 6)] {
                scope.spawn(move || {
                    let service = Service::start(Duration::from_millis(300), |_, _, _| None);
                    let args = format!("{command} {jobs}");
                    service.sandbox().run_with_stdin(&args, &list("dolthub", databases)).exits(0);
                    assert_eq!(service.posts().len(), databases, "{args}");
                    assert_eq!(service.most(), most, "{args}");
                });
            }
        }
    });
}

#[test]
fn polls_count_toward_the_limit_of_concurrent_requests() {
    thread::scope(|scope| {
        for (jobs, most) in [("", 8), ("-j 2", 2)] {
            scope.spawn(move || {
                let service = Service::start(Duration::from_millis(200), |_, _, _| None);
                let databases = list("dolthub", 2 * most);
                let args = format!("db fork - --owner taylor --wait {jobs}");
                let run = service.sandbox().run_with_stdin(&args, &databases).exits(0);
                assert_eq!(run.out.lines().count(), 2 * most);
                assert_eq!(service.server.count("GET"), 2 * most, "{args}");
                assert_eq!(service.most(), most, "{args}");
            });
        }
        for args in ["db fork-status - -j 3", "db fork-status - -j 3 --wait"] {
            scope.spawn(move || {
                let service = Service::start(Duration::from_millis(200), |_, _, _| None);
                service.sandbox().run_with_stdin(args, &list("operations", 9)).exits(0);
                assert_eq!((service.server.count("GET"), service.most()), (9, 3), "{args}");
            });
        }
    });
}
