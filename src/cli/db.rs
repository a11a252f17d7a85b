//! `dhub db`

use std::path::PathBuf;
use std::time::Duration;

use clap::builder::RangedU64ValueParser;
use clap::{Args, Subcommand};

use super::duration;

/// `dhub db`
#[derive(Debug, Subcommand)]
pub enum Db {
    /// Create databases
    #[command(after_help = "Examples:
  dhub db create museum-collections --private
  dhub db create dolthub/museum-collections --public -d \"Museum records\"
  dhub db create nightly --private --if-not-exists         in a CI job
  dhub db create - --private < names.txt                   one a line")]
    Create(Create),
    /// Fork databases
    #[command(after_help = "Examples:
  dhub db fork dolthub/museum-collections --wait
  dhub db fork dolthub/museum-collections --owner anotherOrg -w -t 1h
  dhub db fork dolthub/museum-collections --if-not-exists --clone
  dhub db fork dolthub/museum-collections --owner anna,ben     each gets a fork
  dhub db fork dolthub/museum-collections --owner - < class.txt
  ops=$(dhub db fork - < names.txt) &&
    printf '%s\\n' \"$ops\" | dhub db fork-status --wait -

A fork goes on by itself once it is accepted; there is no way to stop it.
In a Dolt checkout, without DATABASE, a terminal is asked whether to fork that
of the remote origin.")]
    Fork(Fork),
    /// Show the status of fork operations
    #[command(after_help = "Examples:
  dhub db fork-status --wait                          all that were started here
  dhub db fork-status operations/b09a9221-9dcb-4a15-9ca8-a64656946f12
  dhub db fork-status -w operations/b09a9221-9dcb-4a15-9ca8-a64656946f12

Forks that this user started on this machine are kept in a small file until
their end is seen: DHUB_STATE names it, DHUB_NO_STATE=1 does without.")]
    ForkStatus(ForkStatus),
    /// List the forks in a database's fork network
    #[command(
        visible_alias = "list-forks",
        after_help = "Examples:
  dhub db forks dolthub/museum-collections
  dhub db forks https://dolthub.com/repositories/dolthub/museum-collections
  dhub db forks dolthub/museum-collections --tree
  dhub db forks dolthub/museum-collections --tree --depth 1 -o csv
  dhub db forks dolthub/museum-collections --jq '.forks[].owner' -r
  dhub db forks dolthub/museum-collections --tree --jq '.. | .owner?'"
    )]
    Forks(Forks),
    /// Show what databases are: page, clone address, parent, root, forks
    #[command(after_help = "Examples:
  dhub db view dolthub/museum-collections
  dhub db view dolthub/museum-collections --web            open its page, too
  dhub db view dolthub/museum-collections --jq .fork_network_count
  dhub db view - < names.txt                               one a line

Exit code 3 means that a database does not exist, or is not yours to see.
Without DATABASE, in a Dolt checkout: that of its remote origin.")]
    View(View),
}

/// `dhub db create`
#[derive(Args, Debug)]
pub struct Create {
    /// Databases to create; - reads a list from stdin
    #[arg(required = true, value_name = "[OWNER/]NAME")]
    pub databases: Vec<String>,
    /// Visible to everyone
    #[arg(long, conflicts_with = "private")]
    pub public: bool,
    /// Visible to its owner and their collaborators
    #[arg(long)]
    pub private: bool,
    /// Owner where a name has none [env: DOLTHUB_OWNER, DOLTHUB_ORG] [default: you]
    #[arg(long, value_name = "OWNER")]
    pub owner: Option<String>,
    /// Description of the database
    #[arg(short, long, value_name = "TEXT")]
    pub description: Option<String>,
    /// Accept an existing database of the same visibility
    #[arg(long)]
    pub if_not_exists: bool,
    /// Add it to the Dolt checkout here as a remote [default: origin]
    #[arg(long, value_name = "NAME", num_args = 0..=1, require_equals = true)]
    pub remote: Option<Option<String>>,
    /// How many at a time.
    #[command(flatten)]
    pub jobs: Jobs,
}

