//! A throw-away certificate authority, and a front that speaks TLS for any server on loopback.
//!
//! The benchmark includes this file too, so it uses nothing else of the tests.

// Each of the two uses a part of it; and neither survives a certificate that cannot be made.
#![allow(dead_code, clippy::unwrap_used)]

use std::io::{self, Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, DnType, IsCa, KeyPair, date_time_ymd};
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::sign::{CertifiedKey, SingleCertAndKey};
use rustls::{ServerConfig, ServerConnection, SupportedProtocolVersion};

/// A day: year, month, day.
pub type Day = (i32, u8, u8);

/// A certificate authority that is trusted only where a test configures it.
pub struct Authority {
    issuer: CertifiedIssuer<'static, KeyPair>,
    /// What leads from it to the authority at the root, itself first; nothing where it is the root.
    path: Vec<CertificateDer<'static>>,
}

impl Authority {
    pub fn new(name: &str) -> Self {
        let issuer = CertifiedIssuer::self_signed(authority_named(name, &[]), KeyPair::generate().unwrap());
        Authority { issuer: issuer.unwrap(), path: Vec::new() }
    }

    /// An intermediate authority of this one; its servers send its certificate beside their own.
    pub fn intermediate(&self, name: &str) -> Self {
        let key = KeyPair::generate().unwrap();
        let issuer = CertifiedIssuer::signed_by(authority_named(name, &[]), key, &self.issuer).unwrap();
        let path = [vec![issuer.der().clone()], self.path.clone()].concat();
        Authority { issuer, path }
    }

    /// Its certificate in PEM: what `ca_file`, `SSL_CERT_FILE` or `curl --cacert` is to hold.
    pub fn pem(&self) -> String {
        self.issuer.pem()
    }

    /// A server's certificate for these names and addresses, valid now and for long.
    pub fn certificate(&self, names: &[&str]) -> Certificate {
        self.issue(server_named(names))
    }

    /// A server's certificate that is valid from one day to another.
    pub fn certificate_valid(&self, names: &[&str], from: Day, until: Day) -> Certificate {
        let mut parameters = server_named(names);
        parameters.not_before = date_time_ymd(from.0, from.1, from.2);
        parameters.not_after = date_time_ymd(until.0, until.1, until.2);
        self.issue(parameters)
    }

    fn issue(&self, parameters: CertificateParams) -> Certificate {
        let key = KeyPair::generate().unwrap();
        let mut certificate = Certificate::of(&parameters.signed_by(&key, &self.issuer).unwrap(), &key);
        certificate.chain.extend_from_slice(&self.path);
        certificate
    }
}

/// A certificate with its key.
pub struct Certificate {
    pem: String,
    chain: Vec<CertificateDer<'static>>,
    key: PrivateKeyDer<'static>,
}

impl Certificate {
    /// A self-signed server certificate.
    pub fn self_signed(names: &[&str]) -> Self {
        Self::new_self_signed(&server_named(names))
    }

    /// A certificate authority's own, used as a server's: what many a one-line recipe makes.
    pub fn authority_as_server(names: &[&str]) -> Self {
        Self::new_self_signed(&authority_named("Authority as Server", names))
    }

    /// The certificate without those of the intermediate authorities: what a misconfigured server sends.
    #[must_use]
    pub fn alone(mut self) -> Self {
        self.chain.truncate(1);
        self
    }

    /// The certificate with another key.
    #[must_use]
    pub fn stolen(mut self) -> Self {
        self.key = PrivateKeyDer::try_from(KeyPair::generate().unwrap().serialize_der()).unwrap();
        self
    }

    /// In PEM, without the key.
    pub fn pem(&self) -> &str {
        &self.pem
    }

    fn new_self_signed(parameters: &CertificateParams) -> Self {
        let key = KeyPair::generate().unwrap();
        Self::of(&parameters.self_signed(&key).unwrap(), &key)
    }

    fn of(certificate: &rcgen::Certificate, key: &KeyPair) -> Self {
        Certificate {
            pem: certificate.pem(),
            chain: vec![certificate.der().clone()],
            key: PrivateKeyDer::try_from(key.serialize_der()).unwrap(),
        }
    }
}

fn server_named(names: &[&str]) -> CertificateParams {
    let names: Vec<String> = names.iter().map(|&name| name.to_owned()).collect();
    let mut parameters = CertificateParams::new(names).unwrap();
    parameters.distinguished_name.push(DnType::CommonName, "Throw-away Server");
    parameters
}

fn authority_named(name: &str, names: &[&str]) -> CertificateParams {
    let mut parameters = server_named(names);
    parameters.distinguished_name.push(DnType::CommonName, name);
    parameters.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    parameters
}

/// Terminates TLS on a port of its own, and forwards to a plain server, and back. HTTP/1.1 only.
///
/// It takes no further connection once dropped; open ones end with their client or server.
pub struct Front {
    address: SocketAddr,
    counts: Arc<Counts>,
    stopped: Arc<AtomicBool>,
}

#[derive(Default)]
struct Counts {
    connections: AtomicUsize,
    handshakes: AtomicUsize,
    resumed: AtomicUsize,
}

impl Front {
    /// Serves `certificate` on a free port of 127.0.0.1; `behind` is the plain server, such as `http://127.0.0.1:8080`.
    pub fn start(certificate: &Certificate, behind: &str) -> Self {
        Self::speaking(rustls::DEFAULT_VERSIONS, certificate, behind)
    }

