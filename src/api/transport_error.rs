//! Words for connection, TLS and proxy problems.

use std::error::Error as StdError;
use std::fmt;
use std::io;
use std::iter::successors;
use std::time::{Duration, UNIX_EPOCH};

use rustls::pki_types::UnixTime;
use rustls::{AlertDescription, CertificateError, InvalidMessage, OtherError, PeerIncompatible};

use crate::error::{Error, Exhausted, Kind, no_thread, without_number};

use super::failure::{Cause, Failure};
use super::proxy::ProxyName;
use super::tls::Unverified;

/// What is known about a request that got no response: what happened, and what to do about it.
struct Problem {
    cause: Cause,
    message: String,
    hint: Option<String>,
}

impl Problem {
    fn new(cause: Cause, message: impl Into<String>, hint: impl Into<String>) -> Self {
        Problem { cause, message: message.into(), hint: Some(hint.into()) }
    }
}

/// Where connections go, as messages name it.
#[derive(Clone, Debug)]
pub(super) struct Way {
    /// The host and its port.
    pub address: String,
    pub proxy: Option<ProxyName>,
}

impl fmt::Display for Way {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.address)?;
        match &self.proxy {
            Some(ProxyName { variable, address }) => write!(f, " through the proxy {address} ({variable})"),
            None => Ok(()),
        }
    }
}

/// The failure of a request that got no response.
///
/// `request` is its method and URL, and `limit` how long it was given.
pub(super) fn request_failure(error: &reqwest::Error, request: &str, limit: Duration, way: &Way) -> Failure {
    let Problem { cause, message, hint } = if let Some(distrust) = distrust(error) {
        Problem { message: format!("cannot trust {way}: {}", distrust.message), ..distrust }
    } else if let Some(exhausted) = exhausted(error) {
        let cause = if error.is_connect() { Cause::Exhausted } else { Cause::NoResponse };
        Problem::new(cause, exhausted.to_string(), exhausted.hint())
    } else if error.is_connect() || error.is_builder() {
        no_connection(error, way)
    } else if error.is_timeout() {
        Problem { cause: Cause::NoResponse, message: timed_out(limit, way), hint: None }
    } else {
        let is_plain_http = error.url().is_some_and(|url| url.scheme() == "http");
        let hint = (is_plain_http && is_not_http(error))
            .then(|| "does the host speak https? Then write https:// before it".to_owned());
        Problem {
            cause: Cause::NoResponse,
            message: format!("the connection broke: {} ({way})", simplify(error)),
            hint,
        }
    };
    Failure { hint, ..Failure::new(cause, message, request) }
}

/// The error where the system refuses what connections take: a thread, or a file descriptor.
pub(super) fn not_prepared(error: &reqwest::Error) -> Error {
    let io = chain(error).filter_map(|error| error.downcast_ref::<io::Error>()).last();
    let io = io.map(|io| io.raw_os_error().map_or_else(|| io.kind().into(), io::Error::from_raw_os_error));
    let why = io.map_or_else(|| Error::new(Kind::Io, innermost(error)), |io| no_thread(io).into());
    why.with_context("cannot prepare the connection")
}

/// What this machine ran out of, where that is why there is no response.
fn exhausted(error: &reqwest::Error) -> Option<Exhausted> {
    let mut refused = chain(error).filter_map(|error| error.downcast_ref::<io::Error>());
    refused.find_map(|io| match io.raw_os_error() {
        // What Linux also says where no port is left.
        Some(_) if error.is_connect() && io.kind() == io::ErrorKind::WouldBlock => Some(Exhausted::Ports),
        _ => Exhausted::find(io),
    })
}

/// The message for a body that broke off.
pub(super) fn body_message(error: &io::Error, way: &Way) -> String {
    format!("the response broke off: {} ({way})", simplify(error))
}

/// The message for a response that took longer than this.
pub(super) fn timed_out(limit: Duration, way: &Way) -> String {
    format!("no complete response within {} from {way}", humantime::format_duration(limit))
}

