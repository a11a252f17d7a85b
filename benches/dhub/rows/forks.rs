//! `db forks` of one fork, over http, https, and https through a proxy: each run is a connection of its own.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use anyhow::{Context, Result, ensure};
use dhub::emulator::{Emulator, Options};

use crate::contest::{Check, Contestant, Endpoint, compare};
use crate::figures::Row;
use crate::machine::{DATABASE, Machine, TOKEN, find};
use crate::relay::{Mode, Relay};
use crate::tls::{Authority, Front};

/// Is in every response.
const FORK: &str = "museum-0001";
/// A host name that does not resolve: only the proxy knows where the server is.
const UNRESOLVABLE: &str = "doltlab.invalid";

pub fn run(machine: &Machine, rows: &mut Vec<Row>) -> Result<()> {
    let emulator = Emulator::start(Options { network: 1, any_host: true, ..Options::default() })?;
    let runs = machine.runs(101, 21);

    let name = "forks-1-http";
    if machine.wants(name) {
        let floor = floor(machine).unwrap_or_else(|error| {
            machine.fails("the floor cannot be built", &error);
            None
        });
        let relay = Relay::start(emulator.address(), Mode::Direct)?;
        let endpoint = Endpoint {
            url: emulator.url(),
            first_url: Some(format!("http://{}", relay.address())),
            traffic: Some(Box::new(|| relay.take().traffic)),
        };
        rows.push(compare(machine, name, "one `db forks` over http", runs, &endpoint, |url| {
            let mut contestants = contestants(machine, url, None, None);
            contestants.extend(floor.as_deref().map(|program| floor_contestant(machine, program, url)));
            Ok(contestants)
        })?);
    }

    if !machine.wants("forks-1-https") && !machine.wants("forks-1-proxy") {
        return Ok(());
    }
    let authority = Authority::new("Throw-away Authority");
    let bundle = bundle(machine, &authority)?;
    let front = Front::start(&authority.certificate(&["127.0.0.1", UNRESOLVABLE]), &emulator.url());

    let name = "forks-1-https";
    if machine.wants(name) {
        let relay = Relay::start(front.address(), Mode::Direct)?;
        let endpoint = Endpoint {
            url: front.url(),
            first_url: Some(format!("https://{}", relay.address())),
            traffic: Some(Box::new(|| relay.take().traffic)),
        };
        rows.push(compare(machine, name, "one `db forks` over https", runs, &endpoint, |url| {
            Ok(contestants(machine, url, Some(&bundle), None))
        })?);
    }

    let name = "forks-1-proxy";
    if machine.wants(name) {
        let relay = Relay::start(front.address(), Mode::Proxy)?;
        let proxy = format!("http://{}", relay.address());
        let url = format!("https://{UNRESOLVABLE}");
        let endpoint =
            Endpoint { first_url: Some(url.clone()), url, traffic: Some(Box::new(|| relay.take().traffic)) };
        rows.push(compare(
            machine,
            name,
            "one `db forks` over https through a proxy",
            runs,
            &endpoint,
            |url| Ok(contestants(machine, url, Some(&bundle), Some(&proxy))),
        )?);
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

/// Builds the floor. Where nothing may be built, it is that of an earlier run, if any.
fn floor(machine: &Machine) -> Result<Option<PathBuf>> {
    let folder = machine.target.join("bench-floor");
    let program = folder.join("floor");
    if !machine.builds {
        return Ok(program.exists().then_some(program));
    }
    fs::create_dir_all(&folder)?;
    let mut rustc = Command::new(env::var_os("RUSTC").unwrap_or("rustc".into()));
    // As in dhub's release profile.
    rustc.args(["--edition", "2024", "-O", "-C", "panic=abort", "-C", "strip=symbols", "-o"]);
    rustc.arg(&program).arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/dhub/floor.rs"));
    let status = rustc.status().context("rustc cannot be run")?;
    ensure!(status.success(), "rustc: {status}");
    Ok(Some(program))
}

fn floor_contestant(machine: &Machine, program: &Path, url: &str) -> Contestant {
    let address = url.trim_start_matches("http://");
    let arguments =
        [address, &format!("/api/v1alpha1/{DATABASE}/forks"), &format!("authorization: token {TOKEN}")];
    Contestant {
        name: "floor",
        program: machine.program(program, arguments, &[]),
        check: Check::Writes(FORK.to_owned()),
    }
}

fn contestants(machine: &Machine, url: &str, bundle: Option<&str>, proxy: Option<&str>) -> Vec<Contestant> {
    let page = format!("{url}/api/v1alpha1/{DATABASE}/forks");
    let header = format!("authorization: token {TOKEN}");
    let mut variables = vec![("DOLTHUB_HOST", url), ("DOLTHUB_TOKEN", TOKEN)];
    variables.extend(bundle.map(|bundle| ("SSL_CERT_FILE", bundle)));
    // Some programs read only the lower-case name, others only the upper-case one.
    variables.extend(proxy.map(|proxy| ("HTTPS_PROXY", proxy)));
    variables.extend(proxy.map(|proxy| ("https_proxy", proxy)));
    let check = || Check::Writes(FORK.to_owned());
    let program = machine.dhub(&format!("db forks {DATABASE}"), &variables);
    let mut contestants = vec![Contestant { name: "dhub", program, check: check() }];
    let mut add = |name: &'static str, before: &[&str], after: &[&str]| {
        if let Some(path) = find(name) {
            let arguments = before.iter().copied().chain([page.as_str()]).chain(after.iter().copied());
            contestants.push(Contestant {
                name,
                program: machine.program(&path, arguments, &variables),
                check: check(),
            });
        }
    };
    let trusted = bundle.map_or(Vec::new(), |bundle| vec!["--cacert", bundle]);
    add("curl", &[&["-q", "-sS", "-H", &header], trusted.as_slice()].concat(), &[]);
    let trusted = bundle.map_or(Vec::new(), |bundle| vec!["--verify", bundle]);
    add("xh", &[&["--ignore-stdin", "--body"], trusted.as_slice(), &["GET"]].concat(), &[&header]);
    // gh requires a token for GitHub before it sends a request anywhere.
    variables.push(("GH_TOKEN", "none"));
    variables.push(("GH_NO_UPDATE_NOTIFIER", "1"));
    if let Some(path) = find("gh") {
        let program = machine.program(&path, ["api", "-H", &header, &page], &variables);
        contestants.push(Contestant { name: "gh", program, check: check() });
    }
    contestants
}
