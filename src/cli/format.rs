//! `--output` and `--jq`: the form of the results, and that it is said once. And how often `--verbose` is said.

use std::ffi::OsString;

use clap::error::{Error, ErrorKind};
use clap::{Arg, ArgMatches, Command, CommandFactory, FromArgMatches, ValueEnum};

use super::{Cli, Db, Global};

/// The form in which results are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// As on a terminal
    Table,
    /// Tab-separated rows, as in a pipe
    Tsv,
    /// Comma-separated rows under a header
    Csv,
    /// A Markdown table
    Md,
    /// JSON Lines
    Json,
    /// The first column alone
    Names,
    /// A graph for Graphviz, of forks --tree
    Dot,
}

impl Format {
    fn name(self) -> String {
        self.to_possible_value().map(|value| value.get_name().to_owned()).unwrap_or_default()
    }
}

impl Global {
    /// The form that was asked for; none where it depends on what stdout is.
    pub fn format(&self) -> Option<Format> {
        let is_json = self.json || !self.jq.is_empty();
        if is_json { Some(Format::Json) } else { self.output.first().copied() }
    }
}

impl Cli {
    /// Parses the words of a command line, the program's name first.
    ///
    /// # Errors
    /// What clap has to say; and where two formats disagree, or the command has no such format.
    pub fn from_words(words: Vec<OsString>) -> Result<Self, Error> {
        let mut command = super::command();
        let matches = command.try_get_matches_from_mut(&words)?;
        let mut cli = Cli::from_arg_matches(&matches).map_err(|error| error.format(&mut command))?;
        let conflict = |message| Cli::command().error(ErrorKind::ArgumentConflict, message);
        if cli.global.raw_output && cli.global.jq.is_empty() {
            return Err(conflict("-r, --raw-output, needs --jq, as in --jq '.forks[].owner' -r".to_owned()));
        }
        if cli.global.verbose == 1 || !cli.global.output.is_empty() || !cli.global.jq.is_empty() {
            let given = every_place(words)?;
            let is_filtered = cli.check_expressions(&values(&given, EXPRESSION)).map_err(conflict)?;
            cli.check_formats(&values(&given, FORMAT), is_filtered).map_err(conflict)?;
            let counts = levels(&given).filter_map(|level| level.get_one::<u8>(VERBOSE));
            cli.global.verbose = counts.fold(0, |sum, count| sum.saturating_add(*count));
        }
        Ok(cli)
    }

    /// Whether there is an expression, and one only.
    fn check_expressions(&self, expressions: &[String]) -> Result<bool, String> {
        let Some(first) = expressions.first() else { return Ok(false) };
        if expressions.iter().any(|other| other != first) {
            return Err(
                "--jq is given twice, with two expressions; combine them, as in --jq 'A | B'".to_owned()
            );
        }
        Ok(true)
    }

    fn check_formats(&self, formats: &[Format], is_filtered: bool) -> Result<(), String> {
        let Some(&first) = formats.first() else { return Ok(()) };
        if let Some(&other) = formats.iter().find(|&&other| other != first) {
            return Err(format!("--output {} and --output {} disagree", first.name(), other.name()));
        }
        if self.global.json && first != Format::Json {
            return Err(format!("--output {} and --json disagree", first.name()));
        }
        if is_filtered && first != Format::Json {
            return Err(format!("--output {} and --jq disagree: --jq prints JSON", first.name()));
        }
        let is_tree = matches!(&self.command, super::Command::Db(Db::Forks(forks)) if forks.tree);
        if matches!(&self.command, super::Command::Api(_)) && first != Format::Json {
            return Err(format!("--output {} is not for `dhub api`: a response is JSON", first.name()));
        }
        if first == Format::Dot && !is_tree {
            return Err("--output dot is for `dhub db forks --tree` only".to_owned());
        }
        Ok(())
    }
}

const FORMAT: &str = "output";
const EXPRESSION: &str = "jq";
const VERBOSE: &str = "verbose";

