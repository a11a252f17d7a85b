//! The prompt for a token: nothing of it is shown, whatever signal comes.

use std::time::Duration;

use crate::support::running::eventually;
use crate::support::terminal::Terminal;
use crate::support::{Reply, Sandbox, Server, TOKEN};

#[test]
fn a_token_that_is_typed_is_not_shown() {
    let server = Server::always(Reply::Json(200, r#"{"status":"Success","username":"taylor"}"#.to_owned()));
    // Typed as soon as the prompt is shown, as an expect script does; where that is too soon, chance decides.
    for _ in 0..20 {
        let sandbox = Sandbox::new().with("DOLTHUB_HOST", server.url());
        let mut terminal = Terminal::dhub(&sandbox, (24, 200), "auth login");
        terminal.wait_for(&format!("{}/settings/tokens):", server.url()));
        terminal.types(&format!("{TOKEN}\r"));
        terminal.wait_until(|screen| screen.contains("never-to-be-shown") || screen.contains('✓'));
        assert!(!terminal.raw().contains("never-to-be-shown"), "{:?}", terminal.raw());
        let session = terminal.finish().exits(0);
        assert!(
            session.screen.contains(&format!("✓ Logged in to {} as taylor", server.url())),
            "{session:?}"
        );
        let last = server.v1alpha1_requests().pop().unwrap();
        assert_eq!(last.header("authorization"), Some(&*format!("token {TOKEN}")));
    }
}

#[test]
fn a_token_can_be_typed_even_if_stderr_is_a_file() {
    let server = Server::always(Reply::Json(200, r#"{"status":"Success","username":"taylor"}"#.to_owned()));
    let sandbox = Sandbox::new().with("DOLTHUB_HOST", server.url());
    let mut terminal = Terminal::script(&sandbox, "sh", r#""$DHUB" auth login 2> err"#);
    let err = || std::fs::read_to_string(sandbox.home().join("err")).unwrap_or_default();
    assert!(eventually(|| err().contains("/settings/tokens):")), "{}", err());
    terminal.types(&format!("{TOKEN}\r"));
    let session = terminal.finish().exits(0);
    assert!(!session.raw.contains("never-to-be-shown"), "{session:?}");
}

#[test]
fn ctrl_c_at_the_token_prompt_restores_the_echo() {
    let sandbox = Sandbox::new().with("DOLTHUB_HOST", "http://127.0.0.1:9");
    let script = r#"trap : INT; "$DHUB" auth login; echo "code $?"; stty -a"#;
    let mut terminal = Terminal::script(&sandbox, "sh", script);
    terminal.wait_for("/settings/tokens):");
    // The echo goes off about when the prompt is shown.
    std::thread::sleep(Duration::from_millis(200));
    terminal.types("dhat.v1\x03");
    let session = terminal.finish().exits(0);
    assert!(session.screen.contains("code 130"), "{session:?}");
    assert!(session.screen.contains(" echo "), "{session:?}");
    assert!(session.screen.contains(" icanon "), "{session:?}");
}

#[test]
fn every_signal_at_the_token_prompt_restores_the_echo_and_kills() {
    for (name, ends, code) in [("QUIT", "\x1c", 131), ("USR1", "", 138), ("TERM", "", 143)] {
        let sandbox = Sandbox::new().with("DOLTHUB_HOST", "http://127.0.0.1:9");
        // By its name where no key sends it.
        let script = if ends.is_empty() {
            format!(
                r#"(while [ ! -e go ]; do sleep 0.02; done; kill -{name} $(cat id)) & sh -c 'echo $$ > id; exec "$DHUB" auth login'; echo "code $?"; stty -a"#
            )
        } else {
            format!(r#"trap : {name}; "$DHUB" auth login; echo "code $?"; stty -a"#)
        };
        let mut terminal = Terminal::script(&sandbox, "sh", &script);
        terminal.wait_for("/settings/tokens):");
        terminal.types(&format!("dhat.v1{ends}"));
        std::fs::write(sandbox.home().join("go"), "").unwrap();
        let session = terminal.finish().exits(0);
        assert!(session.screen.contains(&format!("code {code}")), "{session:?}");
        assert!(session.screen.contains(" echo "), "{session:?}");
        assert!(!session.raw.contains("dhat.v1"), "{session:?}");
    }
}

#[test]
fn ctrl_z_at_the_token_prompt_restores_the_echo_and_to_continue_hides_and_asks_again() {
    let server = Server::always(Reply::Json(200, r#"{"status":"Success","username":"taylor"}"#.to_owned()));
    let sandbox = Sandbox::new().with("DOLTHUB_HOST", server.url());
    // Job control, as in a shell that a person uses.
    let script = r#"set -m; "$DHUB" auth login; echo "state $?"; stty -a; read -r line; echo "read $line"
        fg; echo "code $?"; stty -a"#;
    let mut terminal = Terminal::script(&sandbox, "bash", script);
    terminal.wait_for("tokens):");
    terminal.types("half-of-it\x1a");
    let screen = terminal.wait_for("echoke");
    assert!(screen.contains(" echo "), "{screen}");
    terminal.types("seen\r");
    terminal.wait_for("read seen");
    terminal.wait_until(|screen| screen.matches("tokens):").count() == 2);
    terminal.types(&format!("{TOKEN}\r"));
    let session = terminal.finish().exits(0);
    assert!(session.screen.contains("code 0") && session.screen.contains(" echo "), "{session:?}");
    for hidden in ["never-to-be-shown", "half-of-it"] {
        assert!(!session.raw.contains(hidden), "{session:?}");
    }
    let last = server.v1alpha1_requests().pop().unwrap();
    assert_eq!(last.header("authorization"), Some(&*format!("token {TOKEN}")));
}

#[test]
fn ctrl_z_where_no_shell_could_continue_only_asks_again() {
    let server = Server::always(Reply::Json(200, r#"{"status":"Success","username":"taylor"}"#.to_owned()));
    let sandbox = Sandbox::new().with("DOLTHUB_HOST", server.url());
    let mut terminal = Terminal::dhub(&sandbox, (24, 200), "auth login");
    terminal.wait_for("tokens):");
    terminal.types("\x1a");
    terminal.wait_until(|screen| screen.matches("tokens):").count() == 2);
    terminal.types(&format!("{TOKEN}\r"));
    let session = terminal.finish().exits(0);
    assert!(!session.raw.contains("never-to-be-shown"), "{session:?}");
}

#[test]
fn what_was_typed_before_the_token_prompt_is_dropped() {
    let server = Server::always(Reply::Json(200, r#"{"status":"Success","username":"taylor"}"#.to_owned()));
    let sandbox = Sandbox::new().with("DOLTHUB_HOST", server.url());
    let script = r#"echo ready; while [ ! -e go ]; do sleep 0.02; done; "$DHUB" auth login; read -r next; echo "next $next""#;
    let mut terminal = Terminal::script(&sandbox, "sh", script);
    terminal.wait_for("ready");
    terminal.types("typed-too-early\r");
    terminal.wait_for("typed-too-early");
    std::fs::write(sandbox.home().join("go"), "").unwrap();
    terminal.wait_for("tokens):");
    terminal.types(&format!("{TOKEN}\rafterwards\r"));
    let session = terminal.finish().exits(0);
    // What is typed after it is for the next program.
    assert!(session.screen.contains("next afterwards"), "{session:?}");
    let sent: Vec<_> = server.v1alpha1_requests();
    assert_eq!(sent.len(), 1);
    assert_eq!(sent[0].header("authorization"), Some(&*format!("token {TOKEN}")));
}
