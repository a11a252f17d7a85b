//! `dhub config` and `dhub auth token`.

use std::fs;

use serde_json::json;

use crate::support::{Sandbox, TOKEN};

/// The lines of `config list` in a pipe, by key.
fn listed(sandbox: &Sandbox, options: &str) -> Vec<(String, String, String)> {
    let out = sandbox.run(&format!("config list {options}")).exits(0).out;
    let row = |line: &str| {
        let fields: Vec<&str> = line.split('\t').collect();
        let [key, value, source] = fields[..] else { panic!("{line:?}") };
        (key.to_owned(), value.to_owned(), source.to_owned())
    };
    out.lines().map(row).collect()
}

#[track_caller]
fn says(rows: &[(String, String, String)], key: &str, value: &str, source: &str) {
    let row = rows.iter().find(|row| row.0 == key).unwrap_or_else(|| panic!("no {key} in {rows:?}"));
    assert_eq!((row.1.as_str(), row.2.as_str()), (value, source), "{key}: {rows:?}");
}

#[test]
fn config_list_says_where_each_value_comes_from_and_never_shows_a_token() {
    let sandbox = Sandbox::new().with("DOLTHUB_ORG", "acme").with("DOLTHUB_TOKEN", TOKEN);
    sandbox.write_config(&format!(
        "host = \"https://lab.corp\"\n[hosts.\"lab.corp\"]\nowner = \"anna\"\nvisibility = \"private\"\n\
         [hosts.\"other.corp\"]\ntoken_command = [\"echo\", \"{TOKEN}\", \"it's\"]\nallow_http = true\n"
    ));
    let rows = listed(&sandbox, "");
    let keys: Vec<&str> = rows.iter().map(|row| row.0.as_str()).collect();
    assert_eq!(
        keys,
        [
            "host",
            "user",
            "token",
            "token_command",
            "owner",
            "visibility",
            "ca_file",
            "remote",
            "api",
            "allow_http"
        ]
    );
    says(&rows, "host", "https://lab.corp", "file");
    says(&rows, "token", "", "environment");
    says(&rows, "owner", "acme", "environment");
    says(&rows, "visibility", "private", "file");
    says(&rows, "remote", "https://lab.corp:50051", "default");
    says(&rows, "allow_http", "false", "default");
    says(&rows, "ca_file", "", "default");

    let rows = listed(&sandbox, "--host other.corp");
    says(&rows, "host", "https://other.corp", "flag");
    says(&rows, "token", "", "file");
    says(&rows, "token_command", "echo [token] \"it's\"", "file");
    says(&rows, "allow_http", "true", "file");

    let json = sandbox.run("config list --json").exits(0).out;
    let documents: Vec<serde_json::Value> =
        json.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(
        documents[2],
        json!({"key": "token", "value": null, "set": true, "source": "environment", "origin": "DOLTHUB_TOKEN"})
    );
    assert_eq!(documents.len(), rows.len());
    assert!(!json.contains(TOKEN), "{json}");
}

#[test]
fn config_get_prints_the_value_in_effect() {
    let sandbox = Sandbox::new().with("DOLTHUB_HOST", "lab.corp");
    assert_eq!(sandbox.run("config get host").exits(0).out, "https://lab.corp\n");
    assert_eq!(sandbox.run("config get owner").exits(0).out, "\n");
    let owner = sandbox.with("DOLTHUB_OWNER", "anna").run("config get owner --json").exits(0).document();
    let whole = json!({"key": "owner", "value": "anna", "set": true, "source": "environment", "origin": "DOLTHUB_OWNER"});
    assert_eq!(owner, whole);
}

