//! `--output`: the form of the results, and that it is said once. And how often `--verbose` is said.

use std::ffi::OsString;

use clap::error::{Error, ErrorKind};
use clap::{ArgMatches, Command, CommandFactory, FromArgMatches, ValueEnum};

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
        if self.json { Some(Format::Json) } else { self.output.first().copied() }
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
        if cli.global.verbose == 1 {
            cli.global.verbose = everywhere(words.clone(), VERBOSE, |level| {
                level.get_one::<u8>(VERBOSE).copied().into_iter().collect()
            })?
            .into_iter()
            .fold(0, u8::saturating_add);
        }
        if !cli.global.output.is_empty() {
            cli.check_formats(&formats(words)?)
                .map_err(|message| Cli::command().error(ErrorKind::ArgumentConflict, message))?;
        }
        Ok(cli)
    }

    fn check_formats(&self, formats: &[Format]) -> Result<(), String> {
        let Some(&first) = formats.first() else { return Ok(()) };
        if let Some(&other) = formats.iter().find(|&&other| other != first) {
            return Err(format!("--output {} and --output {} disagree", first.name(), other.name()));
        }
        if self.global.json && first != Format::Json {
            return Err(format!("--output {} and --json disagree", first.name()));
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

const OUTPUT: &str = "output";
const VERBOSE: &str = "verbose";

fn formats(words: Vec<OsString>) -> Result<Vec<Format>, Error> {
    everywhere(words, OUTPUT, |level| {
        level.get_many::<Format>(OUTPUT).into_iter().flatten().copied().collect()
    })
}

/// Every value of a global option, also where one stands before a subcommand and one after it: clap keeps the last place
/// alone. So the words are parsed again, by a command line in which each command has that option for itself.
fn everywhere<T>(
    words: Vec<OsString>,
    id: &str,
    values: impl Fn(&ArgMatches) -> Vec<T>,
) -> Result<Vec<T>, Error> {
    fn add(command: Command, option: &clap::Arg) -> Command {
        command.arg(option).mut_subcommands(|subcommand| add(subcommand, option))
    }
    let mut command = Cli::command();
    let option = command.get_arguments().find(|argument| argument.get_id() == id).cloned();
    if let Some(option) = option.map(|option| option.global(false)) {
        command = command
            .mut_arg(id, |option| option.global(false))
            .mut_subcommands(|subcommand| add(subcommand, &option));
    }
    let matches = command.try_get_matches_from(words)?;
    let levels = std::iter::successors(Some(&matches), |level: &&ArgMatches| {
        level.subcommand().map(|(_, below)| below)
    });
    Ok(levels.flat_map(values).collect())
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