/// `dhub db fork`
#[derive(Args, Debug)]
pub struct Fork {
    /// OWNER/NAME, page or remote; - reads a list from stdin
    #[arg(value_name = "DATABASE")]
    pub databases: Vec<String>,
    /// Owners of the forks, as in a,b; - reads a list [env: DOLTHUB_OWNER, DOLTHUB_ORG] [default: you]
    #[arg(long = "owner", value_name = "OWNER", value_delimiter = ',')]
    pub owners: Vec<String>,
    /// Wait until it is done and how to stop waiting.
    #[command(flatten)]
    pub wait: WaitArgs,
    /// Accept an existing fork of the same parent
    #[arg(long)]
    pub if_not_exists: bool,
    /// Wait, then dolt clone the fork [default: into NAME]
    #[arg(long, value_name = "DIR", num_args = 0..=1, require_equals = true, conflicts_with = "remote")]
    pub clone: Option<Option<PathBuf>>,
    /// Wait, then add the fork to the Dolt checkout here as a remote [default: fork]
    #[arg(long, value_name = "NAME", num_args = 0..=1, require_equals = true)]
    pub remote: Option<Option<String>>,
    /// How many at a time.
    #[command(flatten)]
    pub jobs: Jobs,
}

/// `dhub db fork-status`
#[derive(Args, Debug)]
pub struct ForkStatus {
    /// Operations as `dhub db fork` prints them; - reads a list from stdin [default: those started here and not seen to end]
    #[arg(value_name = "OPERATION")]
    pub operations: Vec<String>,
    /// Wait until it is done and how to stop waiting.
    #[command(flatten)]
    pub wait: WaitArgs,
    /// How many at a time.
    #[command(flatten)]
    pub jobs: Jobs,
}

/// Whether to wait, and for how long.
#[derive(Args, Clone, Copy, Debug)]
pub struct WaitArgs {
    /// Wait until the fork is done
    #[arg(short, long)]
    pub wait: bool,
    /// How long to wait, 0 for no limit [default: 30m]
    #[arg(short, long, value_name = "DURATION", long_help = "With --wait: give up waiting after this long, 0 for never; the fork continues [default: 30m]", value_parser = duration::parse, allow_negative_numbers = true)]
    timeout: Option<Duration>,
}

impl WaitArgs {
    /// How long to wait; none is without limit.
    pub fn limit(self) -> Option<Duration> {
        const USUAL: Duration = Duration::from_secs(30 * 60);
        Some(self.timeout.unwrap_or(USUAL)).filter(|timeout| !timeout.is_zero())
    }

    /// The same, with a wait.
    #[must_use]
    pub fn waiting(self) -> Self {
        WaitArgs { wait: true, ..self }
    }

    /// The same as words of a command line.
    pub fn options(self) -> Vec<String> {
        let wait = self.wait.then(|| "--wait".to_owned());
        let timeout = self.timeout.map(|timeout| format!("--timeout {}ms", timeout.as_millis()));
        wait.into_iter().chain(timeout).collect()
    }

    /// Whether a limit was given for a wait that there is not.
    pub fn limits_nothing(self) -> bool {
        self.timeout.is_some() && !self.wait
    }
}

/// How much to do side by side.
#[derive(Args, Clone, Copy, Debug)]
pub struct Jobs {
    /// Parallel requests [default: 8; reads grow to 32]
    #[arg(short, long, value_name = "N", value_parser = RangedU64ValueParser::<usize>::new().range(1..=256))]
    jobs: Option<usize>,
}

impl Jobs {
    /// So many unless the user says otherwise.
    const USUAL: usize = 8;
    /// So many reads where the service does not throttle.
    const MOST_READS: usize = 32;

    /// How many creates or forks at a time, with all that belongs to them.
    pub fn changes(self) -> usize {
        self.jobs.unwrap_or(Self::USUAL)
    }

    /// How many reads at a time: at first, and at most. The same where the user said how many.
    pub fn reads(self) -> (usize, usize) {
        self.jobs.map_or((Self::USUAL, Self::MOST_READS), |jobs| (jobs, jobs))
    }
}

/// `dhub db forks`
#[derive(Args, Debug)]
pub struct Forks {
    /// OWNER/NAME, page or remote [default: the origin of this Dolt checkout]
    #[arg(value_name = "DATABASE")]
    pub database: Option<String>,
    /// Show the whole network as a tree, from its root down
    #[arg(long)]
    pub tree: bool,
    /// With --tree: leave out what is more than N steps below the root
    #[arg(long, value_name = "N", requires = "tree")]
    pub depth: Option<usize>,
    /// With --tree: number of parallel requests.
    #[command(flatten)]
    pub jobs: Jobs,
}

/// `dhub db view`
#[derive(Args, Debug)]
pub struct View {
    /// OWNER/NAME, page or remote; - reads a list from stdin [default: the origin of this Dolt checkout]
    #[arg(value_name = "DATABASE")]
    pub databases: Vec<String>,
    /// Open the page in a browser, too [env: BROWSER]
    #[arg(long)]
    pub web: bool,
    /// How many at a time.
    #[command(flatten)]
    pub jobs: Jobs,
}
