//! Verifies a host's certificate against one place after the other, and reads each only when a handshake needs it.
//!
//! A single store of roots would need no verifier here, but rustls wants that store before the handshake. A host whose
//! `ca_file` is enough does not need the system's authorities, and reading those adds half to the CPU time of a request.
//! The verification itself is left to rustls and to the platform.

use std::fmt;
use std::sync::{Arc, OnceLock};

use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::{CryptoProvider, verify_tls12_signature, verify_tls13_signature};
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{CertificateError, DigitallySignedStruct, Error, OtherError, SignatureScheme};

use super::Place;

/// Verifies with the first place that knows the issuer.
#[derive(Debug)]
pub struct Verifier {
    sources: Vec<Source>,
    provider: Arc<CryptoProvider>,
}

/// A place, and the verifier made from it once it has been read.
#[derive(Debug)]
struct Source {
    place: Place,
    verifier: OnceLock<Result<Arc<dyn ServerCertVerifier>, String>>,
}

impl Verifier {
    /// A verifier that uses these places in this order.
    pub fn new(places: Vec<Place>, provider: Arc<CryptoProvider>) -> Self {
        let sources = places.into_iter().map(|place| Source { place, verifier: OnceLock::new() }).collect();
        Verifier { sources, provider }
    }
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
        let mut refusal = None;
        for Source { place, verifier } in &self.sources {
            let verifier = match verifier.get_or_init(|| place.verifier(&self.provider)) {
                Ok(verifier) => verifier,
                Err(problem) => {
                    problems.push(problem.clone());
                    continue;
                }
            };
            match verifier.verify_server_cert(end_entity, intermediates, server_name, ocsp_response, now) {
                Ok(verified) => return Ok(verified),
                // A place that knows the issuer has a better reason than one that does not.
                Err(error) if refusal.is_none() || refusal == Some(UNKNOWN_ISSUER) => refusal = Some(error),
                Err(_) => {}
            }
        }
        let unknown_issuer = refusal == Some(UNKNOWN_ISSUER);
        match refusal {
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

const UNKNOWN_ISSUER: Error = Error::InvalidCertificate(CertificateError::UnknownIssuer);

/// The issuer is in none of the places that could be read, and these could not be.
#[derive(Debug)]
pub struct Unverified {
    /// False if no place could be read, so that there was nothing to verify with.
    pub unknown_issuer: bool,
    /// What is wrong with the others, in the user's words.
    pub problems: Vec<String>,
}

impl fmt::Display for Unverified {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("no authority to check the certificate with")
    }
}

impl std::error::Error for Unverified {}
