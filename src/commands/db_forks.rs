//! `dhub db forks`: the forks in a database's fork network.

use crate::api::{self, Failure};
use crate::bulk;
use crate::cli;
use crate::names::DatabaseArgument;
use crate::output::json::{Forks, Place};
use crate::output::{Form, Output, escape, table};
use crate::session::Session;

use super::arguments;
use super::context::Context;
use super::db_forks_tree;
use super::explain::explain;

pub fn run(context: &Context, args: &cli::Forks) -> anyhow::Result<u8> {
    let argument = arguments::understand(&args.database, DatabaseArgument::parse)?.value;
    let session = context.session(argument.host.as_ref())?;
    let explained = |failure: Failure| {
        let error = failure.into_error(format!("cannot list the forks of {}", argument.database));
        explain(error, &session).with_argument(&args.database)
    };
    if args.tree {
        return db_forks_tree::run(context, &session, &argument.database, args.jobs.jobs, explained);
    }
    let client = session.client()?;
    let forks = bulk::ask(&session.gate(1), || client.forks(&argument.database)).map_err(explained)?;
    render(&context.output, &session, &forks)?;
    Ok(0)
}

fn render(output: &Output, session: &Session, forks: &api::Forks) -> std::io::Result<()> {
    let host = session.host();
    match output.form() {
        Form::Json => output.document(&Forks {
            place: Place::of(&forks.database, host),
            parent: forks.parent.as_ref().map(Into::into),
            root: forks.root.as_ref().map(Into::into),
            fork_network_count: forks.fork_network_count,
            forks: (&forks.forks, host),
        }),
        Form::Rows => output.rows(|rows| {
            for fork in forks.forks.iter() {
                rows.database(fork);
                rows.page(host, fork);
                rows.end()?;
            }
            Ok(())
        }),
        Form::Terminal => {
            let mut text = format!("{}\n", escape::line(&descent(forks)));
            if let Some(size) = network_size(forks) {
                text.push_str(&format!("{size}\n"));
            }
            if !forks.forks.is_empty() {
                let cells: Vec<[String; 2]> =
                    forks.forks.databases().map(|fork| [fork.to_string(), fork.page(host)]).collect();
                let rows: Vec<[&str; 2]> = cells.iter().map(|[name, url]| [name.as_str(), url]).collect();
                text.push('\n');
                text.push_str(&table::two_columns(["DATABASE", "URL"], &rows, output.width(), output.utf8()));
            }
            output.text(&text)
        }
    }
}

/// Whose fork it is.
fn descent(forks: &api::Forks) -> String {
    let database = &forks.database;
    match (&forks.parent, &forks.root) {
        (Some(parent), Some(root)) if root != parent => {
            format!("{database} is a fork of {parent}, in the network of {root}")
        }
        (Some(parent), _) => format!("{database} is a fork of {parent}"),
        (None, _) => format!("{database} is not a fork"),
    }
}

/// How large its network is, where the service says so.
fn network_size(forks: &api::Forks) -> Option<String> {
    Some(match forks.fork_network_count? {
        0 => "its network has no forks".to_owned(),
        1 => "its network has 1 fork".to_owned(),
        count => format!("its network has {count} forks"),
    })
}
