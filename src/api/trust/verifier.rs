//! Verifies a host's certificate.
//!
//! Where the authority that signed it is looked for: in the host's `ca_file`; then where `SSL_CERT_FILE` and
//! `SSL_CERT_DIR` point, if either is set; else in the system's own store. Each place is read only when a handshake
//! needs it, since reading them takes longer than a whole request.

use std::env::{split_paths, var_os};
use std::fmt;
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

use reqwest::blocking::ClientBuilder;
use rustls::client::WebPkiServerVerifier;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::{CryptoProvider, verify_tls12_signature, verify_tls13_signature};
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{
    CertificateError, ClientConfig, DigitallySignedStruct, Error, OtherError, RootCertStore, SignatureScheme,
};
use rustls_native_certs::{CertificateResult, ErrorKind, load_certs_from_paths};

use crate::error::reason;

/// Makes a client trust these authorities besides the system's.
///
/// # Errors
/// When the TLS library cannot be set up.
pub fn trust(builder: ClientBuilder, ca_file: Vec<CertificateDer<'static>>) -> Result<ClientBuilder, Error> {
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
        places.extend(system());
    } else {
        places.extend(file.map(|file| Place::File("SSL_CERT_FILE", file.into())));
        let folders: Vec<PathBuf> = folders.iter().flat_map(split_paths).collect();
        places.extend(folders.into_iter().map(|folder| Place::Folder("SSL_CERT_DIR", folder)));
    }
    places.into_iter().map(|place| Source { place, verifier: OnceLock::new() }).collect()
}

/// Where the system keeps its authorities.
#[cfg(not(any(windows, target_vendor = "apple")))]
fn system() -> Vec<Place> {
    let found = openssl_probe::probe();
    let file = found.cert_file.map(|file| Place::File("the system's file", file));
    let folders = found.cert_dir.into_iter().map(|folder| Place::Folder("the system's folder", folder));
    file.into_iter().chain(folders).collect()
}

#[cfg(any(windows, target_vendor = "apple"))]
fn system() -> Vec<Place> {
    vec![Place::System]
}

/// A place with authorities; a path comes with the words for who named it.
#[derive(Debug)]
enum Place {
    Certificates(Vec<CertificateDer<'static>>),
    File(&'static str, PathBuf),
    Folder(&'static str, PathBuf),
    /// The system's own verifier.
    #[cfg(any(windows, target_vendor = "apple"))]
    System,
}

/// A place, read when it is first needed.
#[derive(Debug)]
struct Source {
    place: Place,
    verifier: OnceLock<Result<Arc<dyn ServerCertVerifier>, String>>,
}

impl Source {
    /// Reads the place.
    ///
    /// # Errors
    /// What is wrong with it, in the user's words.
    fn verifier(&self, provider: &Arc<CryptoProvider>) -> Result<&dyn ServerCertVerifier, &str> {
        let read = self.verifier.get_or_init(|| match &self.place {
            Place::Certificates(certificates) => verifier_with(certificates.clone(), provider)?
                .ok_or_else(|| "ca_file holds nothing usable".to_owned()),
            Place::File(name, path) => {
                let read = load_certs_from_paths(Some(path), None);
                usable(read, provider, &format!("{name} ({})", path.display()))
            }
            Place::Folder(name, path) => {
                let read = load_certs_from_paths(None, Some(path));
                usable(read, provider, &format!("{name} ({})", path.display()))
            }
            #[cfg(any(windows, target_vendor = "apple"))]
            Place::System => rustls_platform_verifier::Verifier::new(provider.clone())
                .map(|verifier| Arc::new(verifier) as Arc<dyn ServerCertVerifier>)
                .map_err(|error| format!("the system's store cannot be used: {error}")),
        });
        read.as_deref().map_err(String::as_str)
    }
}

/// A verifier with what was read; what else stands there and cannot be read does no harm.
fn usable(
    read: CertificateResult,
    provider: &Arc<CryptoProvider>,
    name: &str,
) -> Result<Arc<dyn ServerCertVerifier>, String> {
    let why = match read.errors.first().map(|error| &error.kind) {
        Some(ErrorKind::Io { inner, .. }) => format!("{name} cannot be read: {}", reason(inner)),
        Some(_) => format!("{name} is not PEM"),
        None => format!("{name} holds no certificate"),
    };
    verifier_with(read.certs, provider)?.ok_or(why)
}

/// None where no certificate can be used.
fn verifier_with(
    certificates: Vec<CertificateDer<'static>>,
    provider: &Arc<CryptoProvider>,
) -> Result<Option<Arc<dyn ServerCertVerifier>>, String> {
    let mut roots = RootCertStore::empty();
    roots.add_parsable_certificates(certificates);
    if roots.is_empty() {
        return Ok(None);
    }
    let verifier = WebPkiServerVerifier::builder_with_provider(Arc::new(roots), provider.clone())
        .build()
        .map_err(|error| error.to_string())?;
    Ok(Some(verifier))
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
            match verifier.verify_server_cert(end_entity, intermediates, server_name, ocsp_response, now) {
                Ok(verified) => return Ok(verified),
                // What a source says of a certificate that it knows says more.
                Err(error) if refused.is_none() || refused == Some(UNKNOWN) => refused = Some(error),
                Err(_) => {}
            }
        }
        let unknown_issuer = refused == Some(UNKNOWN);
        match refused {
            Some(error) if !unknown_issuer || problems.is_empty() => Err(error),
            _ => Err(Error::Other(OtherError(Arc::new(Unverified { unknown_issuer, problems })))),
        }
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

/// No authority that could be read knows the host's, and these places could not be.
#[derive(Debug)]
pub(super) struct Unverified {
    /// Whether there were any others.
    pub unknown_issuer: bool,
    /// In the user's words.
    pub problems: Vec<String>,
}

impl fmt::Display for Unverified {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("no authority to check the certificate with")
    }
}

impl std::error::Error for Unverified {}
