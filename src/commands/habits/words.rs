//! The tables: other tools' words, and what is meant by them here.

use Meant::{Run, Say};

/// What is meant by a word.
#[derive(Clone, Copy, Debug)]
pub enum Meant {
    /// A command or an option; `{word}` in it is the word itself.
    Run(&'static str),
    /// Something that takes a sentence.
    Say(&'static str),
}

/// The command that a word is in, the words, and what is meant.
pub const COMMANDS: &[(&str, &[&str], Meant)] = &[
    ("", &["database", "databases", "repo", "repos", "repository"], Run("dhub db")),
    ("", &["whoami", "user", "account", "status"], Run("dhub auth status")),
    ("", &["signin", "sign-in", "log-in"], Run("dhub auth login")),
    ("", &["signout", "sign-out", "log-out"], Run("dhub auth logout")),
    ("", &["settings", "configure"], Run("dhub config")),
    #[cfg(feature = "emulator")]
    ("", &["emulate", "server", "serve"], Run("dhub emulator")),
    ("", &["clone"], CLONE),
    ("", &["new", "init"], Run("dhub db create")),
    ("", &["show", "info", "open", "browse"], Run("dhub db view")),
    ("", &["wait"], Run("dhub db fork-status --wait")),
    ("", &["tree", "network"], Run("dhub db forks --tree")),
    ("", &["ls-forks"], Run("dhub db forks")),
    ("", &["request", "call", "curl", "http", "rest", "post"], Run("dhub api")),
    (
        "",
        &["update", "upgrade", "self-update", "install"],
        Say("dhub does not install anything: take its new version as you took this one"),
    ),
    ("", &["manual", "manpage", "manpages"], Run("dhub man")),
    ("", &["publish"], Run("dhub db create --public")),
    ("", DOLT, Run("dolt {word}")),
    ("db", &["new", "init", "add"], Run("dhub db create")),
    ("db", &["show", "info", "get", "open", "browse"], Run("dhub db view")),
    ("db", &["status", "wait", "forkstatus"], Run("dhub db fork-status")),
    ("db", &["tree", "network"], Run("dhub db forks --tree")),
    ("db", &["ls-forks", "fork-list", "forks-list"], Run("dhub db forks")),
    (
        "db",
        &["sync"],
        Say(
            "DoltHub's API cannot update a fork from its parent; in a clone, `dolt pull upstream` and `dolt push` do",
        ),
    ),
    ("db", &["clone"], CLONE),
    ("db", DOLT, Run("dolt {word}")),
    ("auth", &["whoami", "user", "show"], Run("dhub auth status")),
    ("auth", &["signin", "sign-in", "log-in", "refresh", "renew", "switch"], Run("dhub auth login")),
    ("auth", &["signout", "sign-out", "log-out"], Run("dhub auth logout")),
    ("auth", &["setup-git", "setup-dolt"], Run("dolt login")),
    ("config", &["ls", "show"], Run("dhub config list")),
    ("config", &["edit", "file"], Run("dhub config path")),
    ("config", &["rm", "remove", "delete", "clear"], Run("dhub config unset")),
    ("config", &["add", "put"], Run("dhub config set")),
    #[cfg(feature = "emulator")]
    ("emulator", &["run"], Run("dhub emulator exec")),
    #[cfg(feature = "emulator")]
    ("emulator", &["serve", "up", "new"], Run("dhub emulator start")),
    #[cfg(feature = "emulator")]
    ("emulator", &["stop", "down", "kill"], Say("Ctrl-C, or SIGTERM, stops an emulator")),
    ("help", &["exit", "codes", "status", "errors", "exit-status"], Run("dhub help exit-codes")),
    ("help", &["env", "environ", "variables"], Run("dhub help environment")),
    ("help", &["formats", "formatting", "columns", "json"], Run("dhub help output")),
    ("help", &["settings", "configuration"], Run("dhub help config")),
];

const CLONE: Meant =
    Run("dolt clone OWNER/NAME` or, with a fork of your own, `dhub db fork OWNER/NAME --clone");

/// What is done in a clone.
const DOLT: &[&str] = &[
    "branch", "checkout", "commit", "diff", "fetch", "log", "merge", "pull", "push", "rebase", "remote",
    "reset", "sql", "tag",
];

/// What the service's API has no request for, and the words for it.
pub const CANNOT: &[(&str, &[&str])] = &[
    ("list", &["list", "ls"]),
    ("search", &["search", "find"]),
    ("delete", &["delete", "rm", "remove", "destroy", "drop"]),
    ("rename", &["rename", "mv", "move", "transfer"]),
    ("edit", &["edit", "update"]),
];

/// The command that an option is given to, or its noun; the options; and what is meant. The first that fits counts.
pub const OPTIONS: &[(&str, &[&str], Meant)] = &[
    (
        "db fork",
        &["--org", "--organization", "--to", "--into", "--dest", "--destination", "--user"],
        Run("--owner"),
    ),
    (
        "db fork",
        &["--name", "--fork-name", "--as", "--rename"],
        Say("a fork has the name of its parent; `--clone=DIR` clones it into another folder"),
    ),
    ("db fork", &["--follow", "--watch", "--sync", "--block"], Run("--wait")),
    ("db fork-status", &["--follow", "--watch", "--block"], Run("--wait")),
    (
        "db fork",
        &["--yes", "-y", "--no-input", "--non-interactive"],
        Say("where DATABASE is given nothing is asked"),
    ),
    ("api", &["-F"], Say("a field that is no string is written `-f KEY:=JSON`")),
    ("db create", &["--org", "--organization", "--user"], Run("--owner")),
    ("db create", &["--message", "-m", "--about", "--comment"], Run("--description")),
    ("db create", &["--visibility", "--internal"], Run("--public` or `--private")),
    (
        "db create",
        &["--clone", "--push", "--source"],
        Say("`--remote` makes the database a remote of the Dolt checkout here"),
    ),
    (
        "db create",
        &["--yes", "-y", "--no-input", "--non-interactive"],
        Say("with `--public` or `--private` nothing is asked"),
    ),
    ("db view", &["--browser", "--browse", "--open", "-w"], Run("--web")),
    ("db forks", &["--recursive", "--all", "-a", "-R", "--network"], Run("--tree")),
    (
        "db forks",
        &["--limit", "-L", "--max", "-n", "--page", "--per-page"],
        Say("all forks are listed; in a pipe, `head` takes the first of them"),
    ),
    (
        "db",
        &["--force", "-f", "--overwrite", "--exist-ok", "--if-exists", "--skip-existing"],
        Run("--if-not-exists"),
    ),
    (
        "auth login",
        &["--with-token", "--token", "--password", "-p"],
        Say("the token is read from stdin: `dhub auth login < token.txt`"),
    ),
    #[cfg(feature = "emulator")]
    ("emulator start", &["--port", "-p", "--addr", "--address", "--bind"], Run("--listen")),
    ("config", &["--list", "-l"], Run("dhub config list")),
    ("config", &["--get"], Run("dhub config get")),
    ("config", &["--unset"], Run("dhub config unset")),
    ("config", &["--edit", "-e"], Run("dhub config path")),
    ("config", &["--global", "--local", "--system", "--add"], Run("dhub config set")),
    (
        "",
        &["--token", "--with-token", "--password"],
        Say("a token is never an option: `dhub auth login` stores one, or DOLTHUB_TOKEN holds it"),
    ),
    ("", &["--format", "--out", "-F"], Run("--output")),
    ("", &["--debug", "--trace"], Run("--verbose")),
    ("", &["--silent", "-s"], Run("--quiet")),
    ("", &["--no-color", "--no-colors", "--no-colour", "--colour=never"], Run("--color never")),
    ("", &["--colour", "--colors"], Run("--color")),
    ("", &["--hostname", "--server", "--url", "--endpoint"], Run("--host")),
    ("", &["--version", "-V"], Run("dhub --version")),
    ("", &["--timeout"], Run("--request-timeout")),
    ("", &["--concurrency", "--parallel", "--threads"], Run("--jobs")),
];