/// What the innermost error says: the outer ones only say that something failed, and repeat the URL.
pub(super) fn innermost(error: &(dyn StdError + 'static)) -> String {
    match find::<rustls::Error>(error) {
        Some(error) => tls_words(error).to_owned(),
        None => without_number(chain(error).last().unwrap_or(error).to_string()),
    }
}

/// What is wrong with a TLS connection: the library's own words are for programmers, and show what was received.
fn tls_words(error: &rustls::Error) -> &'static str {
    match error {
        rustls::Error::AlertReceived(alert) => match alert {
            AlertDescription::HandshakeFailure => "it refused the TLS handshake: no cipher in common",
            AlertDescription::UnrecognisedName => "it refused the TLS handshake: it does not know this name",
            AlertDescription::CertificateRequired | AlertDescription::BadCertificate => {
                "it refused the TLS handshake: it wants a certificate from dhub"
            }
            AlertDescription::AccessDenied => "it refused the TLS handshake: access denied",
            AlertDescription::InternalError => "it broke TLS off: an error of its own",
            _ => "it broke TLS off",
        },
        rustls::Error::DecryptError => "what came was damaged on the way",
        rustls::Error::PeerSentOversizedRecord
        | rustls::Error::InvalidMessage(_)
        | rustls::Error::InappropriateMessage { .. }
        | rustls::Error::InappropriateHandshakeMessage { .. }
        | rustls::Error::PeerMisbehaved(_) => "what came is not valid TLS",
        rustls::Error::PeerIncompatible(_) => "it has no version or cipher of TLS in common with dhub",
        _ => "TLS failed",
    }
}

/// Why there is no connection, and what to do about it.
fn no_connection(error: &reqwest::Error, way: &Way) -> Problem {
    if let Some(problem) = no_common_tls(error) {
        let message = format!("cannot connect to {way}: {}", problem.message);
        return Problem { message, ..problem };
    }
    let why = if error.is_timeout() { "it takes too long".to_owned() } else { innermost(error) };
    let Some(ProxyName { variable, .. }) = &way.proxy else {
        let hint = "nothing was sent; is the host right, and is it up?";
        return Problem::new(Cause::ConnectFailed, format!("cannot connect to {way}: {why}"), hint);
    };
    let (cause, why, hint) = match tunnel_refusal(&why) {
        Some(TunnelRefusal::WantsPassword) => (
            Cause::Misconfigured,
            "it wants a user and a password",
            format!("put a user and a password into {variable}: http://USER:PASSWORD@HOST:PORT"),
        ),
        refusal => (
            Cause::ConnectFailed,
            refusal.map_or(why.as_str(), |_| "it does not let dhub through to the host"),
            "nothing was sent; is the proxy right, and is it up? NO_PROXY names hosts that need none"
                .to_owned(),
        ),
    };
    Problem::new(cause, format!("cannot connect to {way}: {why}"), hint)
}

/// A host that speaks no TLS, or none that is still safe.
fn no_common_tls(error: &reqwest::Error) -> Option<Problem> {
    let plain_http = |cause| {
        Problem::new(cause, "the host does not speak https", "for plain http, write http:// before the host")
    };
    match find::<rustls::Error>(error) {
        // What a response in plain http looks like to TLS.
        Some(rustls::Error::InvalidMessage(InvalidMessage::InvalidContentType)) => {
            Some(plain_http(Cause::Misconfigured))
        }
        Some(
            rustls::Error::AlertReceived(AlertDescription::ProtocolVersion)
            | rustls::Error::InvalidMessage(InvalidMessage::UnknownProtocolVersion)
            | rustls::Error::PeerIncompatible(
                PeerIncompatible::ServerDoesNotSupportTls12Or13
                | PeerIncompatible::ServerTlsVersionIsDisabledByOurConfig,
            ),
        ) => Some(Problem::new(
            Cause::Misconfigured,
            "the host speaks only an outdated TLS",
            "its administrator has to enable TLS 1.2 or later",
        )),
        Some(_) => None,
        // While connecting, only a handshake expects bytes. A host that hangs up may just be busy.
        None => {
            (io_kind(error) == Some(io::ErrorKind::UnexpectedEof)).then(|| plain_http(Cause::ConnectFailed))
        }
    }
}

