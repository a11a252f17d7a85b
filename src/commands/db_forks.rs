//! `dhub db forks`: the forks in a database's fork network.

use crate::api::Failure;
use crate::cli;
use crate::names::DatabaseArgument;
use crate::output::view::ForksView;

use super::arguments;
use super::context::Context;
use super::db_forks_tree;
use super::hints::with_refusal_hint;

pub fn run(context: &Context, args: &cli::Forks) -> anyhow::Result<u8> {
    let argument = arguments::parse_one(&args.database, DatabaseArgument::parse)?.value;
    let session = context.session(argument.host.as_ref())?;
    let into_error = |failure: Failure| {
        let error = failure.into_error(format!("cannot list the forks of {}", argument.database));
        with_refusal_hint(error, &session).with_argument(&args.database)
    };
    if args.tree {
        return db_forks_tree::run(context, &session, &argument.database, args.jobs, into_error);
    }
    let forks = session.client()?.forks(&argument.database).map_err(into_error)?;
    context.output.show(&ForksView { forks: &forks, host: session.host() })?;
    Ok(0)
}
