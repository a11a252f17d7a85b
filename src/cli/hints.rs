//! What a shell may offer as the value of an argument.

use clap::{Arg, Command, ValueHint};

/// The whole command line with a hint for every value. Only completions need them: at each start, they would cost a seventh
/// of its instructions.
pub fn command_with_hints() -> Command {
    add_hints(super::command())
}

fn add_hints(command: Command) -> Command {
    command.mut_args(with_hint).mut_subcommands(add_hints)
}

/// A hint for an argument that has none: files and folders where its value is called so, else nothing. Left unsaid, shells
/// would offer files where a name belongs.
fn with_hint(arg: Arg) -> Arg {
    let is_open = matches!(arg.get_value_hint(), ValueHint::Unknown | ValueHint::AnyPath);
    if !is_open || !arg.get_action().takes_values() {
        return arg;
    }
    let name = arg.get_value_names().and_then(|names| names.first()).map(|name| name.as_str());
    let hint = match name {
        Some(name) if name.starts_with("FILE") => ValueHint::FilePath,
        Some("DIR") => ValueHint::DirPath,
        _ => ValueHint::Other,
    };
    arg.value_hint(hint)
}

#[cfg(test)]
mod tests {
    use clap::ArgAction;

    use super::*;

    fn hint(arg: Arg) -> ValueHint {
        with_hint(arg).get_value_hint()
    }

    #[test]
    fn files_are_offered_only_where_the_value_is_called_so() {
        assert_eq!(hint(Arg::new("input").long("input").value_name("FILE|-")), ValueHint::FilePath);
        assert_eq!(hint(Arg::new("folder").value_name("DIR")), ValueHint::DirPath);
        assert_eq!(hint(Arg::new("owner").long("owner").value_name("OWNER")), ValueHint::Other);
        assert_eq!(hint(Arg::new("databases").action(ArgAction::Append)), ValueHint::Other);
    }

    #[test]
    fn a_hint_of_its_own_stays_and_a_flag_gets_none() {
        let command = Arg::new("command").value_hint(ValueHint::CommandName);
        assert_eq!(hint(command), ValueHint::CommandName);
        assert_eq!(hint(Arg::new("json").long("json").action(ArgAction::SetTrue)), ValueHint::Unknown);
    }
}