enum TunnelRefusal {
    WantsPassword,
    Other,
}

/// How a proxy refused to open a tunnel.
///
/// This compares text, because hyper-util does not export the type of this error; the tests of proxies notice when
/// the text changes.
fn tunnel_refusal(why: &str) -> Option<TunnelRefusal> {
    match why.strip_prefix("tunnel error: ")? {
        "proxy authorization required" => Some(TunnelRefusal::WantsPassword),
        _ => Some(TunnelRefusal::Other),
    }
}

/// Why the host's certificate is not trusted; none where that is not the problem.
fn distrust(error: &reqwest::Error) -> Option<Problem> {
    let (message, hint) = match find::<rustls::Error>(error)? {
        rustls::Error::InvalidCertificate(why) => wrong_certificate(why),
        rustls::Error::NoCertificatesPresented => {
            ("the host shows no certificate".to_owned(), "is the host right?".to_owned())
        }
        rustls::Error::Other(OtherError(other)) => unusable_roots(other.downcast_ref::<Unverified>()?),
        _ => return None,
    };
    Some(Problem::new(Cause::Misconfigured, message, hint))
}

/// Message and hint where some authorities could not be read, and the others do not know the issuer.
fn unusable_roots(unverified: &Unverified) -> (String, String) {
    let problems = unverified.problems.join("; ");
    if unverified.unknown_issuer {
        let (message, hint) = wrong_certificate(&CertificateError::UnknownIssuer);
        return (format!("{message}, and {problems}"), hint);
    }
    let none = "there is no certificate authority to check the host with";
    let message = if problems.is_empty() { none.to_owned() } else { format!("{none}: {problems}") };
    if problems.contains(&Exhausted::Files.to_string()) {
        return (message, Exhausted::Files.hint().to_owned());
    }
    let hint = "install the system's certificates (the package is often called ca-certificates), \
                or name a PEM file of them with SSL_CERT_FILE";
    (message, hint.to_owned())
}

/// Message and hint for a certificate that is not accepted.
fn wrong_certificate(why: &CertificateError) -> (String, String) {
    let clock = || format!("is this machine's clock right? It says {}", date(UnixTime::now()));
    let replace = "the host's administrator has to replace it";
    let (message, hint) = match why {
        CertificateError::UnknownIssuer => (
            "the host's certificate is signed by an authority that this machine does not know",
            "for a DoltLab with a certificate authority of its own, set ca_file for the host in the config file, \
             or name the authority's PEM file with SSL_CERT_FILE",
        ),
        CertificateError::ExpiredContext { not_after, .. } => {
            let message =
                format!("the host's certificate has expired: it was valid until {}", date(*not_after));
            return (message, format!("the host's administrator has to renew it; or {}", clock()));
        }
        CertificateError::NotValidYetContext { not_before, .. } => {
            let message =
                format!("the host's certificate is not valid yet: it is from {}", date(*not_before));
            return (message, clock());
        }
        CertificateError::NotValidForNameContext { expected, presented } => {
            let names: Vec<&str> = presented.iter().map(|name| bare(name)).collect();
            let names = if names.is_empty() { "no host at all".to_owned() } else { names.join(", ") };
            let message = format!("the host's certificate is for {names}, not for {}", expected.to_str());
            return (message, "is the host right? It has to be written as in the certificate".to_owned());
        }
        CertificateError::BadSignature => (
            "the host's certificate does not fit its own key, or that of the authority named in it",
            "is ca_file (or SSL_CERT_FILE) out of date? If not, the certificate may be forged",
        ),
        CertificateError::Other(OtherError(other))
            if other.downcast_ref() == Some(&webpki::Error::CaUsedAsEndEntity) =>
        {
            (
                "the host shows a certificate authority's own certificate in place of one for itself",
                "have that authority sign a certificate for the host, and name the authority with ca_file",
            )
        }
        CertificateError::Other(_) => {
            ("the host's certificate is of a kind that is no longer trusted", replace)
        }
        // The library's own words are for programmers, and hold parts of the certificate.
        CertificateError::BadEncoding => ("the host's certificate is damaged", replace),
        CertificateError::Revoked => ("the host's certificate was revoked", replace),
        CertificateError::UnhandledCriticalExtension => {
            ("the host's certificate holds a condition that dhub cannot check", replace)
        }
        CertificateError::InvalidPurpose | CertificateError::InvalidPurposeContext { .. } => {
            ("the host's certificate is not one for a server", replace)
        }
        _ => ("the host's certificate cannot be used", replace),
    };
    (message.to_owned(), hint.to_owned())
}