    /// The same with these versions of TLS only.
    pub fn speaking(
        versions: &[&'static SupportedProtocolVersion],
        certificate: &Certificate,
        behind: &str,
    ) -> Self {
        let behind: SocketAddr = behind.trim_start_matches("http://").parse().unwrap();
        let config = Arc::new(server_config(versions, certificate));
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let (counts, stopped) = (Arc::new(Counts::default()), Arc::new(AtomicBool::new(false)));
        let (count, stop) = (counts.clone(), stopped.clone());
        thread::spawn(move || {
            for client in listener.incoming().map_while(Result::ok) {
                if stop.load(Ordering::SeqCst) {
                    return;
                }
                count.connections.fetch_add(1, Ordering::SeqCst);
                let (config, count) = (config.clone(), count.clone());
                thread::spawn(move || {
                    // A client that refuses or goes away is no concern of the front's.
                    let _ = serve(client, config, behind, &count);
                });
            }
        });
        Front { address, counts, stopped }
    }

    /// `https://127.0.0.1:PORT`
    pub fn url(&self) -> String {
        format!("https://{}", self.address)
    }

    pub fn address(&self) -> SocketAddr {
        self.address
    }

    pub fn connections(&self) -> usize {
        self.counts.connections.load(Ordering::SeqCst)
    }

    /// How many of them completed the handshake: the client accepted the certificate.
    pub fn handshakes(&self) -> usize {
        self.counts.handshakes.load(Ordering::SeqCst)
    }

    /// How many of the handshakes went on with the session of an earlier one.
    pub fn resumed(&self) -> usize {
        self.counts.resumed.load(Ordering::SeqCst)
    }
}

impl Drop for Front {
    fn drop(&mut self) {
        self.stopped.store(true, Ordering::SeqCst);
        // Wakes the thread that waits for connections.
        let _ = TcpStream::connect(self.address);
    }
}

fn server_config(versions: &[&'static SupportedProtocolVersion], certificate: &Certificate) -> ServerConfig {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let key = provider.key_provider.load_private_key(certificate.key.clone_key()).unwrap();
    // Not checked to belong together: see `stolen`.
    let shown = CertifiedKey::new(certificate.chain.clone(), key);
    let mut config = ServerConfig::builder_with_provider(provider)
        .with_protocol_versions(versions)
        .unwrap()
        .with_no_client_auth()
        .with_cert_resolver(Arc::new(SingleCertAndKey::from(shown)));
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    config
}

/// The size of a copy: two records of TLS.
const CHUNK: usize = 32 * 1024;

fn serve(client: TcpStream, config: Arc<ServerConfig>, behind: SocketAddr, count: &Counts) -> io::Result<()> {
    client.set_nodelay(true)?;
    let mut tls = ServerConnection::new(config).map_err(io::Error::other)?;
    while tls.is_handshaking() {
        if let Err(refused) = tls.complete_io(&mut &client) {
            linger(&client);
            return Err(refused);
        }
    }
    count.handshakes.fetch_add(1, Ordering::SeqCst);
    if tls.handshake_kind() == Some(rustls::HandshakeKind::Resumed) {
        count.resumed.fetch_add(1, Ordering::SeqCst);
    }
    let server = TcpStream::connect(behind)?;
    server.set_nodelay(true)?;

    let tls = Mutex::new(tls);
    thread::scope(|scope| {
        scope.spawn(|| {
            if carry_out(&server, &tls, &client).is_err() {
                let _ = client.shutdown(Shutdown::Both);
            }
        });
        match carry_in(&client, &tls, &server) {
            Ok(()) => server.shutdown(Shutdown::Write),
            Err(_) => server.shutdown(Shutdown::Both),
        }
    })
}

/// Forwards what the server sends to the client, until the server closes.
fn carry_out(mut server: &TcpStream, tls: &Mutex<ServerConnection>, client: &TcpStream) -> io::Result<()> {
    let mut chunk = vec![0; CHUNK];
    loop {
        let count = server.read(&mut chunk)?;
        let mut tls = tls.lock().unwrap();
        if count == 0 {
            tls.send_close_notify();
            flush(&mut tls, client)?;
            return client.shutdown(Shutdown::Write);
        }
        tls.writer().write_all(&chunk[..count])?;
        flush(&mut tls, client)?;
    }
}

/// Forwards what the client sends to the server, until the client closes.
fn carry_in(mut client: &TcpStream, tls: &Mutex<ServerConnection>, mut server: &TcpStream) -> io::Result<()> {
    let (mut chunk, mut said) = (vec![0; CHUNK], Vec::new());
    // Something may have come together with the end of the handshake.
    let mut count = 0;
    loop {
        let mut rest = &chunk[..count];
        loop {
            let closed = {
                let mut tls = tls.lock().unwrap();
                if !rest.is_empty() {
                    tls.read_tls(&mut rest)?;
                }
                let state = tls.process_new_packets();
                flush(&mut tls, client)?;
                let state = state.map_err(io::Error::other)?;
                said.resize(state.plaintext_bytes_to_read(), 0);
                tls.reader().read_exact(&mut said)?;
                state.peer_has_closed()
            };
            // Not under the lock: a server that does not read must not block its own response.
            server.write_all(&said)?;
            if closed {
                return Ok(());
            }
            if rest.is_empty() {
                break;
            }
        }
        count = client.read(&mut chunk)?;
        if count == 0 {
            return Ok(());
        }
    }
}

fn flush(tls: &mut ServerConnection, mut client: &TcpStream) -> io::Result<()> {
    while tls.wants_write() {
        tls.write_tls(&mut client)?;
    }
    Ok(())
}

/// Leaves the client time to read the alert: closing with unread bytes would reset the connection and lose it.
fn linger(mut client: &TcpStream) {
    let _ = client.shutdown(Shutdown::Write);
    let _ = client.set_read_timeout(Some(Duration::from_secs(1)));
    let mut chunk = [0; 1024];
    for _ in 0..64 {
        if !matches!(client.read(&mut chunk), Ok(1..)) {
            return;
        }
    }
}
