//! Whom a TLS connection is trusted to: the system's certificate authorities, and those of a `ca_file`.
//!
//! Here are the words for it; the verification itself is in [`verifier`], and nothing turns it off.

mod verifier;

use std::error::Error as StdError;
use std::path::Path;
use std::time::{Duration, UNIX_EPOCH};

use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, UnixTime};
use rustls::{CertificateError, OtherError};

use crate::error::{Error, Kind, Result, reason};

use verifier::Unverified;
pub use verifier::trust;

/// Why a host is not trusted, and what to do about it.
#[derive(Debug, PartialEq, Eq)]
pub struct Distrust {
    pub message: String,
    pub hint: String,
}

impl Distrust {
    /// What the TLS library says, in the user's words; none where it is not about trust.
    pub fn find(error: &(dyn StdError + 'static)) -> Option<Self> {
        match tls_error(error)? {
            rustls::Error::InvalidCertificate(why) => Some(Distrust::of(why)),
            rustls::Error::NoCertificatesPresented => {
                Some(Distrust::new("the host shows no certificate", "is the host right?"))
            }
            rustls::Error::Other(OtherError(other)) => {
                other.downcast_ref::<Unverified>().map(Distrust::of_unverified)
            }
            _ => None,
        }
    }

    /// Some authorities could not be read, and the others do not know the host's.
    fn of_unverified(unverified: &Unverified) -> Self {
        let problems = unverified.problems.join("; ");
        if unverified.unknown_issuer {
            let unknown = Distrust::of(&CertificateError::UnknownIssuer);
            return Distrust::new(format!("{}, and {problems}", unknown.message), unknown.hint);
        }
        let none = "there is no certificate authority to check the host with";
        Distrust::new(
            if problems.is_empty() { none.to_owned() } else { format!("{none}: {problems}") },
            "install the system's certificates (the package is often called ca-certificates), \
             or name a PEM file of them with SSL_CERT_FILE",
        )
    }

    fn of(why: &CertificateError) -> Self {
        let clock = || format!("is this machine's clock right? It says {}", date(UnixTime::now()));
        match why {
            CertificateError::UnknownIssuer => Distrust::new(
                "the host's certificate is signed by an authority that this machine does not know",
                "for a DoltLab with a certificate authority of its own, set ca_file for the host in the config file, \
                 or name the authority's PEM file with SSL_CERT_FILE",
            ),
            CertificateError::ExpiredContext { not_after, .. } => Distrust::new(
                format!("the host's certificate has expired: it was valid until {}", date(*not_after)),
                format!("whoever runs the host has to renew it; or {}", clock()),
            ),
            CertificateError::NotValidYetContext { not_before, .. } => Distrust::new(
                format!("the host's certificate is not valid yet: it is from {}", date(*not_before)),
                clock(),
            ),
            CertificateError::NotValidForNameContext { expected, presented } => {
                let names: Vec<&str> = presented.iter().map(|name| bare(name)).collect();
                let names = if names.is_empty() { "no host at all".to_owned() } else { names.join(", ") };
                Distrust::new(
                    format!("the host's certificate is for {names}, not for {}", expected.to_str()),
                    "is the host right? It has to be written as in the certificate",
                )
            }
            CertificateError::BadSignature => Distrust::new(
                "the host's certificate does not fit its own key, or that of the authority named in it",
                "is ca_file (or SSL_CERT_FILE) out of date? If not, the certificate may be forged",
            ),
            // Of a library below the TLS library, whose type is not at hand here.
            other if format!("{other:?}").contains("CaUsedAsEndEntity") => Distrust::new(
                "the host shows a certificate authority's own certificate in place of one for itself",
                "have that authority sign a certificate for the host, and name the authority with ca_file",
            ),
            CertificateError::Other(_) => Distrust::new(
                "the host's certificate is of a kind that is no longer trusted",
                "whoever runs the host has to replace it",
            ),
            other => Distrust::new(
                format!("the host's certificate cannot be used: {other}"),
                "whoever runs the host has to replace it",
            ),
        }
    }

    fn new(message: impl Into<String>, hint: impl Into<String>) -> Self {
        Distrust { message: message.into(), hint: hint.into() }
    }
}

/// A name as the TLS library shows it, without its type: `DnsName("a.example")`, `IpAddress(127.0.0.1)`.
fn bare(name: &str) -> &str {
    let inner = name.split_once('(').and_then(|(_, rest)| rest.strip_suffix(')')).unwrap_or(name);
    inner.trim_matches('"')
}

/// A day, such as `2026-11-22`.
fn date(time: UnixTime) -> String {
    let time = UNIX_EPOCH + Duration::from_secs(time.as_secs().min(253_402_300_799));
    humantime::format_rfc3339_seconds(time).to_string().chars().take(10).collect()
}

/// The TLS library's error under other errors.
fn tls_error<'a>(error: &'a (dyn StdError + 'static)) -> Option<&'a rustls::Error> {
    let mut next = Some(error);
    while let Some(error) = next {
        if let Some(found) = error.downcast_ref::<rustls::Error>() {
            return Some(found);
        }
        // An I/O error does not name what it holds as its source.
        let held = error.downcast_ref::<std::io::Error>().and_then(std::io::Error::get_ref);
        next = held.map(|held| held as &(dyn StdError + 'static)).or_else(|| error.source());
    }
    None
}

/// The certificates of a host's `ca_file`.
///
/// # Errors
/// A config error when it cannot be read or holds none.
pub fn ca_file(path: &Path) -> Result<Vec<CertificateDer<'static>>> {
    let broken = |why: String| {
        Error::new(Kind::Config, format!("cannot use ca_file {}: {why}", path.display()))
            .with_hint("it is a PEM file of certificates")
    };
    let pem = std::fs::read(path).map_err(|error| broken(reason(&error)))?;
    let certificates: Vec<_> = CertificateDer::pem_slice_iter(&pem)
        .collect::<std::result::Result<_, _>>()
        .map_err(|error| broken(error.to_string()))?;
    if certificates.is_empty() {
        return Err(broken("it holds no certificate".to_owned()));
    }
    Ok(certificates)
}
