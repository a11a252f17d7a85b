//! `db forks` of one fork, over http, https, and https through a proxy: each run is a connection of its own.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use dhub::emulator::{Emulator, Options};

use crate::contest::{Check, Contestant, Way, hold};
use crate::figures::Row;
use crate::machine::{DATABASE, Machine, TOKEN, find};
use crate::relay::{Relay, Speaks};
use crate::tls::{Authority, Front};

/// Stands in every answer.
const FORK: &str = "museum-0001";
/// A name that leads nowhere: only the proxy knows where the server is.
const ELSEWHERE: &str = "doltlab.invalid";

pub fn run(machine: &Machine, rows: &mut Vec<Row>) -> Result<()> {
    let emulator = Emulator::start(Options { network: 1, ..Options::default() })?;
    let runs = machine.runs(41, 11);

    let name = "forks-1-http";
    if machine.wants(name) {
        let relay = Relay::start(emulator.address(), Speaks::Nothing)?;
        let way = Way {
            url: emulator.url(),
            first_url: Some(format!("http://{}", relay.address())),
            traffic: Some(Box::new(|| relay.take().traffic)),
        };
        rows.push(hold(machine, name, "one `db forks` over http", runs, &way, |url| {
            Ok(contestants(machine, url, None, None))
        })?);
    }

    if !machine.wants("forks-1-https") && !machine.wants("forks-1-proxy") {
        return Ok(());
    }
    let authority = Authority::new("Throw-away Authority");
    let bundle = bundle(machine, &authority)?;
    let front = Front::start(&authority.certificate(&["127.0.0.1", ELSEWHERE]), &emulator.url());

    let name = "forks-1-https";
    if machine.wants(name) {
        let relay = Relay::start(front.address(), Speaks::Nothing)?;
        let way = Way {
            url: front.url(),
            first_url: Some(format!("https://{}", relay.address())),
            traffic: Some(Box::new(|| relay.take().traffic)),
        };
        rows.push(hold(machine, name, "one `db forks` over https", runs, &way, |url| {
            Ok(contestants(machine, url, Some(&bundle), None))
        })?);
    }

    let name = "forks-1-proxy";
    if machine.wants(name) {
        let relay = Relay::start(front.address(), Speaks::Connect)?;
        let proxy = format!("http://{}", relay.address());
        let url = format!("https://{ELSEWHERE}");
        let way = Way { first_url: Some(url.clone()), url, traffic: Some(Box::new(|| relay.take().traffic)) };
        rows.push(hold(machine, name, "one `db forks` over https through a proxy", runs, &way, |url| {
            Ok(contestants(machine, url, Some(&bundle), Some(&proxy)))
        })?);
    }
    Ok(())
}

/// A file with the system's certificates and the authority's, as a company's administrator makes it.
fn bundle(machine: &Machine, authority: &Authority) -> Result<String> {
    const KNOWN: [&str; 4] = [
        "/etc/ssl/certs/ca-certificates.crt",
        "/etc/pki/tls/certs/ca-bundle.crt",
        "/etc/ssl/ca-bundle.pem",
        "/etc/ssl/cert.pem",
    ];
    let system = KNOWN.iter().map(Path::new).find(|path| path.is_file());
    let system = system.context("the system's certificates are not in a file known here")?;
    let path = machine.folder().join("bundle.pem");
    fs::write(&path, fs::read_to_string(system)? + &authority.pem())?;
    Ok(path.display().to_string())
}

fn contestants(machine: &Machine, url: &str, bundle: Option<&str>, proxy: Option<&str>) -> Vec<Contestant> {
    let page = format!("{url}/api/v1alpha1/{DATABASE}/forks");
    let header = format!("authorization: token {TOKEN}");
    let mut variables = vec![("DOLTHUB_HOST", url), ("DOLTHUB_TOKEN", TOKEN)];
    variables.extend(bundle.map(|bundle| ("SSL_CERT_FILE", bundle)));
    // In both spellings: curl reads the small letters for some, others the large ones.
    variables.extend(proxy.map(|proxy| ("HTTPS_PROXY", proxy)));
    variables.extend(proxy.map(|proxy| ("https_proxy", proxy)));
    let check = || Check::Writes(FORK.to_owned());
    let program = machine.dhub(&format!("db forks {DATABASE}"), &variables);
    let mut field = vec![Contestant { who: "dhub", program, check: check() }];
    let mut enter = |who: &'static str, before: &[&str], after: &[&str]| {
        if let Some(path) = find(who) {
            let arguments = before.iter().copied().chain([page.as_str()]).chain(after.iter().copied());
            field.push(Contestant {
                who,
                program: machine.program(&path, arguments, &variables),
                check: check(),
            });
        }
    };
    let trusted = bundle.map_or(Vec::new(), |bundle| vec!["--cacert", bundle]);
    enter("curl", &[&["-q", "-sS", "-H", &header], trusted.as_slice()].concat(), &[]);
    let trusted = bundle.map_or(Vec::new(), |bundle| vec!["--verify", bundle]);
    enter("xh", &[&["--ignore-stdin", "--body"], trusted.as_slice(), &["GET"]].concat(), &[&header]);
    // It wants a token for its own service before it asks another.
    variables.push(("GH_TOKEN", "none"));
    variables.push(("GH_NO_UPDATE_NOTIFIER", "1"));
    if let Some(path) = find("gh") {
        let program = machine.program(&path, ["api", "-H", &header, &page], &variables);
        field.push(Contestant { who: "gh", program, check: check() });
    }
    field
}
