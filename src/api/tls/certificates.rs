//! Certificates from PEM files, read within bounds. What is wrong with a file is said without a word of it: it may hold a
//! private key.

use std::fs;
use std::io;
use std::path::Path;

use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::{Error as PemError, PemObject};

use crate::error::reason;
use crate::input_file::{self, BYTE_ORDER_MARK};

/// More than any system's authorities take.
const MAX_BYTES: u64 = 16 * 1024 * 1024;

/// What a place holds.
#[derive(Debug, Default)]
pub struct Certificates {
    pub certificates: Vec<CertificateDer<'static>>,
    /// What is wrong with the rest, if anything is.
    pub problem: Option<String>,
}

impl Certificates {
    fn unusable(problem: String) -> Self {
        Certificates { certificates: Vec::new(), problem: Some(problem) }
    }
}

/// The certificates in a file.
pub fn in_file(path: &Path) -> Certificates {
    match input_file::read(path, MAX_BYTES) {
        Ok((pem, _)) => in_pem(&pem),
        Err(error) => Certificates::unusable(reason(&error)),
    }
}

/// The certificates in the regular files of a folder; links are followed. Together they have the bounds of one file.
pub fn in_folder(path: &Path) -> Certificates {
    let entries = match fs::read_dir(path) {
        Ok(entries) => entries,
        Err(error) => return Certificates::unusable(reason(&error)),
    };
    let mut found = Certificates::default();
    let mut left = MAX_BYTES;
    for entry in entries.flatten() {
        let Certificates { certificates, problem } = match read_regular(&entry.path(), &mut left) {
            Ok(pem) => in_pem(&pem),
            // A link that leads nowhere.
            Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
            Err(error) => Certificates::unusable(reason(&error)),
        };
        let named = |problem| format!("{} in it: {problem}", entry.file_name().display());
        found.certificates.extend(certificates);
        found.problem = found.problem.or_else(|| problem.map(named));
    }
    // `openssl rehash` makes a link beside each file.
    found.certificates.sort_unstable_by(|one, other| one.as_ref().cmp(other.as_ref()));
    found.certificates.dedup();
    found
}

/// Nothing where it is empty, or no regular file.
fn read_regular(path: &Path, left: &mut u64) -> io::Result<Vec<u8>> {
    let file = fs::metadata(path)?;
    if !file.is_file() || file.len() == 0 {
        return Ok(Vec::new());
    }
    let (pem, _) = input_file::read(path, *left)?;
    *left -= pem.len() as u64;
    Ok(pem)
}

fn in_pem(pem: &[u8]) -> Certificates {
    let mut found = Certificates::default();
    for certificate in CertificateDer::pem_slice_iter(&without_byte_order_marks(pem)) {
        match certificate {
            Ok(certificate) => found.certificates.push(certificate),
            Err(error) => found.problem = found.problem.or_else(|| Some(words(&error).to_owned())),
        }
    }
    found
}

/// Files that were joined have theirs in the middle.
fn without_byte_order_marks(pem: &[u8]) -> Vec<u8> {
    let mut text = Vec::with_capacity(pem.len());
    for line in pem.split_inclusive(|&byte| byte == b'\n') {
        text.extend_from_slice(line.strip_prefix(BYTE_ORDER_MARK).unwrap_or(line));
    }
    text
}

/// The library's own words hold lines of the file.
fn words(error: &PemError) -> &'static str {
    match error {
        PemError::MissingSectionEnd { .. } => {
            "a BEGIN line has no END line below it; are line breaks missing?"
        }
        PemError::IllegalSectionStart { .. } => "a BEGIN line is broken; are line breaks missing?",
        PemError::Base64Decode(_) => "what stands between BEGIN and END is not base64",
        _ => "it is not PEM",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CERTIFICATE: &str = "-----BEGIN CERTIFICATE-----\nAAEC\n-----END CERTIFICATE-----\n";

    #[test]
    fn what_is_wrong_with_a_file_is_said_without_its_content() {
        let key = "-----BEGIN PRIVATE KEY-----\nc2VjcmV0\n-----END PRIVATE KEY-----\n";
        for (pem, word) in [
            (CERTIFICATE.replace('\n', ""), "line breaks"),
            (key.replace('\n', " "), "line breaks"),
            (key.replace('\n', "\\n"), "line breaks"),
            (format!("{key}-----BEGIN CERTIFICATE-----\nsecret"), "END"),
            ("-----BEGIN CERTIFICATE-----\nnot base64!\n-----END CERTIFICATE-----\n".to_owned(), "base64"),
            (format!("-----BEGIN {}\n", "c2VjcmV0".repeat(1000)), "BEGIN"),
        ] {
            let problem = in_pem(pem.as_bytes()).problem.unwrap_or_else(|| panic!("{pem}"));
            assert!(problem.contains(word), "{pem}: {problem}");
            let has_content = problem.contains("c2V") || problem.contains(|c: char| c.is_ascii_digit());
            assert!(!has_content || word == "base64", "{problem}");
        }
    }

    #[test]
    fn a_byte_order_mark_counts_for_nothing_in_any_of_joined_files() {
        let one = format!("\u{feff}{CERTIFICATE}");
        let found = in_pem(one.repeat(3).replace('\n', "\r\n").as_bytes());
        assert_eq!((found.certificates.len(), found.problem), (3, None));
    }

    #[test]
    fn the_files_of_a_folder_have_bounds_together_and_what_else_is_there_is_passed_over() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        fs::write(path("one.pem"), CERTIFICATE).unwrap();
        fs::write(path("same.pem"), CERTIFICATE).unwrap();
        fs::create_dir(path("folder")).unwrap();
        #[cfg(unix)]
        {
            std::os::unix::fs::symlink(path("gone"), path("link")).unwrap();
            std::os::unix::fs::symlink("/dev/zero", path("device")).unwrap();
            assert!(std::process::Command::new("mkfifo").arg(path("pipe")).status().unwrap().success());
        }
        let found = in_folder(folder.path());
        assert_eq!((found.certificates.len(), found.problem), (1, None));

        fs::File::create(path("large")).unwrap().set_len(10 << 30).unwrap();
        let found = in_folder(folder.path());
        assert_eq!(found.certificates.len(), 1);
        assert!(found.problem.unwrap().starts_with("large in it: it is longer"));
    }
}
