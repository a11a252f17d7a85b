//! Names to addresses, each on a thread of its own. The HTTP library's own way ends the program where the system refuses
//! that thread. Names for this machine itself need no asking: what a resolver says of them is not to be trusted.

use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, ToSocketAddrs, UdpSocket};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Poll, Waker};
use std::thread;

use crate::error::{Exhausted, no_thread};
use crate::names::is_localhost;

use reqwest::dns::{Addrs, Name, Resolve, Resolving};

/// Asks the system.
pub(super) struct Resolver;

/// What the system says, once it does, and whom to wake then.
#[derive(Default)]
struct Lookup {
    found: Option<io::Result<Vec<SocketAddr>>>,
    waker: Option<Waker>,
}

/// A resolver that can open no file calls every name unknown.
fn why(not_found: io::Error) -> io::Error {
    match UdpSocket::bind((Ipv4Addr::LOCALHOST, 0)) {
        Err(refused) if Exhausted::find(&refused).is_some() => refused,
        _ => not_found,
    }
}

impl Resolve for Resolver {
    fn resolve(&self, name: Name) -> Resolving {
        if is_localhost(name.as_str()) {
            // The port is the address's own.
            let addresses = [IpAddr::from(Ipv4Addr::LOCALHOST), IpAddr::from(Ipv6Addr::LOCALHOST)];
            let addresses = addresses.map(|address| SocketAddr::new(address, 0));
            return Box::pin(std::future::ready(Ok(Box::new(addresses.into_iter()) as Addrs)));
        }
        let lookup = Arc::new(Mutex::new(Lookup::default()));
        let to = lookup.clone();
        let started = thread::Builder::new().name("resolver".to_owned()).spawn(move || {
            let found = (name.as_str(), 0).to_socket_addrs().map(Iterator::collect).map_err(why);
            let mut lookup = to.lock().unwrap_or_else(PoisonError::into_inner);
            lookup.found = Some(found);
            if let Some(waker) = lookup.waker.take() {
                waker.wake();
            }
        });
        if let Err(refused) = started {
            lookup.lock().unwrap_or_else(PoisonError::into_inner).found = Some(Err(no_thread(refused)));
        }
        Box::pin(std::future::poll_fn(move |context| {
            let mut lookup = lookup.lock().unwrap_or_else(PoisonError::into_inner);
            match lookup.found.take() {
                Some(Ok(addresses)) => Poll::Ready(Ok(Box::new(addresses.into_iter()) as Addrs)),
                Some(Err(error)) => Poll::Ready(Err(error.into())),
                None => {
                    lookup.waker = Some(context.waker().clone());
                    Poll::Pending
                }
            }
        }))
    }
}
