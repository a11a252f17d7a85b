//! Whom a TLS connection is trusted to: the system's certificate authorities, and those of a `ca_file`.
//!
//! Where an authority is looked for: in the host's `ca_file`; then where `SSL_CERT_FILE` and `SSL_CERT_DIR` point, if
//! either is set; else in the system's own store. Each is read only when a handshake needs it, since reading them
//! takes longer than a whole request. Nothing turns the verification off.

use std::error::Error as StdError;
use std::path::Path;
use std::time::{Duration, UNIX_EPOCH};

use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, UnixTime};
use rustls::{CertificateError, OtherError};

use crate::error::{Error, Kind, Result, reason};

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
                let roots = other.downcast_ref::<NoRoots>()?;
                Some(Distrust::new(
                    roots.to_string(),
                    "install the system's certificates (the package is often called ca-certificates), \
                     or name a PEM file of them with SSL_CERT_FILE",
                ))
            }
            _ => None,
        }
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
            other if format!("{other:?}").contains("CaUsedAsEndEntity") => Distrust::new(
                "the host shows a certificate authority's own certificate in place of one for itself",
                "have that authority sign a certificate for the host, and name the authority with ca_file",
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

/// A name as the TLS library shows it, without its type: `DnsName("a.example")`.
fn bare(name: &str) -> &str {
    name.split('"').nth(1).unwrap_or(name)
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

/// There is nothing to check a certificate with.
#[derive(Debug)]
struct NoRoots(Vec<String>);

impl std::fmt::Display for NoRoots {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("there is no certificate authority to check the host with")?;
        match self.0.as_slice() {
            [] => Ok(()),
            problems => write!(f, ": {}", problems.join("; ")),
        }
    }
}

impl StdError for NoRoots {}

/// The certificates of a host's `ca_file`.
///
/// # Errors
/// A config error when it cannot be read or holds none.
pub fn ca_file(path: &Path) -> Result<Vec<CertificateDer<'static>>> {
    let broken = |why: String| {
        Error::new(Kind::Config, format!("cannot use ca_file {}: {why}", path.display()))
            .hint("it is a PEM file of certificates")
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

#[cfg(not(any(windows, target_vendor = "apple", target_os = "android")))]
pub use files::trust;

/// On systems that keep their certificates in files.
#[cfg(not(any(windows, target_vendor = "apple", target_os = "android")))]
mod files {
    use std::env::{split_paths, var_os};
    use std::path::PathBuf;
    use std::sync::{Arc, OnceLock};

    use reqwest::blocking::ClientBuilder;
    use rustls::client::WebPkiServerVerifier;
    use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
    use rustls::crypto::{CryptoProvider, verify_tls12_signature, verify_tls13_signature};
    use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
    use rustls::{
        CertificateError, ClientConfig, DigitallySignedStruct, Error, OtherError, RootCertStore,
        SignatureScheme,
    };

    use super::NoRoots;

    /// Makes a client trust these authorities besides the system's.
    pub fn trust(
        builder: ClientBuilder,
        ca_file: Vec<CertificateDer<'static>>,
    ) -> Result<ClientBuilder, Error> {
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let verifier = Verifier { sources: sources(ca_file), provider: provider.clone() };
        let mut config = ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()?
            .dangerous()
            .with_custom_certificate_verifier(Arc::new(verifier))
            .with_no_client_auth();
        config.alpn_protocols = vec![b"http/1.1".to_vec()];
        Ok(builder.tls_backend_preconfigured(config))
    }

    /// Where authorities are looked for, in this order.
    fn sources(ca_file: Vec<CertificateDer<'static>>) -> Vec<Source> {
        let named = |name: &str| var_os(name).filter(|value| !value.is_empty());
        let mut places = Vec::new();
        if !ca_file.is_empty() {
            places.push(Place::Certificates(ca_file));
        }
        let (file, folders) = (named("SSL_CERT_FILE"), named("SSL_CERT_DIR"));
        if file.is_none() && folders.is_none() {
            let system = openssl_probe::probe();
            places.extend(system.cert_file.map(Place::File));
            places.extend(system.cert_dir.into_iter().map(Place::Folder));
        } else {
            places.extend(file.map(|file| Place::File(file.into())));
            places.extend(folders.iter().flat_map(split_paths).map(Place::Folder));
        }
        places.into_iter().map(|place| Source { place, verifier: OnceLock::new() }).collect()
    }

    #[derive(Debug)]
    enum Place {
        Certificates(Vec<CertificateDer<'static>>),
        File(PathBuf),
        Folder(PathBuf),
    }

    /// A place with authorities, read when it is first needed.
    #[derive(Debug)]
    struct Source {
        place: Place,
        verifier: OnceLock<Result<Arc<WebPkiServerVerifier>, String>>,
    }

    impl Source {
        fn verifier(&self, provider: &Arc<CryptoProvider>) -> Result<&WebPkiServerVerifier, &str> {
            let loaded = self.verifier.get_or_init(|| {
                let mut roots = RootCertStore::empty();
                let (name, read) = match &self.place {
                    Place::Certificates(certificates) => {
                        roots.add_parsable_certificates(certificates.iter().cloned());
                        ("ca_file".to_owned(), None)
                    }
                    Place::File(path) => (
                        path.display().to_string(),
                        Some(rustls_native_certs::load_certs_from_paths(Some(path), None)),
                    ),
                    Place::Folder(path) => (
                        path.display().to_string(),
                        Some(rustls_native_certs::load_certs_from_paths(None, Some(path))),
                    ),
                };
                let mut problem = None;
                if let Some(read) = read {
                    // A store may hold what this library does not understand beside what it does.
                    roots.add_parsable_certificates(read.certs);
                    problem =
                        read.errors.first().map(|error| crate::error::without_number(error.to_string()));
                }
                if roots.is_empty() {
                    return Err(problem.unwrap_or_else(|| format!("{name} holds no certificate")));
                }
                WebPkiServerVerifier::builder_with_provider(Arc::new(roots), provider.clone())
                    .build()
                    .map_err(|error| error.to_string())
            });
            loaded.as_deref().map_err(String::as_str)
        }
    }

    /// Asks each source in turn whether it knows who signed a certificate.
    #[derive(Debug)]
    struct Verifier {
        sources: Vec<Source>,
        provider: Arc<CryptoProvider>,
    }

    impl ServerCertVerifier for Verifier {
        fn verify_server_cert(
            &self,
            end_entity: &CertificateDer<'_>,
            intermediates: &[CertificateDer<'_>],
            server_name: &ServerName<'_>,
            ocsp_response: &[u8],
            now: UnixTime,
        ) -> Result<ServerCertVerified, Error> {
            let mut problems = Vec::new();
            let mut refused = None;
            for source in &self.sources {
                let verifier = match source.verifier(&self.provider) {
                    Ok(verifier) => verifier,
                    Err(problem) => {
                        problems.push(problem.to_owned());
                        continue;
                    }
                };
                match verifier.verify_server_cert(end_entity, intermediates, server_name, ocsp_response, now)
                {
                    Ok(verified) => return Ok(verified),
                    // What another source says of a certificate that it knows says more.
                    Err(error) if refused.is_none() || refused == Some(UNKNOWN) => refused = Some(error),
                    Err(_) => {}
                }
            }
            Err(refused.unwrap_or_else(|| Error::Other(OtherError(Arc::new(NoRoots(problems))))))
        }

        fn verify_tls12_signature(
            &self,
            message: &[u8],
            cert: &CertificateDer<'_>,
            dss: &DigitallySignedStruct,
        ) -> Result<HandshakeSignatureValid, Error> {
            verify_tls12_signature(message, cert, dss, &self.provider.signature_verification_algorithms)
        }

        fn verify_tls13_signature(
            &self,
            message: &[u8],
            cert: &CertificateDer<'_>,
            dss: &DigitallySignedStruct,
        ) -> Result<HandshakeSignatureValid, Error> {
            verify_tls13_signature(message, cert, dss, &self.provider.signature_verification_algorithms)
        }

        fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
            self.provider.signature_verification_algorithms.supported_schemes()
        }
    }

    const UNKNOWN: Error = Error::InvalidCertificate(CertificateError::UnknownIssuer);
}

/// Makes a client trust these authorities, and those of `SSL_CERT_FILE`, besides the system's.
#[cfg(any(windows, target_vendor = "apple", target_os = "android"))]
pub fn trust(
    builder: reqwest::blocking::ClientBuilder,
    ca_file: Vec<CertificateDer<'static>>,
) -> std::result::Result<reqwest::blocking::ClientBuilder, rustls::Error> {
    let named = std::env::var_os("SSL_CERT_FILE").filter(|path| !path.is_empty());
    let named = named.map(|path| rustls_native_certs::load_certs_from_paths(Some(path.as_ref()), None).certs);
    let certificates = ca_file.into_iter().chain(named.unwrap_or_default());
    // What cannot be parsed cannot be trusted either.
    let certificates = certificates.filter_map(|der| reqwest::Certificate::from_der(&der).ok());
    Ok(builder.tls_certs_merge(certificates))
}
