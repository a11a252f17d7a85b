//! Thirty forks in a terminal of 24 lines: what moves stays within the screen, and leaves nothing behind.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use super::{INSTANT, Service, list, pending};
use crate::support::running::eventually;
use crate::support::terminal::{Session, Terminal, USUAL};
use crate::support::{Reply, Sandbox};

/// Forks of which one is refused, half are done at once, and the others when they are released.
fn forking() -> (Service, Arc<AtomicBool>) {
    let go = Arc::new(AtomicBool::new(false));
    let may_end = go.clone();
    let service = Service::start(INSTANT, move |request, name, _| match &*request.method {
        "POST" => (name == "x007").then(|| Reply::refusal(400, "no such repository")),
        _ => (name > "x015" && !may_end.load(Ordering::SeqCst)).then(pending),
    });
    (service, go)
}

fn fork(sandbox: &Sandbox, flags: &str) -> Terminal {
    std::fs::write(sandbox.home().join("list.txt"), list("dolthub", 30)).unwrap();
    Terminal::script(sandbox, "sh", &format!(r#""$DHUB" db fork - --owner taylor --wait {flags} < list.txt"#))
}

fn is_spinner(line: &str) -> bool {
    line.contains(" → taylor ")
}

fn spinners(screen: &str) -> usize {
    screen.lines().filter(|line| is_spinner(line)).count()
}

/// Every line that a person can scroll back to.
fn everything(session: &Session) -> Vec<String> {
    let mut parser = vt100::Parser::new(USUAL.0, USUAL.1, 10_000);
    parser.process(session.raw.as_bytes());
    let screen = parser.screen_mut();
    screen.set_scrollback(usize::MAX);
    let above = screen.scrollback();
    let mut lines = Vec::new();
    for offset in (1..=above).rev() {
        screen.set_scrollback(offset);
        lines.extend(screen.rows(0, USUAL.1).next());
    }
    screen.set_scrollback(0);
    lines.extend(screen.rows(0, USUAL.1));
    lines.into_iter().map(|line| line.trim_end().to_owned()).collect()
}

#[test]
fn spinners_and_a_total_stand_below_the_results_and_leave_nothing_behind() {
    let (service, go) = forking();
    let sandbox = service.sandbox();
    let terminal = fork(&sandbox, "");
    terminal.wait_for(" 15/30");
    let screen = terminal.wait_until(|screen| spinners(screen) > 0);
    let lines: Vec<&str> = screen.lines().collect();
    assert!(lines.last().unwrap().ends_with(" 15/30"), "{screen}");
    let above = lines.len() - 1 - spinners(&screen);
    assert!(lines[above..lines.len() - 1].iter().all(|line| is_spinner(line)), "{screen}");
    // Fifteen results or errors came before the others ended.
    assert_eq!(terminal.raw().matches("Forked dolthub/").count(), 14);

    go.store(true, Ordering::SeqCst);
    let session = terminal.finish().exits(3);
    let lines = everything(&session);
    for line in &lines {
        assert!(!line.contains(" → ") && !line.contains("/30") && !line.contains('━'), "{line}: {lines:#?}");
    }
    for number in (1..=30).filter(|number| *number != 7) {
        let result = format!("✓ Forked dolthub/x{number:03} to taylor/x{number:03} in ");
        assert_eq!(lines.iter().filter(|line| line.starts_with(&result)).count(), 1, "{lines:#?}");
    }
    // One line each.
    assert!(!lines.iter().any(|line| line.contains("http://") || line.contains("operations/")), "{lines:#?}");
    let error = "error: cannot fork dolthub/x007 to taylor: no such repository";
    assert_eq!(lines.iter().filter(|line| *line == error).count(), 1, "{lines:#?}");
    assert!(session.screen.contains("note: 29 forked, 1 failed\n"), "{session:?}");
    assert!(!lines.iter().any(|line| line.is_empty() && !is_at_the_end(&lines, line)), "{lines:#?}");
}

/// Below the last text there may be nothing.
fn is_at_the_end(lines: &[String], line: &String) -> bool {
    let end = lines.iter().rposition(|line| !line.is_empty()).unwrap();
    lines[end..].iter().any(|last| std::ptr::eq(last, line))
}

#[test]
fn each_fork_that_still_runs_has_a_spinner_when_there_is_room_again() {
    let (service, _go) = forking();
    let sandbox = service.sandbox();
    let terminal = fork(&sandbox, "");
    terminal.wait_for(" 15/30");
    let deadline = Instant::now() + Duration::from_secs(3);
    while spinners(&terminal.screen()) < 15 && Instant::now() < deadline {
        std::thread::sleep(Duration::from_millis(20));
    }
    let screen = terminal.screen();
    assert_eq!(spinners(&screen), 15, "{screen}");
}

#[test]
fn ctrl_c_leaves_only_the_final_report_on_the_screen() {
    let (service, _go) = forking();
    let sandbox = service.sandbox();
    let mut terminal = fork(&sandbox, "");
    terminal.wait_for(" 15/30");
    assert!(eventually(|| service.posts().len() == 30));
    terminal.types("\x03");
    let session = terminal.finish();
    let (_, after) = session.raw.split_once("interrupted").unwrap();
    assert!(!after.contains('→') && !after.contains("/30"), "{session:?}");
    assert_eq!(after.matches("operations/x0").count(), 15, "{session:?}");
    let lines = everything(&session);
    let from = lines.iter().position(|line| line.starts_with("error: interrupted")).unwrap();
    assert!(lines[from + 1].starts_with("hint: the forks continue on the service"), "{lines:#?}");
}

#[test]
fn with_quiet_only_results_and_errors_are_shown() {
    let (service, go) = forking();
    go.store(true, Ordering::SeqCst);
    let sandbox = service.sandbox();
    let session = fork(&sandbox, "-q --color never").finish().exits(3);
    assert!(
        !session.raw.contains('\x1b') && !session.raw.contains("note:") && !session.raw.contains("/30"),
        "{session:?}"
    );
    assert_eq!(session.raw.matches("Forked dolthub/").count(), 29, "{session:?}");
    assert_eq!(session.raw.matches("error: ").count(), 1, "{session:?}");
}
