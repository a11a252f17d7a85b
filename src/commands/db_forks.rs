//! `dhub db forks`: the forks in a database's fork network.

use crate::api::Failure;
use crate::cli;
use crate::names::DatabaseArgument;
use crate::output::view::ForksView;
use crate::shell;

use super::arguments::{self, Argument};
use super::checkout;
use super::context::Context;
use super::db_forks_tree;
use super::hints::with_refusal_hint;

pub fn run(context: &Context, args: &cli::Forks) -> anyhow::Result<u8> {
    let Argument { text, value: argument } = match &args.database {
        Some(database) => arguments::parse_one(database, DatabaseArgument::parse)?,
        None => checkout::origin(context)?,
    };
    let session = context.session(argument.site.as_ref())?;
    let into_error = |failure: Failure| {
        let error = failure.into_error(format!("cannot list the forks of {}", argument.database));
        with_refusal_hint(error, &session).with_argument(&text)
    };
    if args.tree {
        return db_forks_tree::run(context, &session, &argument.database, args, into_error);
    }
    let client = session.client()?;
    let forks = client.forks(&argument.database).map_err(into_error)?;
    context.output.show(&ForksView {
        forks: &forks,
        host: session.host(),
        remote: session.remote().as_ref(),
        are_children: client.lists_children(),
    })?;
    if client.lists_children() {
        let database = &forks.info.database;
        let tree = session.command("dhub db forks --tree");
        let tree = shell::command_line(&tree, [database.to_string().as_str()].into_iter());
        context.output.whole_note(&format!("these are the immediate forks; the whole network: {tree}"));
    }
    Ok(0)
}
