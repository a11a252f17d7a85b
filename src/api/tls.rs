//! Whom a TLS connection trusts.
//!
//! Certificate authorities come from the host's `ca_file`; then from where `SSL_CERT_FILE` and `SSL_CERT_DIR` point,
//! if either is set; else from the system's own store. Nothing turns verification off.

mod verifier;

use std::env::{split_paths, var_os};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rustls::client::WebPkiServerVerifier;
use rustls::client::danger::ServerCertVerifier;
use rustls::crypto::CryptoProvider;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use rustls::{ClientConfig, RootCertStore};
use rustls_native_certs::{CertificateResult, ErrorKind, load_certs_from_paths};

use crate::error::{Error, Kind, Result, reason};

pub(super) use verifier::Unverified;
use verifier::Verifier;

/// A client's side of TLS that trusts the authorities in `ca_file` and those of the environment or the system. All clones of
/// it resume each other's sessions.
///
/// Of these, only the `ca_file` is read at once; none is read for plain http if `ca_file` is `None`.
///
/// # Errors
/// A config error when the `ca_file` cannot be used or TLS cannot be set up.
pub fn config(ca_file: Option<&Path>) -> Result<ClientConfig> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let ca_file = ca_file.map(read_ca_file).transpose()?;
    let verifier = Verifier::new(places(ca_file), provider.clone());
    let mut config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| Error::new(Kind::Config, format!("cannot set up TLS: {error}")))?
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(verifier))
        .with_no_client_auth();
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(config)
}

/// The certificates of a host's `ca_file`: at least one.
fn read_ca_file(path: &Path) -> Result<Vec<CertificateDer<'static>>> {
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

/// A place that holds certificate authorities. A path comes with the words for where it is from.
#[derive(Debug)]
enum Place {
    CaFile(Vec<CertificateDer<'static>>),
    File(&'static str, PathBuf),
    Folder(&'static str, PathBuf),
    /// The platform's verifier, which uses the system's store.
    #[cfg(any(windows, target_vendor = "apple"))]
    System,
}

/// Where authorities are looked up, in this order.
fn places(ca_file: Option<Vec<CertificateDer<'static>>>) -> Vec<Place> {
    // An empty variable counts as unset.
    let variable = |name: &str| var_os(name).filter(|value| !value.is_empty());
    let mut places: Vec<Place> = ca_file.map(Place::CaFile).into_iter().collect();
    let (file, folders) = (variable("SSL_CERT_FILE"), variable("SSL_CERT_DIR"));
    if file.is_none() && folders.is_none() {
        places.extend(system());
    } else {
        places.extend(file.map(|file| Place::File("SSL_CERT_FILE", file.into())));
        let folders: Vec<PathBuf> = folders.iter().flat_map(split_paths).collect();
        places.extend(folders.into_iter().map(|folder| Place::Folder("SSL_CERT_DIR", folder)));
    }
    places
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

impl Place {
    /// Reads the place.
    ///
    /// # Errors
    /// What is wrong with it, in the user's words.
    fn verifier(&self, provider: &Arc<CryptoProvider>) -> Result<Arc<dyn ServerCertVerifier>, String> {
        match self {
            Place::CaFile(certificates) => verifier_of(certificates.clone(), provider)?
                .ok_or_else(|| "ca_file holds nothing usable".to_owned()),
            Place::File(name, path) => {
                verifier_of_loaded(load_certs_from_paths(Some(path), None), name, path, provider)
            }
            Place::Folder(name, path) => {
                verifier_of_loaded(load_certs_from_paths(None, Some(path)), name, path, provider)
            }
            #[cfg(any(windows, target_vendor = "apple"))]
            Place::System => rustls_platform_verifier::Verifier::new(provider.clone())
                .map(|verifier| Arc::new(verifier) as Arc<dyn ServerCertVerifier>)
                .map_err(|error| format!("the system's store cannot be used: {error}")),
        }
    }
}

/// A verifier with all that could be loaded; the rest matters only if that is nothing.
fn verifier_of_loaded(
    loaded: CertificateResult,
    name: &str,
    path: &Path,
    provider: &Arc<CryptoProvider>,
) -> Result<Arc<dyn ServerCertVerifier>, String> {
    let name = format!("{name} ({})", path.display());
    let problem = match loaded.errors.first().map(|error| &error.kind) {
        Some(ErrorKind::Io { inner, .. }) => format!("{name} cannot be read: {}", reason(inner)),
        Some(_) => format!("{name} is not PEM"),
        None => format!("{name} holds no certificate"),
    };
    verifier_of(loaded.certs, provider)?.ok_or(problem)
}

/// None where no certificate is usable.
fn verifier_of(
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