/// A name without its type: rustls has only the `Debug` text of it, `DnsName("a.example")` or `IpAddress(127.0.0.1)`.
fn bare(name: &str) -> &str {
    let inner = name.split_once('(').and_then(|(_, rest)| rest.strip_suffix(')')).unwrap_or(name);
    inner.trim_matches('"')
}

/// A day, such as `2026-11-22`.
fn date(time: UnixTime) -> String {
    const LAST_SECOND_OF_9999: u64 = 253_402_300_799;
    let time = UNIX_EPOCH + Duration::from_secs(time.as_secs().min(LAST_SECOND_OF_9999));
    humantime::format_rfc3339_seconds(time).to_string().chars().take(10).collect()
}

/// What is wrong with a response that did not arrive whole, in plain words where there are any.
fn simplify(error: &(dyn StdError + 'static)) -> String {
    let http = find::<hyper::Error>(error);
    let io = io_kind(error);
    let plain = if http.is_some_and(hyper::Error::is_parse_too_large) {
        "its header has more than 100 lines, or more than 400 KB"
    } else if is_not_http(error) {
        "what came is not HTTP"
    } else if http.is_some_and(hyper::Error::is_incomplete_message)
        || io == Some(io::ErrorKind::UnexpectedEof)
    {
        "it ended in the middle"
    } else if matches!(io, Some(io::ErrorKind::InvalidInput | io::ErrorKind::InvalidData))
        // An invalid TLS record has such a kind too.
        && find::<rustls::Error>(error).is_none()
    {
        "invalid chunked encoding"
    } else {
        return innermost(error);
    };
    plain.to_owned()
}

fn is_not_http(error: &(dyn StdError + 'static)) -> bool {
    find::<hyper::Error>(error).is_some_and(|http| http.is_parse() && !http.is_parse_too_large())
}

/// The kind of the innermost I/O error: the HTTP library puts its own errors into outer ones.
fn io_kind(error: &(dyn StdError + 'static)) -> Option<io::ErrorKind> {
    chain(error).filter_map(|error| error.downcast_ref::<io::Error>()).last().map(io::Error::kind)
}

/// The first error of this type, from the outside in.
fn find<'a, T: StdError + 'static>(error: &'a (dyn StdError + 'static)) -> Option<&'a T> {
    chain(error).find_map(|error| error.downcast_ref())
}

/// An error and all that lies under it, from the outside in.
fn chain<'a>(
    error: &'a (dyn StdError + 'static),
) -> impl Iterator<Item = &'a (dyn StdError + 'static)> + use<'a> {
    successors(Some(error), |&error| {
        // An I/O error does not name what it holds as its source.
        let held = error.downcast_ref::<io::Error>().and_then(io::Error::get_ref);
        held.map(|held| held as &(dyn StdError + 'static)).or_else(|| error.source())
    })
}