#[test]
fn config_set_and_unset_keep_the_comments_and_the_other_values() {
    let sandbox = Sandbox::new();
    sandbox.write_config("# mine\n[hosts.\"www.dolthub.com\"] # here\n# why\nowner = \"anna\" # me\n");
    assert_eq!(sandbox.run("config set owner ben").exits(0).out, "owner\tben\n");
    sandbox.run("config set visibility public").exits(0);
    sandbox.run("config set allow_http true").exits(0);
    sandbox.run_all(["config", "set", "token_command", "pass show 'my token'"]).exits(0);
    sandbox.run("config set host lab.corp").exits(0);
    let text = fs::read_to_string(sandbox.config_path()).unwrap();
    for part in
        ["# mine", "# here", "# why", "owner = \"ben\" # me", "visibility = \"public\"", "allow_http = true"]
    {
        assert!(text.contains(part), "{part}: {text}");
    }
    assert!(text.contains(r#"token_command = ["pass", "show", "my token"]"#), "{text}");
    assert!(text.contains(r#"host = "https://lab.corp""#), "{text}");
    assert_eq!(sandbox.run("config get owner").exits(0).out, "\n", "that is another host's");

    sandbox.run("config unset host").exits(0);
    assert_eq!(sandbox.run("config get owner").exits(0).out, "ben\n");
    assert_eq!(sandbox.run("config unset owner").exits(0).out, "owner\n");
    let run = sandbox.run("config unset owner --json").exits(0);
    assert!(run.err.contains("owner is not set in"), "{run:?}");
    assert_eq!(run.document()["set"], false);
    let text = fs::read_to_string(sandbox.config_path()).unwrap();
    assert!(text.contains("# why") && text.contains("# me") && !text.contains("ben"), "{text}");
    sandbox.run("config list").exits(0);
}

#[test]
fn what_is_unset_beside_a_comment_counts_as_unset_whatever_its_type() {
    let sandbox = Sandbox::new();
    sandbox.write_config(
        "[hosts.\"www.dolthub.com\"]\nallow_http = true # loud\ntoken_command = [\"x\"] # program\n",
    );
    for key in ["allow_http", "token_command"] {
        sandbox.run(&format!("config unset {key}")).exits(0);
    }
    let rows = listed(&sandbox, "");
    says(&rows, "allow_http", "false", "default");
    says(&rows, "token_command", "", "default");
    says(&rows, "token", "", "default");
    let text = fs::read_to_string(sandbox.config_path()).unwrap();
    assert!(text.contains("# loud") && text.contains("# program"), "{text}");
}

#[test]
fn config_set_goes_to_the_chosen_host_and_makes_the_file() {
    let sandbox = Sandbox::new().with("DOLTHUB_OWNER", "acme");
    let run = sandbox.run("config set owner anna --host http://lab.corp:8080 --config new.toml").exits(0);
    assert!(run.err.contains("DOLTHUB_OWNER is set, and is used before it"), "{run:?}");
    let text = fs::read_to_string(sandbox.home().join("new.toml")).unwrap();
    assert_eq!(text, "[hosts.\"lab.corp:8080\"]\nowner = \"anna\"\n");
    assert!(!sandbox.config_path().exists());
}

#[test]
fn a_value_that_is_the_default_is_the_files_where_it_stands_there() {
    let sandbox = Sandbox::new();
    sandbox.run("config set allow_http false").exits(0);
    sandbox.run("config set host www.dolthub.com").exits(0);
    let rows = listed(&sandbox, "");
    says(&rows, "allow_http", "false", "file");
    says(&rows, "host", "https://www.dolthub.com", "file");
}

#[test]
fn values_that_are_set_side_by_side_are_all_kept() {
    let sandbox = Sandbox::new();
    let hosts: Vec<String> = (0..8).map(|n| format!("lab{n}.corp")).collect();
    let set = |host: &String| {
        sandbox
            .command(["config", "set", "owner", "anna", "--host", host])
            .stdout(std::process::Stdio::null())
            .spawn()
    };
    let running: Vec<_> = hosts.iter().map(|host| set(host).unwrap()).collect();
    for mut run in running {
        assert!(run.wait().unwrap().success());
    }
    for host in hosts {
        assert_eq!(sandbox.run(&format!("config get owner --host {host}")).exits(0).out, "anna\n");
    }
}

#[test]
fn a_path_is_one_from_the_current_folder() {
    let sandbox = Sandbox::new();
    let run = sandbox.run("config set ca_file corp.pem").exits(2);
    assert!(run.err.contains("there is no such file"), "{run:?}");
    assert!(!sandbox.config_path().exists());
    fs::write(sandbox.home().join("corp.pem"), "").unwrap();
    sandbox.run("config set ca_file corp.pem").exits(0);
    let path = sandbox.run("config get ca_file").exits(0).out;
    assert_eq!(path.trim_end(), sandbox.home().join("corp.pem").display().to_string());
}

#[test]
fn a_wrong_key_or_value_is_refused_and_changes_nothing() {
    let sandbox = Sandbox::new();
    let text = "[hosts.\"www.dolthub.com\"]\nowner = \"anna\"\n";
    sandbox.write_config(text);
    for (args, part) in [
        (&["set", "ownr", "ben"][..], "'owner'"),
        (&["get", "visibilty"], "'visibility'"),
        (&["unset", "allow-http"], "'allow_http'"),
        (&["set", "owner", ""], "empty"),
        (&["set", "owner", "a/b"], "owner cannot be"),
        (&["set", "visibility", "secret"], "neither public nor private"),
        (&["set", "allow_http", "yes"], "neither true nor false"),
        (&["set", "host", "ftp://x"], "http"),
        (&["set", "remote", "https://a b"], "remote cannot be"),
        (&["set", "token_command", "pass 'show"], "not closed"),
        (&["set", "token_command", "# x"], "list of words"),
        (&["set", "token", TOKEN], "auth login"),
        (&["set", "owner", TOKEN], "auth login"),
        (&["get", "token"], "auth token"),
        (&["unset", "token"], "auth logout"),
        (&["set", "owner"], "VALUE"),
    ] {
        let run = sandbox.run_all(["config"].iter().chain(args).chain(&["--json"])).exits(2);
        assert!(run.err.contains(part) && !run.err.contains(TOKEN), "{args:?}: {run:?}");
        assert_eq!(fs::read_to_string(sandbox.config_path()).unwrap(), text, "{args:?}");
    }
}

#[test]
fn a_password_in_a_host_is_not_repeated() {
    let run = Sandbox::new().run("config set host https://me:geheim@lab.corp").exits(2);
    assert!(!run.err.contains("geheim"), "{run:?}");
}

#[test]
fn a_broken_value_can_be_mended() {
    let sandbox = Sandbox::new();
    sandbox.write_config("host = \"ftp://x\"\n[hosts.\"www.dolthub.com\"]\nvisibility = \"secret\"\n");
    sandbox.run("config list").exits(1);
    sandbox.run("config unset host").exits(0);
    sandbox.run("config list").exits(1);
    sandbox.run("config set visibility private").exits(0);
    sandbox.run("config list").exits(0);
}

#[test]
fn a_host_has_a_token_or_a_command_that_prints_one() {
    let sandbox = Sandbox::new();
    let text = format!("[hosts.\"www.dolthub.com\"]\ntoken = \"{TOKEN}\"\n");
    sandbox.write_config(&text);
    let run = sandbox.run("config set token_command pass").exits(1);
    assert!(run.err.contains("auth logout"), "{run:?}");
    assert_eq!(fs::read_to_string(sandbox.config_path()).unwrap(), text);
}

#[test]
fn config_path_is_told_also_where_the_file_is_missing_or_broken() {
    let sandbox = Sandbox::new();
    let path = sandbox.config_path().display().to_string();
    let document = sandbox.run("config path --json").exits(0).document();
    assert_eq!(document, json!({"path": path, "exists": false}));
    sandbox.write_config("host = ");
    assert_eq!(sandbox.run("config path").exits(0).out, format!("{path}\n"));
    assert_eq!(sandbox.run("config path --config x.toml").exits(0).out, "x.toml\n");
}

#[test]
fn auth_token_prints_the_token_in_use_and_sends_nothing() {
    // Nobody listens there, and a token would not travel to it.
    let sandbox = Sandbox::new().with("DOLTHUB_HOST", "http://lab.corp:1");
    let none = sandbox.run("auth token").exits(4);
    assert!(none.out.is_empty() && none.err.contains("dhub auth login"), "{none:?}");

    sandbox.write_config(&format!("[hosts.\"lab.corp:1\"]\ntoken_command = [\"echo\", \"{TOKEN}\"]\n"));
    let run = sandbox.run("auth token").exits(0);
    assert_eq!((run.out, run.err), (format!("{TOKEN}\n"), String::new()));
    sandbox.write_config(&format!("[hosts.\"lab.corp:1\"]\ntoken = \"{TOKEN}\"\n"));
    assert_eq!(sandbox.run("auth token").exits(0).out, format!("{TOKEN}\n"));
    assert_eq!(
        sandbox.run("auth token --json").exits(0).document(),
        json!({"host": "http://lab.corp:1", "token": TOKEN, "token_source": "config file"})
    );
    let other = sandbox.run("auth token --host https://other.corp").exits(4);
    assert!(!other.err.contains(TOKEN), "{other:?}");
}
