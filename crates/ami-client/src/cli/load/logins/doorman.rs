//! The other side of a login, with nothing behind it: what the machine's loopback and processors allow.

use std::io::{self, Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::thread;

const GREETING: &[u8] = b"Asterisk Call Manager/13.0.0\r\n";
const WELCOME: &[u8] = b"Response: Success\r\nMessage: Authentication accepted\r\n\r\n";
const GOODBYE: &[u8] = b"Response: Goodbye\r\nMessage: Thanks for all the fish.\r\n\r\n";

/// Starts as many threads as there are clients; they end with the process.
pub(super) fn start(clients: usize) -> io::Result<SocketAddr> {
    let door = Arc::new(TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?);
    let address = door.local_addr()?;
    for _ in 0..clients.max(1) {
        let door = Arc::clone(&door);
        thread::spawn(move || {
            while let Ok((client, _)) = door.accept() {
                // A client that leaves early is the client's business.
                let _ = serve(&client);
            }
        });
    }
    Ok(address)
}

/// Each read is a whole request: a client waits for its answer before it says more.
fn serve(mut client: &TcpStream) -> io::Result<()> {
    let mut request = [0; 1024];
    client.set_nodelay(true)?;
    for answer in [GREETING, WELCOME, GOODBYE] {
        client.write_all(answer)?;
        if answer != GOODBYE && client.read(&mut request)? == 0 {
            break;
        }
    }
    Ok(())
}