/// Every `--output`, `--jq` and `--verbose`, also where one stands before a subcommand and one after it: of a global option,
/// clap keeps the last place alone. So the words are parsed again, by a command line in which each command has these for itself.
fn every_place(words: Vec<OsString>) -> Result<ArgMatches, Error> {
    fn add(command: Command, options: &[Arg]) -> Command {
        command.args(options).mut_subcommands(|subcommand| add(subcommand, options))
    }
    let is_wanted = |option: &Arg| [FORMAT, EXPRESSION, VERBOSE].iter().any(|id| option.get_id() == id);
    let own = |option: Arg| if is_wanted(&option) { option.global(false) } else { option };
    let command = Cli::command().mut_args(own);
    let options: Vec<Arg> = command.get_arguments().filter(|option| is_wanted(option)).cloned().collect();
    command.mut_subcommands(|subcommand| add(subcommand, &options)).try_get_matches_from(words)
}

/// What each command and subcommand was given.
fn levels(given: &ArgMatches) -> impl Iterator<Item = &ArgMatches> {
    std::iter::successors(Some(given), |level| level.subcommand().map(|(_, below)| below))
}

/// The values of an option in every place.
fn values<T: Clone + Send + Sync + 'static>(given: &ArgMatches, id: &str) -> Vec<T> {
    levels(given).flat_map(|level| level.get_many::<T>(id).into_iter().flatten()).cloned().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(line: &str) -> Result<Cli, Error> {
        Cli::from_words(line.split(' ').map(OsString::from).collect())
    }

    #[test]
    fn formats_that_agree_are_one() {
        for line in [
            "dhub db forks a/b -o json --json",
            "dhub --json db forks a/b --output=json",
            "dhub -o json db -o json forks a/b -ojson -o json",
        ] {
            assert_eq!(parse(line).unwrap().global.format(), Some(Format::Json), "{line}");
        }
        assert_eq!(parse("dhub db forks a/b").unwrap().global.format(), None);
        assert_eq!(parse("dhub -o md db forks a/b").unwrap().global.format(), Some(Format::Md));
    }

    #[test]
    fn verbose_counts_wherever_it_stands() {
        for (line, times) in [
            ("dhub db forks a/b", 0),
            ("dhub -v db forks a/b", 1),
            ("dhub db forks a/b -vv", 2),
            ("dhub db forks a/b --verbose --verbose", 2),
            ("dhub -v db forks a/b -v", 2),
            ("dhub -v db -v forks -v a/b", 3),
        ] {
            assert_eq!(parse(line).unwrap().global.verbose, times, "{line}");
        }
    }

    #[test]
    fn formats_that_disagree_are_refused_wherever_they_stand() {
        for line in [
            "dhub db forks a/b -o csv -o md",
            "dhub -o csv db forks a/b -o md",
            "dhub -o csv db -o md forks a/b",
            "dhub -o csv db -o md forks a/b -o csv",
            "dhub --json db forks a/b -o csv",
            "dhub db forks a/b -o csv --json",
            "dhub auth status -qo names --json",
        ] {
            let error = parse(line).unwrap_err();
            assert!(error.to_string().contains("disagree"), "{line}: {error}");
        }
    }

    #[test]
    fn dot_is_for_trees_only() {
        assert!(parse("dhub db forks a/b --tree -o dot").is_ok());
        for line in ["dhub db forks a/b -o dot", "dhub -o dot db view a/b", "dhub auth status -o dot"] {
            let error = parse(line).unwrap_err();
            assert!(error.to_string().contains("`dhub db forks --tree` only"), "{line}: {error}");
        }
    }

    #[test]
    fn a_response_of_the_api_is_json_and_nothing_else() {
        for line in ["dhub api user -o json", "dhub --json api user", "dhub api user"] {
            assert!(parse(line).is_ok(), "{line}");
        }
        for format in ["table", "tsv", "csv", "md", "names", "dot"] {
            let error = parse(&format!("dhub -o {format} api user")).unwrap_err();
            assert!(error.to_string().contains("a response is JSON"), "{format}: {error}");
        }
    }

    #[cfg(feature = "emulator")]
    #[test]
    fn what_a_command_of_the_users_is_given_is_its_own() {
        let cli = parse("dhub -o csv emulator exec dhub db forks a/b -o md").unwrap();
        assert_eq!(cli.global.format(), Some(Format::Csv));
    }
}
